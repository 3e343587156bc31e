"""The shared cases of tests/suite and tests/regressions, as bytes and as text."""

from typing import Any

import pytest
from conftest import Pack, shared

from sluicegate import Finding

CASES = shared("suite/*.toml", "regressions/*.toml")


def copies(case: dict[str, Any]) -> "list[tuple[bytes, list[Any]]]":
    """The inputs of a case, with what is found in each."""
    copy = bytes.fromhex(case["hex"]) if "hex" in case else case["text"].encode()
    inputs: "list[tuple[bytes, list[Any]]]" = []
    for prefixes in range(case.get("prefix_up_to", 0) + 1):
        data = case.get("prefix", "").encode() * prefixes
        findings: list[Any] = []
        for _ in range(case.get("times", 1)):
            at = len(data)
            findings += [(id, s + at, e + at, sure) for id, s, e, sure in case["findings"]]
            data += copy
        inputs.append((data, findings))
    return inputs


def told(findings: list[Finding]) -> list[Any]:
    return [(f.classifier, f.start, f.end, f.confidence) for f in findings]


def in_code_points(data: bytes, findings: list[Any]) -> list[Any]:
    """The findings with the offsets of the characters that they touch."""

    def before(place: int) -> int:
        return len(data[:place].decode(errors="ignore"))

    def touched(place: int) -> int:
        while place < len(data) and data[place] & 0xC0 == 0x80:
            place += 1
        return before(place)

    return [(id, before(s), touched(e), sure) for id, s, e, sure in findings]


def test_there_are_cases() -> None:
    assert len(CASES) > 60


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict[str, Any], pack: Pack) -> None:
    database = pack(case["rules"])
    inputs = copies(case)
    for data, findings in inputs:
        assert told(database.scan(data)) == findings
        try:
            text = data.decode()
        except UnicodeDecodeError:
            continue
        assert told(database.scan(text)) == in_code_points(data, findings)
    batch = database.scan_batch([data for data, _ in inputs], 2)
    assert [told(found) for found in batch] == [findings for _, findings in inputs]
