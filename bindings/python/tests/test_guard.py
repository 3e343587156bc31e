"""Guard, Session and Redactor: what they decide, and the way back."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import MappingProxyType
from typing import Union

import pytest
from conftest import Pack
from test_scan import HARD

from sluicegate import (
    Database,
    DatabaseError,
    Guard,
    PolicyError,
    RedactError,
    Redactor,
    Session,
    SluicegateError,
    Verdict,
)

REDACT = 'name = "example"\ndefault = "redact"\n'
KEY = b"a key for tests only"


def rule(action: str, style: str = "", more: str = "") -> str:
    style = f"style = {style}\n" if style else ""
    return f'[[rule]]\nname = "all"\naction = "{action}"\n{style}{more}\n'


def test_a_verdict_says_what_happens_and_why(words: Database) -> None:
    verdict = Guard.from_text(REDACT, words).inspect("日 ABC", channel="document")
    assert (verdict.policy, verdict.mode, verdict.channel) == ("example", "enforce", "document")
    assert (verdict.action, verdict.would_be, verdict.reason) == ("redact", None, "default")
    assert (verdict.rule, verdict.complete, verdict.edits) == (None, True, 2)
    assert verdict.error is None
    assert verdict.text == "[CUSTOM_LETTERS] [CUSTOM_CAPITALS]"
    first, second = verdict.findings
    assert (first.classifier, first.start, first.end) == ("custom.letters", 0, 1)
    assert (second.classifier, second.start, second.end) == ("custom.capitals", 2, 5)
    assert (second.severity, second.confidence, second.view) == ("high", 70, "raw")
    assert (second.action, second.rule) == ("redact", None)
    assert verdict.findings == [first, second] and first != second
    assert len({first, *verdict.findings}) == 2
    assert repr(second) == (
        "<DecidedFinding custom.capitals at 2..5: high, confidence 70, view raw, "
        "action redact, rule None>"
    )
    assert repr(verdict) == "<Verdict redact: default, 2 findings>"
    for name in ["action", "text"]:
        with pytest.raises(AttributeError):
            setattr(verdict, name, "allow")


def test_as_json_a_verdict_has_everything_but_the_text(words: Database) -> None:
    verdict = Guard.from_text(rule("redact"), words).inspect("日 ABC")
    row = json.loads(verdict.to_json())
    assert row["action"] == "redact" and row["rule"] == "all" and row["complete"] is True
    assert [(f["start"], f["end"], f["rule"]) for f in row["findings"]] == [
        (0, 1, "all"),
        (2, 5, "all"),
    ]
    assert "ABC" not in verdict.to_json() and "text" not in row


def test_texts_give_text_and_bytes_give_bytes(words: Database) -> None:
    guard = Guard.from_text(rule("redact", '"mask"'), words)
    assert guard.inspect("é ABC").text == "* ***"
    data = "é ABC".encode()
    buffers: list[Union[bytes, bytearray, memoryview]] = [data, bytearray(data), memoryview(data)]
    for buffer in buffers:
        verdict = guard.inspect(buffer)
        assert verdict.text == b"* ***"
        assert [(f.start, f.end) for f in verdict.findings] == [(0, 2), (3, 6)]
    plain = "nothing here"
    assert guard.inspect(plain).text is plain
    passed = guard.inspect(bytearray(b"nothing")).text
    assert type(passed) is bytes and passed == b"nothing"


def test_lone_surrogates_come_back(words: Database) -> None:
    guard = Guard.from_text(rule("redact", '"mask"'), words)
    for text in ["\ud800 x", "\ud800"]:
        assert guard.inspect(text).text == text
    assert guard.inspect("\ud800 ABC \udfff").text == "\ud800 *** \udfff"


def test_half_a_surrogate_is_no_text_and_is_not_shown(pack: Pack) -> None:
    half = '[[classifier]]\nid = "custom.half"\n[[classifier.regex]]\npattern = \'(?-u:\\xa0)\'\n'
    with pytest.raises(RedactError) as caught:
        Guard.from_text(rule("redact"), pack(half)).inspect("hidden \ud800 words")
    assert "hidden" not in str(caught.value) and caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_what_is_blocked_has_no_text(words: Database) -> None:
    verdict = Guard.from_text(rule("block"), words).inspect("see ABC")
    assert (verdict.action, verdict.rule, verdict.text) == ("block", "all", None)
    monitor = Guard.from_text('mode = "monitor"\n' + rule("block"), words)
    verdict = monitor.inspect("see ABC")
    assert (verdict.action, verdict.would_be, verdict.text) == ("flag", "block", "see ABC")
    assert repr(verdict) == "<Verdict flag in place of block: rule, 1 findings>"


def test_what_is_not_inspected_is_blocked(pack: Pack) -> None:
    verdict = Guard.from_text("", pack(HARD)).inspect("a" * 20_000)
    assert (verdict.action, verdict.reason, verdict.complete) == ("block", "incomplete", False)


def test_json_stays_json(words: Database) -> None:
    guard = Guard.from_text(REDACT, words)
    verdict = guard.inspect('{"é": ["ABC", 1]}', channel="tool_args", form="json")
    assert verdict.text == '{"[CUSTOM_LETTERS]": ["[CUSTOM_CAPITALS]", 1]}'
    assert [(f.start, f.end) for f in verdict.findings] == [(2, 3), (8, 11)]
    verdict = guard.inspect("{", form="json")
    assert (verdict.action, verdict.reason) == ("block", "error") and verdict.error


def test_a_policy_comes_from_a_file_or_a_text(words: Database, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(REDACT + rule("flag"), encoding="utf-8")
    for guard in [Guard(path, words), Guard(policy=str(path), database=words)]:
        assert guard.inspect("ABC").action == "flag"
        assert guard.database is words
        assert repr(guard) == '<Guard "example" of 1 rules>'
    with pytest.raises(FileNotFoundError) as caught:
        Guard(tmp_path / "missing", words)
    assert caught.value.filename == tmp_path / "missing"
    with pytest.raises(TypeError):
        Guard(b"policy", 1)  # type: ignore[arg-type] # pyright: ignore


def test_every_problem_of_a_policy_has_its_code_and_place(words: Database, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text('[[rule]]\nname = "é"\nactoin = "block"\n', encoding="utf-8")
    with pytest.raises(PolicyError) as caught:
        Guard(path, words)
    error = caught.value
    assert isinstance(error, SluicegateError) and not isinstance(error, DatabaseError)
    assert {problem.code for problem in error.problems} == {"SG102", "SG103"}
    unknown = next(problem for problem in error.problems if problem.code == "SG102")
    assert (unknown.file, unknown.line, unknown.column) == (str(path), 3, 1)
    assert unknown.span is not None and unknown.hint
    start, end = unknown.span
    assert path.read_bytes()[start:end].startswith(b"actoin")
    path.write_bytes(b"name = '\xff'")
    with pytest.raises(PolicyError, match="not UTF-8"):
        Guard(path, words)


def test_what_no_classifier_meets_is_told(words: Database) -> None:
    policy = rule("block", more='classifiers = ["secrets.*"]')
    (problem,) = Guard.from_text(policy, words).unmatched()
    assert problem.code == "SG501" and "`secrets.*`" in problem.message and problem.hint
    assert Guard.from_text(rule("block"), words).unmatched() == []


def test_keys_are_given_by_name(words: Database) -> None:
    policy = rule("redact", '{ kind = "token", key = "night" }')
    with pytest.raises(PolicyError, match="there is no key `night`") as caught:
        Guard.from_text(policy, words, keys={"main": KEY})
    assert caught.value.line == 1
    with pytest.raises(PolicyError, match="can't be used"):
        Guard.from_text(policy, words, keys={"night": b"short"})
    with pytest.raises(TypeError):
        Guard.from_text(policy, words, keys={"night": "text"})  # type: ignore[dict-item] # pyright: ignore
    guard = Guard.from_text(policy, words, keys=MappingProxyType({"night": bytearray(KEY)}))
    text = guard.inspect("see ABC").text
    assert text is not None and text.startswith("see [tok:custom.capitals:")
    assert guard.restore(text) == "see ABC"
    assert guard.restore(text.encode()) == b"see ABC"
    assert guard.restore(json.dumps({"a": text}), form="json") == '{"a": "see ABC"}'
    with pytest.raises(RedactError):
        guard.restore("{", form="json")


def test_a_session_remembers(words: Database) -> None:
    guard = Guard.from_text(rule("redact", '"numbered"'), words)
    session = Session("night-7")
    assert (session.name, session.count) == ("night-7", 0)
    assert guard.inspect("ABC and XYZ", session=session).text == "[CAPITALS_1] and [CAPITALS_2]"
    assert guard.inspect("XYZ", session=session).text == "[CAPITALS_2]"
    assert guard.inspect("XYZ").text == "[CAPITALS_1]"
    assert guard.restore("[CAPITALS_2]!", session=session) == "XYZ!"
    assert guard.restore("[CAPITALS_2]!") == "[CAPITALS_2]!"
    assert repr(session) == "<Session night-7 of 2 values>"
    for name in ["", "Night 7", "x" * 33]:
        with pytest.raises(ValueError, match="the name of a session"):
            Session(name)


def test_threads_share_a_guard_and_a_session(words: Database) -> None:
    guard = Guard.from_text(rule("redact", '"numbered"'), words)
    session = Session()
    guard.inspect("ABC XYZ", session=session)
    text = "x" * 5_000 + " XYZ"

    def inspect(number: int) -> "Verdict[str]":
        given = session if number % 2 else None
        return guard.inspect(text, session=given)

    with ThreadPoolExecutor(8) as threads:
        for number, verdict in enumerate(threads.map(inspect, range(400))):
            label = "[CAPITALS_2]" if number % 2 else "[CAPITALS_1]"
            assert verdict.text == "x" * 5_000 + " " + label
    assert session.count == 2


def test_words_that_stand_for_nothing_are_refused(words: Database) -> None:
    guard = Guard.from_text("", words)
    with pytest.raises(ValueError, match='there is no channel "mail"; it is one of prompt, output'):
        guard.inspect("ABC", channel="mail")  # type: ignore[call-overload] # pyright: ignore
    with pytest.raises(ValueError, match='there is no form "xml"'):
        guard.inspect("ABC", form="xml")  # type: ignore[call-overload] # pyright: ignore
    with pytest.raises(ValueError, match="there is no channel"):
        guard.stream(channel="mail")  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(TypeError, match="expected str or a bytes-like object, not int"):
        guard.inspect(1)  # type: ignore[call-overload] # pyright: ignore


def test_a_redactor_needs_no_policy(words: Database) -> None:
    text = "é ABC"
    assert Redactor("label", words).redact(text) == "[CUSTOM_LETTERS] [CUSTOM_CAPITALS]"
    assert Redactor("mask", words).redact(text) == "* ***"
    assert Redactor("mask", words).redact(text.encode()) == b"* ***"
    assert Redactor("mask", words).redact(text, min_confidence=50) == "é ***"
    assert Redactor("partial", words, keep=1).redact("ABCDEF") == "*****F"
    hashed = Redactor("hash", words, key=KEY)
    assert hashed.redact("ABC") == hashed.redact("ABC") != hashed.redact("XYZ")
    for style in ["token", "fpe"]:
        kept = Redactor(style, words, key=KEY)  # type: ignore[arg-type] # pyright: ignore
        assert kept.redact(text) != text
        assert kept.restore(kept.redact(text)) == text
    session = Session("night-7")
    vault = Redactor("vault", words)
    marked = vault.redact(text, session=session)
    assert "[vault:night-7:custom.capitals:1]" in marked
    assert vault.restore(marked, session=session) == text
    assert repr(vault) == "<Redactor by vault>"


def test_a_redactor_refuses_what_it_cannot_do(words: Database, pack: Pack) -> None:
    with pytest.raises(ValueError, match='there is no style "black"; it is one of label'):
        Redactor("black", words)  # type: ignore[arg-type] # pyright: ignore
    with pytest.raises(ValueError, match="the style hash takes a key"):
        Redactor("hash", words)
    with pytest.raises(ValueError):
        Redactor("hash", words, key=b"short")
    with pytest.raises(ValueError, match="the style mask takes no key"):
        Redactor("mask", words, key=KEY)
    with pytest.raises(ValueError, match="what is kept is from 0 to 100 characters, not 101"):
        Redactor("partial", words, keep=101)
    with pytest.raises(ValueError, match="a confidence is from 0 to 100"):
        Redactor("mask", words).redact("ABC", min_confidence=101)
    with pytest.raises(RedactError, match="not inspected to its end"):
        Redactor("mask", pack(HARD)).redact("a" * 20_000)
