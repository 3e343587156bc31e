"""Kingfisher's scanner within the process, with its own rules of medium confidence and above."""

from collections.abc import Sequence
from importlib.metadata import version

import kingfisher_sdk
from kingfisher_sdk.core import Finding

from scanners import Scanner
from spans import Span


class Engine(Scanner[list[Finding]]):
    version = version("kingfisher-secret-scanner")

    def __init__(self) -> None:
        rules = kingfisher_sdk.Rules(cache=False)
        self.rules = len(rules)
        self.scanner = kingfisher_sdk.Scanner(rules)

    def scan(self, texts: Sequence[str]) -> list[list[Finding]]:
        scan = self.scanner.scan
        return [scan(text) for text in texts]

    def spans(self, text: str, raw: list[Finding]) -> list[Span]:
        # Findings that are not visible are parts of others, such as the name beside a password.
        return [
            Span(one.location["start_offset"], one.location["end_offset"], one.rule_id)
            for one in raw
            if one.visible
        ]
