"""Every recogniser of Presidio that is a pattern, of any country and language.

Its registry leaves most countries' out unless asked, and each works by itself.
"""

import inspect
from collections.abc import Iterator

import presidio_analyzer.predefined_recognizers as recognisers
from presidio_analyzer import LocalRecognizer, PatternRecognizer

from scanners import presidio


def patterns() -> Iterator[type[PatternRecognizer]]:
    for _, found in sorted(vars(recognisers).items()):
        if inspect.isclass(found) and issubclass(found, PatternRecognizer):
            yield found


class Engine(presidio.Engine):
    def chosen(self) -> list[LocalRecognizer]:
        presidio.predefined()
        return [recogniser() for recogniser in patterns()]
