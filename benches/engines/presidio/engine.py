"""Presidio's recognisers that are patterns, alone: no language model, no context words."""

import sys
from importlib.metadata import version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from presidio_analyzer import PatternRecognizer, RecognizerRegistry
from protocol import run


def compile_engine():
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"])
    chosen = [r for r in registry.recognizers if isinstance(r, PatternRecognizer)]

    def scan(piece):
        text = piece.decode("utf-8", "replace")
        return sum(
            len(recogniser.analyze(text, recogniser.supported_entities) or [])
            for recogniser in chosen
        )

    return len(chosen), scan


run(
    "presidio",
    version("presidio-analyzer"),
    True,
    "its own pattern recognisers, without context or language model",
    compile_engine,
)
