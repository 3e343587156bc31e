"""Presidio's recognisers that are patterns, as its registry loads them for English.

No language model and no context words: each recogniser is called by itself, without artifacts.
"""

from collections.abc import Sequence
from importlib.metadata import version

import tldextract.tldextract
from presidio_analyzer import (
    LocalRecognizer,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)

from scanners import Scanner
from spans import Span, in_bytes


def predefined() -> list[LocalRecognizer]:
    # The list of domains that the library brings along: it would fetch a newer one otherwise.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    return list(registry.recognizers)


class Engine(Scanner[list[RecognizerResult]]):
    version = version("presidio-analyzer")

    def __init__(self) -> None:
        self.recognisers = self.chosen()
        self.rules = len(self.recognisers)

    def chosen(self) -> list[LocalRecognizer]:
        return [found for found in predefined() if isinstance(found, PatternRecognizer)]

    def scan(self, texts: Sequence[str]) -> list[list[RecognizerResult]]:
        return [
            [
                found
                for recogniser in self.recognisers
                for found in recogniser.analyze(text, recogniser.supported_entities, None) or ()
            ]
            for text in texts
        ]

    def spans(self, text: str, raw: list[RecognizerResult]) -> list[Span]:
        found = [Span(one.start, one.end, one.entity_type) for one in raw if one.score > 0]
        return in_bytes(text, found)
