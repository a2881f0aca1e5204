"""Demos: what their files are written with (`from studytool.demo import …`), and how they are found and run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import late

if TYPE_CHECKING:
    from studytool.demo.api import Demo, Question, Run
    from studytool.demo.data import digits, iris, placed
    from studytool.demo.find import DemoInfo, find_demo, list_demos
    from studytool.demo.learning import accuracy, descend, log10_norms
    from studytool.demo.panels import (
        backwards,
        bars,
        curves,
        heatmap,
        images,
        line,
        network,
        plane,
        scatter,
        table,
        text,
    )
    from studytool.demo.parameters import Choice, Float, Int
    from studytool.demo.process import DemoProcess
    from studytool.demo.sim import Result, Sim, spread

__all__ = [
    "Choice",
    "Demo",
    "DemoInfo",
    "DemoProcess",
    "Float",
    "Int",
    "Question",
    "Result",
    "Run",
    "Sim",
    "accuracy",
    "backwards",
    "bars",
    "curves",
    "descend",
    "digits",
    "find_demo",
    "heatmap",
    "images",
    "iris",
    "line",
    "list_demos",
    "log10_norms",
    "network",
    "placed",
    "plane",
    "scatter",
    "spread",
    "table",
    "text",
]

__getattr__ = late.names(
    __name__,
    {
        "api": "Demo Question Run",
        "data": "digits iris placed",
        "learning": "accuracy descend log10_norms",
        "find": "DemoInfo find_demo list_demos",
        "panels": "backwards bars curves heatmap images line network plane scatter table text",
        "parameters": "Choice Float Int",
        "process": "DemoProcess",
        "sim": "Result Sim spread",
    },
)
