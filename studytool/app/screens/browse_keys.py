"""The keys of the table of all cards."""

from __future__ import annotations

from textual.binding import Binding, BindingType

from studytool.app.screens.file_keys import FILE
from studytool.app.widgets.card_table import NAMES

KEYS: list[BindingType] = [
    Binding("enter,i", "open", "Card", key_display="enter", tooltip="The card with its history", id="browse.card"),
    Binding("slash", "search", "Search", key_display="/", tooltip="Type what to search for", id="browse.search"),
    Binding("m", "mark", "Mark", tooltip="Mark this card; shift+up and shift+down mark on", id="browse.mark"),
    Binding(
        "s",
        "suspend",
        "Suspend",
        tooltip="Not again until they are resumed: the marked cards, or this one",
        id="browse.suspend",
    ),
    Binding(
        "c",
        "cram",
        "Cram",
        tooltip="The marked cards or all that were found, once; leaves the schedule alone",
        id="browse.cram",
    ),
    Binding(
        "space",
        "preview",
        "Preview",
        tooltip="Show the card beside the table, or hide it",
        id="browse.preview",
    ),
    Binding("u", "undo", "Undo", tooltip="Take back what was changed last here", id="browse.undo"),
    *FILE,
    Binding(
        "t",
        "sort",
        "Sort",
        tooltip="Sort by the next column; 1 to 8 sort by that one, 0 is study order",
        id="browse.sort",
    ),
    Binding(
        "r",
        "resume",
        "Resume",
        tooltip="Bring back what was suspended, buried or called no card",
        id="browse.resume",
    ),
    Binding(
        "ctrl+a",
        "mark_all",
        "Mark all",
        tooltip="Mark all cards that were found, or none of them",
        id="browse.mark-all",
    ),
    Binding("b", "bury", "Bury", show=False, tooltip="Not today", id="browse.bury"),
    Binding(
        "F",
        "forget",
        "Forget",
        show=False,
        tooltip="Start anew: no answer to these cards counts any more",
        id="browse.forget",
    ),
    Binding("T", "turn", "Turn", show=False, tooltip="Sort the other way round", id="browse.turn"),
    Binding("M", "map", "Map", show=False, tooltip="How the topics follow from each other", id="browse.map"),
    *(
        Binding(str(number), f"sort_by({number})", f"Sort by {number}", show=False, id=f"browse.sort-{number}")
        for number in range(len(NAMES) + 1)
    ),
    Binding("escape", "unmark", "Unmark", tooltip="Take the marks away", id="browse.unmark"),
    Binding(
        "escape",
        "leave",
        "Home",
        tooltip="Stop what is being done; else back to where you came from",
        id="browse.home",
    ),
]
