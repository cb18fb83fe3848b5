"""Reading one file from beginning to end, inside the child process: open, detect, read, and account for every line."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from throughline.engine.findings import Severity
from throughline.engine.plan.assumptions import ImportMemory
from throughline.importers.base import Importer, Reading
from throughline.importers.columns import fingerprint, known_spellings
from throughline.importers.detect import Match, importers, matches
from throughline.importers.loading import connect, load
from throughline.importers.outcome import Outcome, Question
from throughline.importers.reading.book import Book, open_book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import table_of
from throughline.importers.reading.upload import Upload
from throughline.importers.rows import Tally
from throughline.importers.session import Session
from throughline.importers.staged_disposals import staged_disposals
from throughline.importers.staging import stage_inventory
from throughline.importers.tables import open_table
from throughline.importers.typed import Stage

IMPORTER_QUESTION = "importer"
SHEET_QUESTION = "sheet"
STAGED_FILE = "staged.parquet"
DUCKDB_MB = 320


def read_here(
    upload: Upload,
    memories: Mapping[str, ImportMemory],
    answers: Mapping[str, str],
    hints: Mapping[str, str],
    folder: Path,
) -> Outcome:
    """Read `upload`; the staged rows of an inventory are left in `folder`."""
    session = Session(upload.name, upload.digest, answers=answers, memories=memories, hints=hints)
    try:
        book = open_book(upload)
        session.add(book.notes)
        match = _choose(session, book)
        if match is None:
            return _outcome(session, None, Reading(Tally()))
        session.sheet = match.grid.sheet
        if match.importer.inventory is not None:
            return _inventory(session, match.importer, book, match.grid, folder)
        if match.importer.records is None:
            raise TypeError(f"importer {match.importer.id} reads neither an inventory nor records")
        return _outcome(session, match.importer, match.importer.records(session, book, match.grid))
    except Refused as refused:
        return Outcome(upload.name, upload.digest, findings=(*session.findings, refused.finding(upload.name)))


def _choose(session: Session, book: Book) -> Match | None:
    """The importer and the sheet, as told, as answered, or as the file itself shows; None when a question is open."""
    everyone = importers()
    named = session.hints.get("importer") or session.answers.get(IMPORTER_QUESTION, "")
    among = {named: everyone[named]} if named in everyone else everyone
    claims = matches(book, among)
    if named in everyone and not claims:
        claims = [Match(0, everyone[named], grid) for grid in book.visible[:1]]
    if not claims and book.documents:
        raise Refused("TL-READ-002", kind="a JSON file of a kind that is not known here", hint="export it as CSV")
    if not claims:
        choices = tuple((importer.id, importer.title) for importer in everyone.values())
        session.ask(Question(IMPORTER_QUESTION, "TL-IMP-058", choices))
        session.note("TL-IMP-001", Severity.ERROR)
        return None
    best = [claim for claim in claims if claim.score == claims[0].score]
    remembered = [claim for claim in claims if _is_remembered(session, claim)]
    if remembered and not named:
        best = [claim for claim in remembered if claim.importer is remembered[0].importer]
    rivals = {claim.importer.id: claim.importer for claim in best}
    if len(rivals) > 1:
        choices = tuple((importer.id, importer.title) for importer in rivals.values())
        chosen = session.ask(Question(IMPORTER_QUESTION, "TL-IMP-058", choices, next(iter(rivals))))
        if not chosen:
            return None
        best = [claim for claim in best if claim.importer.id == chosen]
    elif named:
        session.used_answers[IMPORTER_QUESTION] = named
    known = [claim for claim in best if _is_remembered(session, claim)]
    if len(known) == 1:
        return known[0]
    if len(best) == 1 or best[0].importer.all_sheets:
        return best[0]
    sheets = tuple((claim.grid.sheet, claim.grid.sheet) for claim in best)
    sheet = session.ask(Question(SHEET_QUESTION, "TL-IMP-059", sheets, sheets[0][0]))
    return next((claim for claim in best if claim.grid.sheet == sheet), None)


def _is_remembered(session: Session, claim: Match) -> bool:
    """Whether a sheet with these headings was read by this importer before."""
    if not session.memories:
        return False
    spellings = known_spellings(claim.importer.columns)
    headings = table_of(claim.grid, lambda heading: heading in spellings).headers
    memory = session.memories.get(fingerprint(headings))
    return memory is not None and memory.importer == claim.importer.id


def _inventory(session: Session, importer: Importer, book: Book, grid: Grid, folder: Path) -> Outcome:
    inventory = importer.inventory
    assert inventory is not None
    opened = open_table(session, grid, importer.columns, strangers=importer.strangers)
    if importer.suggest is not None:
        opened = importer.suggest(session, opened)
    tally = Tally()
    reading = Reading(
        tally, opened.table.header_row, opened.table.above, opened.table.headers, opened.mapping, (), opened.ignored
    )
    is_understood = not session.is_blocked  # what the columns are must be known before cells can be judged
    con = connect(folder, DUCKDB_MB)
    try:
        loaded = load(con, session, book, opened, folder)
        tally.lines_read, tally.blank = loaded.lines_read, loaded.blank
        headings = {name: opened.table.headers[position] for name, position in opened.fields.fields}
        stage = Stage(con, session, opened.table, importer.columns, inventory, headings)
        staged = folder / STAGED_FILE
        tally.rejected = loaded.refused + (stage_inventory(stage, staged) if is_understood else 0)
        if is_understood and not session.is_blocked:
            tally.disposals = staged_disposals(stage)
    finally:
        con.close()
    if loaded.lines_read == loaded.blank and not session.is_blocked:
        session.note("TL-READ-014", Severity.ERROR, row=opened.table.header_row)
    outcome = _outcome(session, importer, replace(reading, dropped=loaded.dropped))
    return replace(outcome, staged_path=staged if staged.exists() and outcome.accepted else None)


def _outcome(session: Session, importer: Importer | None, reading: Reading) -> Outcome:
    tally = reading.tally
    if reading.dropped:
        names = ", ".join(f"{item.column} ({item.filled})" for item in reading.dropped)
        session.note("TL-IMP-040", Severity.NOTE, columns=names, count=len(reading.dropped))
    if reading.ignored:
        session.note("TL-IMP-041", Severity.NOTE, columns=", ".join(reading.ignored), count=len(reading.ignored))
    return Outcome(
        file=session.file,
        digest=session.digest,
        importer=importer.id if importer else "",
        kind=importer.kind if importer else "",
        sheet=session.sheet,
        header_row=reading.header_row,
        skipped_above=reading.skipped_above,
        lines_read=tally.lines_read,
        blank=tally.blank,
        rejected=tally.rejected,
        records={noun: tuple(made[key] for key in sorted(made)) for noun, made in sorted(tally.records.items())},
        line_records=tuple(tally.line_records),
        replaces=tuple(tally.replaces),
        only_new=tuple(sorted(tally.only_new)),
        disposals=tuple(tally.disposals[key] for key in sorted(tally.disposals)),
        dropped_columns=reading.dropped,
        ignored_columns=reading.ignored,
        mapping=reading.mapping,
        fingerprint=session.fingerprint,
        answers=tuple(sorted(session.used_answers.items())),
        questions=tuple(session.questions.values()),
        findings=session.findings,
    )
