"""Kingfisher's scanner in the process of the caller, with its own rules."""

import sys
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from kingfisher_sdk import Rules, Scanner
from protocol import run


def compile_engine():
    # A stored database would hide what compiling takes. Decoding is another kind of work.
    rules = Rules(cache=False)
    scanner = Scanner(rules, base64=False)
    return len(rules.metadata()), lambda piece: len(scanner.scan(piece))


run(
    "kingfisher",
    version("kingfisher-secret-scanner"),
    True,
    "its own rules, of medium confidence; findings as Python objects",
    compile_engine,
)
