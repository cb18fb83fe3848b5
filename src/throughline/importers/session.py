"""One reading of one file: answers known, questions raised, findings collected and capped, lines counted.

Of each kind of finding (code and column) the first 20 errors or 5 warnings are kept; the rest is counted in one
closing finding, and every refused row still counts as rejected, so the counts add up in a flood of errors too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.plan.assumptions import ImportMemory
from throughline.engine.refs import CellRef
from throughline.importers.columns import fingerprint
from throughline.importers.outcome import Question
from throughline.importers.reading.table import fold

SHOWN_OF_EACH = {Severity.ERROR: 20, Severity.WARNING: 5, Severity.NOTE: 5}
GIVEN_BACK = 50_000
EVERY_FINDING = "every_finding"  # the hint
LONGEST_VALUE = 80


@dataclass
class Session:
    """What importers write to while they read. `answers` holds remembered and newly given ones, the new winning."""

    file: str
    digest: str
    sheet: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    memories: Mapping[str, ImportMemory] = field(default_factory=dict)  # by fingerprint of the headings
    fingerprint: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)  # folded heading -> field, as remembered or answered
    hints: Mapping[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    used_answers: dict[str, str] = field(default_factory=dict)
    _findings: list[Finding] = field(default_factory=list)
    _seen: dict[tuple[str, str, Severity], int] = field(default_factory=dict)

    @property
    def as_of(self) -> date | None:
        """Today, as far as the caller says."""
        return date.fromisoformat(self.hints["as_of"]) if "as_of" in self.hints else None

    def most(self, severity: Severity) -> int:
        """How many findings of a kind are kept: all that fit when refused rows are given back."""
        return GIVEN_BACK if EVERY_FINDING in self.hints else SHOWN_OF_EACH[severity]

    def ask(self, question: Question) -> str:
        """The answer if it is known and one of the choices, else '' and the question is put."""
        given = self.answers.get(question.id, "")
        if given and (not question.choices or given in {value for value, _ in question.choices}):
            self.used_answers[question.id] = given
            return given
        self.questions.setdefault(question.id, question)
        return ""

    def recall(self, headings: Iterable[str]) -> None:
        """Take up what was answered when a file with these headings was read before; new answers win."""
        names = tuple(headings)
        self.fingerprint = fingerprint(names)
        memory = self.memories.get(self.fingerprint)
        remembered = dict(memory.answers) if memory else {}
        self.answers = remembered | dict(self.answers)
        self.columns = {fold(heading): name for heading, name in memory.columns} if memory else {}
        for heading in names:
            if given := self.answers.get(f"column:{fold(heading)}"):
                self.columns = {**self.columns, fold(heading): given}
                self.used_answers[f"column:{fold(heading)}"] = given

    @property
    def is_blocked(self) -> bool:
        """An unanswered question stands before any use of the file."""
        return any(question.blocking for question in self.questions.values())

    def at(self, row: int, column: str = "") -> CellRef:
        """The cell as a source."""
        return CellRef(self.file, self.digest, row, column, self.sheet)

    def note(self, code: str, severity: Severity, **args: str | int) -> None:
        """A finding about the file as a whole."""
        known: dict[str, str | int] = {"file": self.file, "sheet": self.sheet}
        self._findings.append(Finding(code, severity, self.file, tuple(sorted((known | args).items()))))

    def cell(
        self,
        code: str,
        severity: Severity,
        row: int,
        column: str = "",
        value: str = "",
        more: Mapping[str, str | int] | None = None,
        cents: int | None = 0,
    ) -> None:
        """A finding about one cell or row; beyond the first of its kind it is only counted."""
        self.count(code, severity, column)
        if self._seen[code, column, severity] <= self.most(severity):
            shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in value[:LONGEST_VALUE])
            args: dict[str, str | int] = {"file": self.file, "sheet": self.sheet, "row": row, "column": column}
            args |= {"value": shown} | dict(more or {})
            source = self.at(row, column)
            self._findings.append(Finding(code, severity, self.file, tuple(sorted(args.items())), cents, source=source))

    def count(self, code: str, severity: Severity, column: str = "", times: int = 1) -> None:
        """Count findings without showing them."""
        self._seen[code, column, severity] = self._seen.get((code, column, severity), 0) + times

    def add(self, items: tuple[Finding, ...]) -> None:
        """Findings made elsewhere."""
        self._findings.extend(items)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found, with one closing finding for each kind that was capped."""
        more = [
            finding(
                "TL-READ-090",
                severity,
                self.file,
                file=self.file,
                code=code,
                column=column,
                count=seen - self.most(severity),
            )
            for (code, column, severity), seen in self._seen.items()
            if seen > self.most(severity)
        ]
        return (*self._findings, *more)
