"""The shared cases of tests/guard, as bytes and as text."""

from typing import Any

import pytest
from conftest import Pack, shared
from test_suite import in_code_points

from sluicegate import Guard, Verdict

KEYS = {"main": b"a key for tests only"}
CASES = shared("guard/*.toml")


def told(verdict: "Verdict[Any]") -> "list[Any]":
    return [(f.classifier, f.start, f.end, f.action) for f in verdict.findings]


def compare(case: "dict[str, Any]", verdict: "Verdict[Any]") -> None:
    assert verdict.action == case["action"]
    assert verdict.would_be == case.get("would_be")
    assert verdict.reason == case["reason"]
    assert verdict.rule == case.get("rule")
    assert verdict.complete == case.get("complete", True)
    assert (verdict.error is None) == ("error" not in case)
    assert case.get("error", "") in (verdict.error or "")


def test_there_are_cases() -> None:
    assert len(CASES) > 50


@pytest.mark.parametrize("case", CASES)
def test_case(case: "dict[str, Any]", pack: Pack) -> None:
    guard = Guard.from_text(case["policy"], pack(case["rules"]), keys=KEYS)
    message, output = case["message"], case.get("output")
    channel = case.get("channel", "prompt")
    findings = [tuple(finding) for finding in case.get("findings", [])]

    verdict = guard.inspect(message, channel=channel, form=case["wire"])
    compare(case, verdict)
    assert verdict.text == output
    assert told(verdict) == in_code_points(message.encode(), findings)

    data = guard.inspect(message.encode(), channel=channel, form=case["wire"])
    compare(case, data)
    assert data.text == (None if output is None else output.encode())
    assert told(data) == findings
