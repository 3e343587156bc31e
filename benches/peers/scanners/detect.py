"""detect-secrets: every plugin on every line; nothing is verified over the network.

Only the plugins are timed. What the library does around them (filters called by the names of
their parameters, for each finding) takes longer than they do: the filters of the default settings
that look at a value are applied afterwards.
"""

from collections.abc import Sequence
from importlib.metadata import version

from detect_secrets.core.potential_secret import PotentialSecret
from detect_secrets.filters import heuristic
from detect_secrets.settings import default_settings, get_plugins

from scanners import Scanner
from spans import Span, in_bytes

FILTERS = (
    heuristic.is_sequential_string,
    heuristic.is_potential_uuid,
    heuristic.is_templated_secret,
    heuristic.is_prefixed_with_dollar_sign,
    heuristic.is_not_alphanumeric_string,
)
# The last filter wants a letter, and so drops every address.
UNFILTERED = "Public IP (ipv4)"


class Engine(Scanner[list[list[PotentialSecret]]]):
    version = version("detect-secrets")

    def __init__(self) -> None:
        with default_settings():
            self.plugins = list(get_plugins())
        self.rules = len(self.plugins)

    def scan(self, texts: Sequence[str]) -> list[list[list[PotentialSecret]]]:
        plugins = self.plugins
        return [
            [
                [
                    found
                    for plugin in plugins
                    for found in plugin.analyze_line(filename="", line=line) or ()
                ]
                for line in text.split("\n")
            ]
            for text in texts
        ]

    def spans(self, text: str, raw: list[list[PotentialSecret]]) -> list[Span]:
        # It gives values without a place: every place in the line counts.
        found = []
        start = 0
        for line, secrets in zip(text.split("\n"), raw):
            for secret in secrets:
                value = secret.secret_value
                if not value or (
                    secret.type != UNFILTERED and any(drops(value) for drops in FILTERS)
                ):
                    continue
                at = line.find(value)
                while at >= 0:
                    found.append(Span(start + at, start + at + len(value), secret.type))
                    at = line.find(value, at + len(value))
            start += len(line) + 1
        return in_bytes(text, found)
