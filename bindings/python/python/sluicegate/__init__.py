"""Finds secrets, personal and payment data, prompt injection and malicious content in text.

>>> import sluicegate
>>> db = sluicegate.Database.builtin()
>>> [(f.classifier, f.start, f.end) for f in db.scan("card 4111 1111 1111 1111")]
[('pci.card.visa', 5, 24)]
"""

from ._errors import (
    Blocked,
    DatabaseError,
    IncompleteError,
    PolicyError,
    Problem,
    RedactError,
    RulesError,
    SluicegateError,
)
from ._sluicegate import (
    Classifier,
    Database,
    DecidedFinding,
    Finding,
    FindingsArray,
    Guard,
    GuardStream,
    Redactor,
    Session,
    Stream,
    Verdict,
    __version__,
)

__all__ = [
    "Blocked",
    "Classifier",
    "Database",
    "DatabaseError",
    "DecidedFinding",
    "Finding",
    "FindingsArray",
    "Guard",
    "GuardStream",
    "IncompleteError",
    "PolicyError",
    "Problem",
    "RedactError",
    "Redactor",
    "RulesError",
    "Session",
    "SluicegateError",
    "Stream",
    "Verdict",
    "__version__",
]
