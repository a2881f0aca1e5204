"""Our two themes: quiet surfaces, one accent, and four grade colours that differ in lightness as well as in hue."""

from __future__ import annotations

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
        "footer-description-foreground": "#98a3b3",
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
    primary="#1a5fb4",
    secondary="#6b3fa0",
    accent="#b35900",
    success="#1c7a3a",
    warning="#8a6100",
    error="#b3261e",
    foreground="#23272e",
    background="#fbfaf7",
    surface="#f3f1eb",
    panel="#e7e3d9",
    variables={
        "footer-description-foreground": "#5c6470",
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

THEMES = (DARK, LIGHT)
