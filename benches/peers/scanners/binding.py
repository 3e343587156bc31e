"""Our Python binding, one call for each text: with the built-in catalogue, or families of it."""

from collections.abc import Sequence
from pathlib import Path

from sluicegate import Database, Finding, __version__

from scanners import Scanner
from spans import Span, in_bytes

CATALOGUE = Path(__file__).parents[3] / "classifiers"


class Engine(Scanner[list[Finding]]):
    version = __version__
    # All of them where none is named.
    families: Sequence[str] = ()

    def __init__(self) -> None:
        folders = [CATALOGUE / family for family in self.families]
        self.database = Database.from_files(folders) if folders else Database.builtin()
        self.rules = len(self.database)

    def scan(self, texts: Sequence[str]) -> list[list[Finding]]:
        scan = self.database.scan
        return [scan(text) for text in texts]

    def spans(self, text: str, raw: list[Finding]) -> list[Span]:
        return in_bytes(text, [Span(found.start, found.end, found.classifier) for found in raw])
