"""The app on one demo alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.app.frame import Frame
from studytool.app.running import open_demo

if TYPE_CHECKING:
    from studytool.demo.find import DemoInfo
    from studytool.settings import Settings


class DemoApp(Frame):
    """One demo, without notes and without a log."""

    def __init__(self, info: DemoInfo, parameters: dict[str, str], seed: int, device: str, settings: Settings) -> None:
        super().__init__(settings)
        self._demo = (info, parameters, seed, device)

    def on_mount(self) -> None:
        """Show the demo; leaving it leaves the app."""
        super().on_mount()
        info, parameters, seed, device = self._demo
        open_demo(self, info, parameters, seed=seed, device=device, left=self.exit)
