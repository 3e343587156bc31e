"""What the tests share."""

import sys
from pathlib import Path
from typing import Any, Callable

import pytest

from sluicegate import Database

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Pack = Callable[[str], Database]

FOLDER = Path(__file__).parents[3] / "tests"


def shared(*patterns: str) -> list[Any]:
    """The shared cases in files of the project's tests, each with its name."""
    found: list[Any] = []
    for path in (path for pattern in patterns for path in FOLDER.glob(pattern)):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(pytest.param(case, id=case["name"]))
    return found


@pytest.fixture(scope="session")
def builtin() -> Database:
    """The built-in catalogue."""
    return Database.builtin()


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    """Compiles the text of a pack."""

    def compile(text: str) -> Database:
        path = tmp_path / "pack.toml"
        path.write_text(text, encoding="utf-8")
        return Database.from_files([path])

    return compile


@pytest.fixture
def words(pack: Pack) -> Database:
    """Finds runs of capitals, and of the letters é and 日."""
    return pack(
        """
        [[classifier]]
        id = "custom.capitals"
        severity = "high"
        confidence = 70
        [[classifier.regex]]
        pattern = '[A-Z]{3,}'
        [[classifier]]
        id = "custom.letters"
        confidence = 30
        [[classifier.regex]]
        pattern = '(?u:[é日])+'
        """
    )
