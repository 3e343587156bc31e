"""The engines that are compared, each behind the same two calls."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib import import_module
from typing import Generic, TypeVar

from spans import Span

Raw = TypeVar("Raw")

MODULES = {
    "sluicegate": "scanners.binding",
    "sluicegate-batch": "scanners.batch",
    "sluicegate-binary": "scanners.binary",
    "sluicegate-secret": "scanners.secret",
    "sluicegate-personal": "scanners.personal",
    "presidio": "scanners.presidio",
    "presidio-all": "scanners.presidio_all",
    "presidio-phone": "scanners.presidio_phone",
    "detect-secrets": "scanners.detect",
    "kingfisher": "scanners.kingfisher",
}
# The one whose findings the others are compared with.
OURS = "sluicegate"
# Other ways of calling it, timed as well: their findings must be the same.
SAME = ("sluicegate-batch", "sluicegate-binary")
# Parts of its catalogue, timed as well: theirs must be the same for the families that they have.
PARTS = ("sluicegate-secret", "sluicegate-personal")


class Scanner(ABC, Generic[Raw]):
    """An engine that is ready to scan. Only `scan` is timed."""

    version: str
    rules: int

    def prepare(self, texts: Sequence[str]) -> None:
        """What a caller has at hand before it scans; nothing, for most engines."""
        return None

    @abstractmethod
    def scan(self, texts: Sequence[str]) -> list[Raw]:
        """One entry for each text, in the engine's own terms."""

    @abstractmethod
    def spans(self, text: str, raw: Raw) -> list[Span]:
        """An entry as spans in bytes."""


def ready(name: str) -> Scanner[object]:
    """The engine of this name, with its rules compiled."""
    scanner: Scanner[object] = import_module(MODULES[name]).Engine()
    return scanner


def folders(name: str) -> Sequence[str]:
    """Which families of the catalogue one of `PARTS` has."""
    families: Sequence[str] = import_module(MODULES[name]).Engine.families
    return families
