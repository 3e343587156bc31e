"""Finds secrets, personal and payment data, prompt injection and malicious content in text.

>>> import sluicegate
>>> db = sluicegate.Database.builtin()
>>> [(f.classifier, f.start, f.end) for f in db.scan("card 4111 1111 1111 1111")]
[('pci.card.visa', 5, 24)]
"""

from ._errors import DatabaseError, IncompleteError, Problem, RulesError, SluicegateError
from ._sluicegate import Classifier, Database, Finding, FindingsArray, __version__

__all__ = [
    "Classifier",
    "Database",
    "DatabaseError",
    "Finding",
    "FindingsArray",
    "IncompleteError",
    "Problem",
    "RulesError",
    "SluicegateError",
    "__version__",
]
