"""From rows of a published table to plan lines and stated totals: sections, roles, wholes and parts, natural keys.

The key of a line is document, section, item, period and role, in words; the second line with the same key gets `.2`.
"""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from throughline.engine.findings import Severity
from throughline.engine.money import dollars, round_half_up
from throughline.engine.plan.planlines import LineRole, PlanLine, StatedTotal
from throughline.importers.capital_plan.roles import is_limit, is_limit_item, is_total, role_in, role_of_item, total_of
from throughline.importers.capital_plan.rows import Figure, PlanRow
from throughline.importers.rows import Tally
from throughline.importers.values.periods import Period, period
from throughline.importers.values.slugs import slug
from throughline.importers.values.tco_words import tco_code

NOT_STATED = "not stated"
# Signatures and footnotes below a table are no headings.
_SIGNED = re.compile(
    r"(?:prepared|submitted|presented|approved|reviewed|compiled) by\b|(?:contact|author|sources?|notes?):|by\b",
    re.IGNORECASE,
)
MOST_TOTAL_WORDS = 4  # "Total technology requests" totals something; longer texts are items that begin with the word


@dataclass
class Builder:
    """Reads rows in order; what a row means can depend on the heading, the line and the role above it."""

    document: str
    default_period: str = NOT_STATED
    note: str = ""
    section: str = ""
    section_role: LineRole | None = None
    last_role: LineRole = LineRole.REQUEST
    last_item: str = ""
    sections: list[str] = field(default_factory=list)
    keys: Counter[str] = field(default_factory=Counter)
    documents: list[str] = field(default_factory=list)
    suggested: set[str] = field(default_factory=set)
    bare: dict[int, str] = field(default_factory=dict)  # rows that say just "Total", with the section they stand in

    def take(self, plan_row: PlanRow) -> None:
        """Turn one row into records, a heading, or a refusal."""
        words, row = plan_row.words, plan_row.row
        item = words["item"] or words["section"]
        if words["document"] and words["document"] != self.document:
            self._open(words["document"])
        if self.document not in self.documents:
            self.documents.append(self.document)
        totalled = self._totalled(plan_row, item)
        if not plan_row.states_figures:
            self._heading(plan_row, item)
        elif totalled is not None:
            self._total(plan_row, item, totalled)
        elif not item:
            row.refuse("TL-REC-010", "item")
        else:
            self._line(plan_row, item)

    def _open(self, document: str) -> None:
        """Rows of another document begin; its headings and wholes are its own."""
        self.document, self.section, self.section_role = document, "", role_in(document)
        self.last_item, self.sections = "", []

    def _heading(self, plan_row: PlanRow, item: str) -> None:
        """A row of words alone: the heading of the rows below it. It makes no record and is counted with the blank
        rows.
        """
        plan_row.row.tally.blank += 1
        beside = [words for meaning, words in plan_row.words.items() if words and meaning not in {"item", "section"}]
        is_heading = item and not beside and len(item) <= 60
        if is_heading and total_of(item) is None and not _SIGNED.match(item):
            self.section, self.section_role = item.rstrip(":"), role_in(item)
            self._know(self.section)
            self._remark(plan_row, "TL-REC-011")
        else:
            self._remark(plan_row, "TL-REC-012")

    def _remark(self, plan_row: PlanRow, code: str) -> None:
        """A note about the row; a remark's own words are not repeated, because people sign tables."""
        row = plan_row.row
        value = row.cell("item") if code == "TL-REC-011" else ""
        row.session.cell(code, Severity.NOTE, row.number, row.heading("item"), value)

    def _totalled(self, plan_row: PlanRow, item: str) -> str | None:
        """What a totals row totals, None when the row is no totals row."""
        role = plan_row.words["role"]
        if is_limit(role) or is_total(role):
            return total_of(item) or ""
        if role or plan_row.unit_cents is not None:
            return None
        found = total_of(item)
        if found is None and (total_of(plan_row.words["period"]) == "" or is_limit_item(item)):
            return ""  # a row total of a long table, or a stated limit
        return found if found is None or len(found.split()) <= MOST_TOTAL_WORDS else None

    def _total(self, plan_row: PlanRow, item: str, of: str) -> None:
        words = plan_row.words
        role = role_in(words["role"]) or role_in(of) or self.section_role or self.last_role
        section = words["section"] if words["section"] in self.sections else self._section_named(of, plan_row)
        if not of and not section and not words["role"] and self.section:
            self.bare.setdefault(plan_row.row.number, self.section)
        relation = "at_most" if is_limit(words["role"]) or is_limit_item(item) else "equals"
        stated = [(f, "period" if f.period and not _is_total_word(f.period) else "grand") for f in plan_row.figures]
        stated += [(plan_row.total, "grand")] if plan_row.total else []
        if plan_row.quantity is not None and not stated:
            stated = [(Figure(words["period"], "", None), "grand")]
        for figure, axis in stated:
            if figure.cents is None and plan_row.quantity is None:
                continue
            key = _label(period(figure.period)) if axis == "period" else ""
            if _is_total_word(words["period"]) and total_of(item) is None and relation == "equals":
                axis, key = "item", item
            record = StatedTotal(
                id=self._key("total", axis, section, key or item, role),
                document=self.document,
                axis=axis,
                key=key,
                cents=figure.cents,
                role=role,
                quantity=plan_row.quantity,
                section=section,
                relation=relation,
                source=plan_row.row.session.at(plan_row.row.number, figure.heading),
            )
            plan_row.row.emit("stated_totals", record)

    def _line(self, plan_row: PlanRow, item: str) -> None:
        words, row = plan_row.words, plan_row.row
        section = words["section"] if words["item"] and words["section"] else self.section
        self._know(section)
        own_role = (
            role_in(words["role"])
            or (LineRole.PART_OF if words["part_of"] else None)
            or role_of_item(item)
            or _role_of_category(words["category"])
        )
        if words["role"] and role_in(words["role"]) is None:
            row.warn("TL-REC-013", "role")
        category = self._category(plan_row, item)
        recurrence = (
            "recurring" if words["recurrence"].casefold().startswith(("recur", "annual", "yes")) else "one_time"
        )
        figures = self._figures(plan_row)
        stated = [f for f in figures if f.cents is not None or (plan_row.quantity is not None and len(figures) == 1)]
        for figure in stated:
            when = period(figure.period or self.default_period)
            role = own_role or self.section_role or role_in(when.words) or LineRole.REQUEST
            label = _label(when)
            part_of = (words["part_of"] or self.last_item) if role is LineRole.PART_OF else ""
            single = len(stated) == 1  # a quantity of a row with several periods belongs to none of them
            record = PlanLine(
                id=self._key(section, item, label, role),
                document=self.document,
                item=item,
                period=label,
                role=role,
                amount_cents=figure.cents,
                quantity=plan_row.quantity if single else None,
                unit_cents=plan_row.unit_cents,
                fiscal_year=when.fiscal_year,
                funding_source=words["funding"],
                category=category,
                recurrence=recurrence,
                part_of=part_of,
                section=section,
                note="; ".join(part for part in (words["note"], self.note) if part),
                source=row.session.at(row.number, figure.heading or row.heading("quantity")),
            )
            row.emit("plan_lines", record)
            self.last_role = role if role is not LineRole.PART_OF else self.last_role
            self.last_item = item if role is not LineRole.PART_OF else self.last_item
        if plan_row.quantity is not None and len(stated) > 1:
            row.warn("TL-REC-014", "quantity")
        if plan_row.quantity is not None and plan_row.quantity < 0:
            row.warn("TL-REC-015", "quantity")
        if plan_row.total and plan_row.total.cents is not None:
            self._row_total(plan_row, item, section, own_role or self.section_role or LineRole.REQUEST)

    def _figures(self, plan_row: PlanRow) -> tuple[Figure, ...]:
        """The amounts of a row; without any, quantity x unit price where the row states both."""
        figures = plan_row.figures or (Figure(plan_row.words["period"], "", None),)
        if (
            len(figures) != 1
            or figures[0].cents is not None
            or plan_row.quantity is None
            or plan_row.unit_cents is None
        ):
            return figures
        cents = round_half_up(plan_row.quantity * plan_row.unit_cents)
        row = plan_row.row
        more = {"amount": dollars(cents)}
        row.session.cell("TL-REC-019", Severity.NOTE, row.number, row.heading("unit"), row.cell("unit"), more)
        return (Figure(figures[0].period, row.heading("unit"), cents),)

    def _category(self, plan_row: PlanRow, item: str) -> str:
        """The category column's code, else the code its words or the item's words suggest, which is shown once per item."""
        written = plan_row.words["category"]
        code = tco_code(written) or tco_code(item)
        if code and code != written.upper() and item not in self.suggested:
            self.suggested.add(item)
            row = plan_row.row
            row.session.cell("TL-REC-018", Severity.NOTE, row.number, row.heading("item"), item, {"code": code})
        return code

    def _row_total(self, plan_row: PlanRow, item: str, section: str, role: LineRole) -> None:
        assert plan_row.total is not None
        record = StatedTotal(
            id=self._key("total", "item", section, item, role),
            document=self.document,
            axis="item",
            key=item,
            cents=plan_row.total.cents,
            role=role,
            section=section,
            source=plan_row.row.source("total"),
        )
        plan_row.row.emit("stated_totals", record)

    def finish(self, tally: Tally) -> None:
        """Where several rows say just "Total", each closes its own section; a second one in a section is the whole's."""
        closed: set[str] = set()
        rows = self.bare if len(self.bare) > 1 else {}
        totals = tally.records.get("stated_totals", {})
        for number, section in rows.items():
            if section not in closed:
                for key in [key for row, noun, key in tally.line_records if row == number and noun == "stated_totals"]:
                    total = totals[key]
                    assert isinstance(total, StatedTotal)
                    totals[key] = replace(total, section=section)
            closed.add(section)

    def _section_named(self, of: str, plan_row: PlanRow) -> str:
        """The section a totals row speaks about: by name, or the current one for a subtotal."""
        if of == "sub":
            return self.section or self._part(plan_row.row.tally)
        wanted = of.casefold()
        return next((s for s in self.sections if wanted and (s.casefold() == wanted or s.casefold() in wanted)), "")

    def _part(self, tally: Tally) -> str:
        """Rows without a heading that a subtotal closes become a section of their own, named by their place."""
        lines = tally.records.get("plan_lines", {})
        section = f"Part {sum(1 for name in self.sections if name.startswith('Part ')) + 1}"
        for key, line in lines.items():
            if isinstance(line, PlanLine) and line.document == self.document and not line.section:
                lines[key] = replace(line, section=section)
        self._know(section)
        return section

    def _know(self, section: str) -> None:
        if section and section not in self.sections:
            self.sections.append(section)

    def _key(self, *parts: str) -> str:
        key = ".".join(slug(part) for part in (self.document, *parts) if slug(part))
        self.keys[key] += 1
        return key if self.keys[key] == 1 else f"{key}.{self.keys[key]}"


def _label(when: Period) -> str:
    """ "FY2017 request" and "FY2017 funding" are one period with two roles."""
    return when.year if role_in(when.words) else when.label


def _role_of_category(category: str) -> LineRole | None:
    """`funding` and `revenue` stand in category columns too; other words there are categories."""
    role = role_in(category) if category.count(" ") <= 1 else None
    return role if role in {LineRole.FUNDING_SOURCE, LineRole.REVENUE} else None


def _is_total_word(text: str) -> bool:
    return total_of(text) == ""
