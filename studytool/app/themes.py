"""Our themes: quiet surfaces, one accent, and four grade colours that differ in lightness as well as in hue.

All text of all of them stands out from what is behind it by 4.5 to 1 at least, as WCAG 2.2 asks at level AA
(1.4.3), and by 7 to 1 in the theme of high contrast (AAA, 1.4.6).
"""

from __future__ import annotations

from dataclasses import replace

from textual.theme import Theme

DARK = Theme(
    name="studytool-dark",
    dark=True,
    primary="#7ab8ff",
    secondary="#c4a7f5",
    accent="#ffb869",
    success="#86d993",
    warning="#f2d06b",
    error="#ff8a80",
    foreground="#d9dee7",
    background="#12161d",
    surface="#191f29",
    panel="#242c39",
    variables={
        "foreground-muted": "#a3adbb",
        "footer-description-foreground": "#a3adbb",
        "border": "#343e4e",
        "border-blurred": "#343e4e",
        "scrollbar": "#343e4e",
        "scrollbar-background": "#12161d",
        "block-cursor-background": "#2b3a52",
        "block-cursor-foreground": "#f3f6fa",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#1f2733",
    },
)

LIGHT = Theme(
    name="studytool-light",
    dark=False,
    primary="#1758a8",
    secondary="#6b3fa0",
    accent="#934a00",
    success="#17652f",
    warning="#735000",
    error="#b3261e",
    foreground="#23272e",
    background="#fbfaf7",
    surface="#f3f1eb",
    panel="#e7e3d9",
    variables={
        "foreground-muted": "#555d69",
        "footer-description-foreground": "#555d69",
        "border": "#cfc9bb",
        "border-blurred": "#cfc9bb",
        "scrollbar": "#cfc9bb",
        "scrollbar-background": "#fbfaf7",
        "block-cursor-background": "#d6e4f5",
        "block-cursor-foreground": "#14181d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#ebe8e0",
    },
)

# Of 16 colours a terminal makes brown and green yellow and bright green where they are bold: not to be read on white.
LIGHT_OF_16 = replace(
    LIGHT,
    primary="#0000aa",
    secondary="#aa00aa",
    accent="#0000aa",
    success="#000000",
    warning="#aa00aa",
    error="#aa0000",
    foreground="#000000",
    variables={**LIGHT.variables, "foreground-muted": "#000000", "footer-description-foreground": "#000000"},
)

CONTRAST = Theme(
    name="studytool-contrast",
    dark=True,
    primary="#9ed0ff",
    secondary="#e3ccff",
    accent="#ffd75e",
    success="#8dff9f",
    warning="#fff08a",
    error="#ffb0a8",
    foreground="#ffffff",
    background="#000000",
    surface="#0d0d0d",
    panel="#1a1a1a",
    variables={
        "foreground-muted": "#d0d0d0",
        "footer-description-foreground": "#d0d0d0",
        "border": "#a8a8a8",
        "border-blurred": "#a8a8a8",
        "scrollbar": "#a8a8a8",
        "scrollbar-background": "#000000",
        "block-cursor-background": "#0e3055",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "bold underline",
        "block-cursor-blurred-background": "#262626",
    },
)

# The colours of Okabe and Ito (jfly.uni-koeln.de/color, 2008), which people with any colour vision can tell apart;
# vermilion and reddish purple are lightened until they can be read on a dark ground. Their blue is left out for that.
COLOUR_BLIND = Theme(
    name="studytool-colour-blind",
    dark=True,
    primary="#56b4e9",
    secondary="#dca0c2",
    accent="#e69f00",
    success="#1fc096",
    warning="#f0e442",
    error="#f58a4b",
    foreground="#dee2e8",
    background="#101216",
    surface="#181b21",
    panel="#23272f",
    variables={
        "foreground-muted": "#a8aeb8",
        "footer-description-foreground": "#a8aeb8",
        "border": "#3b414b",
        "border-blurred": "#3b414b",
        "scrollbar": "#3b414b",
        "scrollbar-background": "#101216",
        "block-cursor-background": "#2c3646",
        "block-cursor-foreground": "#f5f7fa",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#20252d",
    },
)

# The same hues, darkened until they can be read on a light ground; yellow and orange become browns there.
COLOUR_BLIND_LIGHT = Theme(
    name="studytool-colour-blind-light",
    dark=False,
    primary="#003f8a",
    secondary="#8a3068",
    accent="#6b4a00",
    success="#186150",
    warning="#755e00",
    error="#6b1500",
    foreground="#22262c",
    background="#fafaf8",
    surface="#f2f2ef",
    panel="#e5e5e0",
    variables={
        "foreground-muted": "#545b66",
        "footer-description-foreground": "#545b66",
        "border": "#c9c9c2",
        "border-blurred": "#c9c9c2",
        "scrollbar": "#c9c9c2",
        "scrollbar-background": "#fafaf8",
        "block-cursor-background": "#d4e3f2",
        "block-cursor-foreground": "#14181d",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e9e9e5",
    },
)

THEMES = (DARK, LIGHT, CONTRAST, COLOUR_BLIND, COLOUR_BLIND_LIGHT)
