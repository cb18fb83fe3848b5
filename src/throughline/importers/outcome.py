"""What reading one file gave: counts that add up, staged rows or records, what was dropped, asked and found.

For every outcome: lines read = accepted + rejected + blank. Whether an accepted line creates, updates or changes
nothing is decided later, by who knows what was there before. A line is a record of the file below its header, so a
cell with a line break does not make two.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from throughline.engine.findings import Finding, Severity
from throughline.engine.plan.assumptions import ImportMemory
from throughline.engine.plan.awards import Disposal


@dataclass(frozen=True, slots=True)
class Question:
    """Something only the person knows. `code` is its sentence in the catalog, `choices` are (answer, label).

    A `blocking` question must be answered before anything of the file is used; the others have a stated effect until
    then. Answers are remembered per source (header fingerprint).
    """

    id: str
    code: str
    choices: tuple[tuple[str, str], ...] = ()
    suggested: str = ""
    blocking: bool = True
    args: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column about persons: named, its filled cells counted, its content never kept."""

    column: str
    filled: int


@dataclass(frozen=True)
class Outcome:
    """`staged_path` for inventories (columns of `engine.plan.inventory.STAGED`), `records` by noun for everything
    else.
    """

    file: str
    digest: str
    importer: str = ""
    kind: str = ""
    sheet: str = ""
    header_row: int = 0
    skipped_above: int = 0
    lines_read: int = 0
    blank: int = 0
    rejected: int = 0
    staged_path: Path | None = None
    records: Mapping[str, tuple[object, ...]] = field(default_factory=dict)
    line_records: tuple[tuple[int, str, str], ...] = ()  # (row, noun, record id), for records only
    replaces: tuple[tuple[str, str, str], ...] = ()  # (noun, field, value): the file is the whole of these records
    only_new: tuple[str, ...] = ()  # nouns that are suggested and never replace a record of the plan
    disposals: tuple[Disposal, ...] = ()  # of any device: the plan keeps those of equipment that an award bought
    dropped_columns: tuple[Dropped, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()  # (heading, field)
    fingerprint: str = ""
    answers: tuple[tuple[str, str], ...] = ()  # the answers that were used
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def accepted(self) -> int:
        """Lines that became rows or records."""
        return self.lines_read - self.rejected - self.blank

    @property
    def is_refused(self) -> bool:
        """Nothing of the file can be used, whatever is answered."""
        nothing = self.staged_path is None and not self.records and not self.questions
        is_empty_inventory = self.kind == "inventory"  # every line was left out; what was known before stays
        return nothing and (is_empty_inventory or any(item.severity is Severity.ERROR for item in self.findings))

    @property
    def is_ready(self) -> bool:
        """Nothing stands between this outcome and applying it."""
        return not self.is_refused and not any(question.blocking for question in self.questions)

    def memory(self) -> ImportMemory:
        """How this source was read, for the next time."""
        # sorted: what is remembered does not depend on whether it was remembered before
        return ImportMemory(self.fingerprint, self.importer, tuple(sorted(self.mapping)), self.answers)
