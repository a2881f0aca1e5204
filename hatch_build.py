"""Compiles the modules that read notes with mypyc, where a build asks for it (`HATCH_BUILD_HOOKS_ENABLE=1`).

A wheel built so holds the same source and, beside it, what Python prefers to it. Nothing is written into the checkout.
mypyc makes a list of a generator expression that is not itself the argument of `next`, `any` or the like: where few of
its values are taken, it has to be.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SETUP = """
import sys
from mypyc.build import mypycify
from setuptools import setup

what = ["--ignore-missing-imports", "--follow-imports=silent", *sys.argv.pop().split()]
setup(name="studytool", packages=[], ext_modules=mypycify(what, opt_level="1", multi_file=True))
"""
"""`opt_level` 1 takes a third of the time of 3; in one file the C code has 54 MB, for which gcc takes half an hour."""


class Compile(BuildHookInterface[Any]):
    """Adds the compiled modules to a wheel; those that `modules` in the hook's table names, as patterns of paths."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile a copy of the package."""
        if version == "editable":  # what is edited would not be what runs
            return
        self._folder = TemporaryDirectory()
        copy, root = Path(self._folder.name), Path(self.root)
        shutil.copytree(root / "studytool", copy / "studytool", ignore=shutil.ignore_patterns("*.so", "__pycache__"))
        paths = sorted({str(path.relative_to(copy)) for one in self.config["modules"] for path in copy.glob(one)})
        (copy / "setup.py").write_text(_SETUP)
        command = [sys.executable, "setup.py", "build_ext", "--inplace", " ".join(paths)]
        ran = subprocess.run(command, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if ran.returncode:
            raise RuntimeError(f"mypyc could not compile studytool:\n{ran.stdout}")
        found = [
            path
            for ending in ("so", "pyd")
            for path in (*copy.glob(f"*.{ending}"), *copy.glob(f"studytool/**/*.{ending}"))
        ]
        build_data["pure_python"], build_data["infer_tag"] = False, True
        build_data["force_include"].update({str(path): str(path.relative_to(copy)) for path in found})

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete the copy, which the wheel now holds."""
        if version != "editable":
            self._folder.cleanup()
