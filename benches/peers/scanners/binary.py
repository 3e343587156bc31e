"""Our command line program: a whole process that reads and writes JSON, on one thread."""

import json
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from scanners import Scanner
from spans import Span


class Engine(Scanner[str]):
    def __init__(self) -> None:
        self.program = os.environ["SLUICEGATE_BINARY"]
        asked = subprocess.check_output([self.program, "--version"], text=True)
        self.version = asked.split()[-1]
        listed = subprocess.check_output([self.program, "list", "--format", "json"], text=True)
        self.rules = len(json.loads(listed))

    def prepare(self, texts: Sequence[str]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.input = Path(self.folder.name) / "texts.jsonl"
        with self.input.open("w", encoding="utf-8") as file:
            for number, text in enumerate(texts):
                file.write(json.dumps({"id": str(number), "text": text}) + "\n")

    def scan(self, texts: Sequence[str]) -> list[str]:
        command = [self.program, "scan", "--input-format", "jsonl", "--jobs", "1", str(self.input)]
        # 1 says that there are findings.
        asked = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if asked.returncode not in (0, 1):
            raise RuntimeError(f"the program ended with status {asked.returncode}")
        return asked.stdout.splitlines()

    def spans(self, text: str, raw: str) -> list[Span]:
        found = json.loads(raw)["findings"]
        return [Span(row["start"], row["end"], row["classifier"]) for row in found]
