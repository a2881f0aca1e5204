"""The keys of a running demo, in the order of their worth: a narrow line of keys ends where there is no more room."""

from __future__ import annotations

from textual.binding import Binding, BindingType

# Further than any reel has frames.
FAR = 10**6

KEYS: list[BindingType] = [
    *(
        Binding(str(key), f"option({key - 1})", "Answer", show=key == 1, key_display="1…", id=f"demo.option-{key}")
        for key in range(1, 10)
    ),
    Binding("enter", "skip", "Just run it", tooltip="Run it without a prediction", id="demo.skip"),
    Binding("x", "end", "End it", tooltip="End a demo that does not answer", id="demo.end"),
    Binding("space", "play", "Pause", tooltip="Let it run, or hold it", id="demo.play"),
    Binding("s,n", "step", "Step", key_display="s", tooltip="One step of the method", id="demo.step"),
    Binding(
        "b",
        "look(-1)",
        "Back",
        key_display="b",
        tooltip="Look at an earlier step of this run",
        id="demo.back",
    ),
    Binding("r", "restart", "Again", tooltip="From the beginning, with the same seed", id="demo.restart"),
    Binding("p", "predict", "Predict", tooltip="Say first what will happen", id="demo.predict"),
    Binding("right,l,plus", "turn(1)", "Turn", key_display="←→", tooltip="Turn the control up", id="demo.turn-up"),
    Binding("j,down", "knob(1)", "Control", key_display="tab", tooltip="The next control", id="demo.next-control"),
    Binding("tab", "knob(1)", "Control", show=False, tooltip="The next control", id="demo.next-control-tab"),
    Binding("c", "source", "Code", tooltip="The demo's file and its present line", id="demo.source"),
    Binding("g", "pin", "Pin", tooltip="Keep this run as a ghost, or let it go", id="demo.pin"),
    Binding("y", "repeat", "Command", tooltip="The command that repeats this run", id="demo.repeat"),
    Binding("e", "seed", "New seed", tooltip="From the beginning, with the next seed", id="demo.seed"),
    Binding("left,h,minus", "turn(-1)", "Less", show=False, tooltip="Turn the control down", id="demo.turn-down"),
    Binding("v", "sweep", "Sweep", tooltip="A picture over two controls, every pixel a run", id="demo.sweep"),
    Binding(
        "shift+tab,k,up",
        "knob(-1)",
        "Control before",
        show=False,
        tooltip="The control before",
        id="demo.control-before",
    ),
    Binding(
        "full_stop", "look(1)", "Forward", show=False, tooltip="Look at a later step of this run", id="demo.forward"
    ),
    Binding(
        "home",
        f"look(-{FAR})",
        "First step",
        show=False,
        tooltip="Look at the first step of this run",
        id="demo.first-step",
    ),
    Binding("end", f"look({FAR})", "Last step", show=False, tooltip="Back to the present step", id="demo.last-step"),
    Binding(
        "pageup",
        "scroll_text(-1)",
        "Page up",
        show=False,
        tooltip="Scroll the code or the words up",
        id="demo.page-up",
    ),
    Binding(
        "pagedown",
        "scroll_text(1)",
        "Page down",
        show=False,
        tooltip="Scroll the code or the words down",
        id="demo.page-down",
    ),
    Binding(
        "w",
        "write",
        "Save",
        show=False,
        tooltip="Write the picture as SVG into the folder you are in",
        id="demo.write",
    ),
    Binding("t", "words", "In words", show=False, tooltip="The picture in words, and back", id="demo.words"),
    Binding("escape,q", "leave", "Leave", key_display="esc", tooltip="Back to where you came from", id="demo.leave"),
]
