"""Panels of every kind."""

from __future__ import annotations

import pytest

from tests.draw.panels import EVERY, Panel


@pytest.fixture
def every_panel() -> list[Panel]:
    """One panel of each kind, and a heat map over the plane with paths."""
    return [panel() for panel in EVERY]
