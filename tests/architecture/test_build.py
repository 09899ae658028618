"""The checks of style, types and floors, each as a test of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PROJECT

TOOLS = Path(sys.executable).parent
CHECKS = {
    "floors": ["lint-imports", "--no-cache"],
    "style": ["ruff", "check", "--no-cache", "."],
    "format": ["ruff", "format", "--check", "--no-cache", "."],
    "types": ["mypy"],
}


@pytest.mark.slow
@pytest.mark.parametrize("check", CHECKS)
def test_the_build_is_sound(check: str, tmp_path: Path):
    program, *given = CHECKS[check]
    found = shutil.which(program, path=str(TOOLS))
    assert found, f"{program} is not installed beside {sys.executable}"
    done = subprocess.run([found, *given], cwd=PROJECT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
