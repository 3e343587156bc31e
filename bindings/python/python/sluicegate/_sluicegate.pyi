import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from types import GenericAlias
from typing import Any, AnyStr, Generic, Literal, Optional, Protocol, Union, final, overload

from typing_extensions import Buffer, Self

from ._errors import Problem

_Action = Literal["allow", "flag", "redact", "block"]
_Channel = Literal["prompt", "output", "tool_args", "tool_result", "document"]
_Form = Literal["text", "json"]
_Reason = Literal["no_finding", "rule", "default", "incomplete", "error"]
_Style = Literal["label", "numbered", "mask", "partial", "hash", "token", "fpe", "vault"]
_Severity = Literal["info", "low", "medium", "high", "critical"]
_Path = Union[str, os.PathLike[str]]
_Text = Union[str, Buffer]

class _ArrowArray(Protocol):
    def __arrow_c_array__(
        self, requested_schema: Optional[object] = None
    ) -> tuple[object, object]: ...

class _ArrowStream(Protocol):
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...

__all__ = [
    "Classifier",
    "Database",
    "DecidedFinding",
    "Finding",
    "FindingsArray",
    "Guard",
    "GuardStream",
    "Redactor",
    "Session",
    "Stream",
    "Verdict",
    "__version__",
]

__version__: str

@final
class Finding:
    def __new__(
        cls,
        classifier: str,
        start: int,
        end: int,
        severity: str,
        confidence: int,
        view: Optional[str] = None,
    ) -> Finding: ...
    @property
    def classifier(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def severity(self) -> _Severity: ...
    @property
    def confidence(self) -> int: ...
    @property
    def view(self) -> str: ...
    def __getnewargs__(self) -> tuple[str, int, int, str, int, str]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Classifier:
    @property
    def id(self) -> str: ...
    @property
    def severity(self) -> _Severity: ...
    @property
    def confidence(self) -> int: ...
    @property
    def card(self) -> dict[str, Any]: ...

@final
class FindingsArray:
    def __arrow_c_array__(
        self, requested_schema: Optional[object] = None
    ) -> tuple[object, object]: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...

@final
class Database:
    @staticmethod
    def builtin() -> Database: ...
    @staticmethod
    def from_files(paths: Sequence[_Path], *, builtin: bool = False) -> Database: ...
    @staticmethod
    def load(path: _Path) -> Database: ...
    def with_exact(
        self, index: Union[_Path, Buffer], key: Union[bytes, bytearray]
    ) -> Database: ...
    def with_documents(
        self, index: Union[_Path, Buffer], key: Union[bytes, bytearray]
    ) -> Database: ...
    def save(self, path: _Path) -> None: ...
    @property
    def digest(self) -> str: ...
    def classifiers(self) -> list[Classifier]: ...
    def scan(
        self, text: _Text, *, min_confidence: int = 0, resolve: bool = False
    ) -> list[Finding]: ...
    def scan_batch(
        self, texts: Iterable[_Text], threads: int = 0, *, min_confidence: int = 0
    ) -> list[list[Finding]]: ...
    def scan_arrow(
        self,
        array: Union[_ArrowArray, _ArrowStream],
        threads: int = 0,
        *,
        min_confidence: int = 0,
    ) -> FindingsArray: ...
    def stream(self, *, min_confidence: int = 0) -> Stream: ...
    def __len__(self) -> int: ...

@final
class Stream:
    def push(self, piece: _Text) -> list[Finding]: ...
    def finish(self) -> list[Finding]: ...
    def close(self) -> None: ...
    @property
    def held(self) -> int: ...

@final
class Session:
    def __new__(cls, name: str = "0") -> Session: ...
    @property
    def name(self) -> str: ...
    @property
    def count(self) -> int: ...

@final
class DecidedFinding:
    @property
    def classifier(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def severity(self) -> _Severity: ...
    @property
    def confidence(self) -> int: ...
    @property
    def view(self) -> str: ...
    @property
    def action(self) -> _Action: ...
    @property
    def rule(self) -> Optional[str]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Verdict(Generic[AnyStr]):
    @property
    def policy(self) -> str: ...
    @property
    def mode(self) -> Literal["enforce", "monitor"]: ...
    @property
    def channel(self) -> _Channel: ...
    @property
    def action(self) -> _Action: ...
    @property
    def would_be(self) -> Optional[_Action]: ...
    @property
    def reason(self) -> _Reason: ...
    @property
    def rule(self) -> Optional[str]: ...
    @property
    def complete(self) -> bool: ...
    @property
    def edits(self) -> int: ...
    @property
    def findings(self) -> list[DecidedFinding]: ...
    @property
    def error(self) -> Optional[str]: ...
    @property
    def text(self) -> Optional[AnyStr]: ...
    def to_json(self) -> str: ...
    @classmethod
    def __class_getitem__(cls, key: Any) -> GenericAlias: ...

@final
class Guard:
    def __new__(
        cls,
        policy: _Path,
        database: Optional[Database] = None,
        *,
        keys: Optional[Mapping[str, Union[bytes, bytearray]]] = None,
    ) -> Guard: ...
    @staticmethod
    def from_text(
        policy: str,
        database: Optional[Database] = None,
        *,
        keys: Optional[Mapping[str, Union[bytes, bytearray]]] = None,
    ) -> Guard: ...
    @property
    def database(self) -> Database: ...
    def unmatched(self) -> list[Problem]: ...
    @overload
    def inspect(
        self,
        text: str,
        *,
        channel: _Channel = "prompt",
        form: _Form = "text",
        session: Optional[Session] = None,
    ) -> Verdict[str]: ...
    @overload
    def inspect(
        self,
        text: Buffer,
        *,
        channel: _Channel = "prompt",
        form: _Form = "text",
        session: Optional[Session] = None,
    ) -> Verdict[bytes]: ...
    @overload
    def restore(
        self,
        text: str,
        *,
        channel: _Channel = "prompt",
        form: _Form = "text",
        session: Optional[Session] = None,
    ) -> str: ...
    @overload
    def restore(
        self,
        text: Buffer,
        *,
        channel: _Channel = "prompt",
        form: _Form = "text",
        session: Optional[Session] = None,
    ) -> bytes: ...
    def stream(
        self, *, channel: _Channel = "output", session: Optional[Session] = None
    ) -> GuardStream: ...
    @overload
    def filter(
        self,
        source: Iterable[str],
        *,
        channel: _Channel = "output",
        session: Optional[Session] = None,
    ) -> Generator[str, None, None]: ...
    @overload
    def filter(
        self,
        source: Iterable[Buffer],
        *,
        channel: _Channel = "output",
        session: Optional[Session] = None,
    ) -> Generator[bytes, None, None]: ...
    @overload
    def astream(
        self,
        source: AsyncIterable[str],
        *,
        channel: _Channel = "output",
        session: Optional[Session] = None,
    ) -> AsyncGenerator[str, None]: ...
    @overload
    def astream(
        self,
        source: AsyncIterable[Buffer],
        *,
        channel: _Channel = "output",
        session: Optional[Session] = None,
    ) -> AsyncGenerator[bytes, None]: ...

@final
class GuardStream:
    @overload
    def push(self, piece: str) -> str: ...
    @overload
    def push(self, piece: Buffer) -> bytes: ...
    # Of the same kind as the pieces.
    def finish(self) -> Any: ...
    def close(self) -> None: ...
    @property
    def held(self) -> int: ...
    @property
    def stopped(self) -> bool: ...
    @property
    def verdict(self) -> Verdict[Any]: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *_raised: object) -> None: ...

@final
class Redactor:
    def __new__(
        cls,
        style: _Style = "label",
        database: Optional[Database] = None,
        *,
        key: Union[bytes, bytearray, None] = None,
        keep: int = 4,
    ) -> Redactor: ...
    @overload
    def redact(
        self, text: str, *, session: Optional[Session] = None, min_confidence: int = 0
    ) -> str: ...
    @overload
    def redact(
        self, text: Buffer, *, session: Optional[Session] = None, min_confidence: int = 0
    ) -> bytes: ...
    @overload
    def restore(
        self, text: str, *, session: Optional[Session] = None, min_confidence: int = 0
    ) -> str: ...
    @overload
    def restore(
        self, text: Buffer, *, session: Optional[Session] = None, min_confidence: int = 0
    ) -> bytes: ...
