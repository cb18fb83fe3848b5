"""Prose of a report: TOML texts whose slots are filled from named figures, so that no figure is ever typed.

A text is a string, or a list of variants of which the first that fits is used: `{ when = "gap", say = "..." }` fits when
the figure is known and not zero, `zero = "gap"` when it is known to be zero, `one = "funds"` when it is known to be one,
and any variant only when all its slots are known. A single string must fit. `*stars*` make strong words; `{gap:m^}` also
points to the figure's explanation where there is one.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from throughline.engine.table import Unit
from throughline.reports.base import Figure, ReportSource
from throughline.reports.document import Span, Text, plain
from throughline.reports.formats import DOLLAR, MONTHS, formatted, has_format, sum_in_words, whole_dollars
from throughline.reports.rounding import half_up
from throughline.reports.vocabulary import FIGURES, LOCAL

SLOT = re.compile(r"\{(?P<name>[a-z0-9_]+):(?P<format>[A-Za-z0-9]+)(?P<note>\^?)\}")


SUM = ("cost", "funded", "gap")  # the sum that the opening sentence states
CONDITIONS = ("when", "zero", "one")


class WordsError(Exception):
    """A words file is wrong: an unknown figure, a format its unit does not have, or a text that cannot be filled."""


@dataclass(frozen=True)
class Words:
    """The words of one report with the figures of one run."""

    tree: Mapping[str, Any]
    source: ReportSource
    extra: Mapping[str, Figure]

    def with_values(self, **extra: Figure) -> "Words":
        """The same words with values of a row at hand."""
        return Words(self.tree, self.source, {**self.extra, **extra})

    def find(self, path: str) -> Text | None:
        """The text at `section.name`, None when no variant fits; raises WordsError for an unknown path."""
        return self._choose(self._at(path), path)

    def text(self, path: str) -> Text:
        """The text at `section.name`; raises WordsError when nothing there fits this run."""
        found = self.find(path)
        if found is None:
            raise WordsError(f"{path}: no variant fits the figures of this run")
        return found

    def string(self, path: str) -> str:
        """The text as plain words."""
        return plain(self.text(path))

    def list(self, path: str) -> tuple[Text, ...]:
        """The texts of a list, without those items of which no variant fits."""
        items = self._at(path)
        found = (self._choose(item, f"{path}[{i}]") for i, item in enumerate(items))
        return tuple(text for text in found if text is not None)

    def raw(self, path: str) -> Any:
        """What stands at a path, unfilled."""
        return self._at(path)

    def choose(self, node: Any, path: str) -> Text | None:
        """The first variant of a text that fits, None when none does."""
        return self._choose(node, path)

    def _at(self, path: str) -> Any:
        node: Any = self.tree
        for part in path.split("."):
            if not isinstance(node, Mapping) or part not in node:
                raise WordsError(f"no words at {path}")
            node = node[part]
        return node

    def _choose(self, node: Any, path: str) -> Text | None:
        if isinstance(node, str):
            if missing := [name for name, _ in slots(node) if self._value(name) is None]:
                raise WordsError(f"{path}: this run has no figure {', '.join(missing)}")
            return self._filled(node)
        for variant in node if isinstance(node, list) else [node]:
            if self._fits(variant):
                return self._filled(variant["say"])
        return None

    def _fits(self, variant: Mapping[str, str]) -> bool:
        there = [self._value(name) for name in variant.get("when", "").split()]
        return (
            all(figure is not None and figure.value != 0 for figure in there)
            and self._all_are(0, variant.get("zero", ""))
            and self._all_are(1, variant.get("one", ""))
            and all(self._value(name) is not None for name, _ in slots(variant["say"]))
        )

    def _all_are(self, wanted: int, names: str) -> bool:
        found = (self._value(name) for name in names.split())
        return all(figure is not None and figure.value == wanted for figure in found)

    def _value(self, name: str) -> Figure | None:
        return self.extra[name] if name in self.extra else self.source.figures.get(name)

    def _filled(self, words: str) -> Text:
        spans: list[Span] = []
        explained = {item.figure for item in self.source.explanations}
        for i, part in enumerate(words.split("*")):
            strong, at = i % 2 == 1, 0
            for slot in SLOT.finditer(part):
                spans.append(Span(part[at : slot.start()], strong))
                note = slot["name"] if slot["note"] and slot["name"] in explained else ""
                spans.append(Span(self._shown(slot["name"], slot["format"]), strong, note))
                at = slot.end()
            spans.append(Span(part[at:], strong))
        return _joined(spans)

    def _shown(self, name: str, form: str) -> str:
        figure = self._value(name)
        if figure is None:
            raise WordsError(f"this run has no figure {name}")
        if name in SUM and all(part in self.source.figures for part in SUM):
            cost, funded, gap = (int(self.source.figures[part].value) for part in SUM)
            if form == "m":
                return sum_in_words(cost, funded, gap)[SUM.index(name)]
            if form == "d" and name == "funded":
                return whole_dollars((half_up(cost, DOLLAR) - half_up(gap, DOLLAR)) * DOLLAR)
        return formatted(figure.value, figure.unit, form)


def slots(words: str) -> list[tuple[str, str]]:
    """The slots of a text: (name, format)."""
    return [(slot["name"], slot["format"]) for slot in SLOT.finditer(words)]


def strings(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a words file with its path, conditions left out."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, Mapping):
        for key, child in node.items():
            if not ({"say"} <= node.keys() and key in CONDITIONS):
                yield from strings(child, f"{path}.{key}" if path else key)
    elif isinstance(node, list):
        for i, child in enumerate(node):
            yield from strings(child, f"{path}[{i}]")


def check(tree: Mapping[str, Any], name: str) -> None:
    """Raise WordsError when any text, used by this run or not, has a slot that could never be filled."""
    known = {**FIGURES, **LOCAL}
    for path, words in strings(tree):
        for slot, form in slots(words):
            if slot not in known:
                raise WordsError(f"{name}, {path}: no figure is called {slot}")
            if not has_format(known[slot][0], form):
                raise WordsError(f"{name}, {path}: {slot} is {known[slot][0]} and has no format {form}")
        if re.search(r"[{}]", SLOT.sub("", words)):
            raise WordsError(f"{name}, {path}: a brace that is no slot")
        if words.count("*") % 2:
            raise WordsError(f"{name}, {path}: a star without its partner")


def load(package: str, source: ReportSource, language: str = "en") -> Words:
    """The words of a report package; raises WordsError when the file names what does not exist."""
    name = f"words.{language}.toml"
    tree = tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
    check(tree, f"{package}/{name}")
    facts = {
        "district": source.district.name,
        "start_year": source.fiscal_years[0] if source.fiscal_years else "",
        "run": source.run_id,
        "digest": source.digest,
        "engine": source.engine_version,
        "packs": ", ".join(f"{pack} {version}" for pack, version in source.packs) or "none",
        "fiscal_year_start": f"{MONTHS[source.fiscal_year_start_month - 1]} 1",
    }
    extra = {key: Figure(value, Unit.TEXT) for key, value in facts.items()}
    first, last = (source.figures.get(f"gap_{end}_year") for end in ("first", "last"))
    if first and last:
        span = f"in {first.value}" if first == last else f"from {first.value} to {last.value}"
        extra["gap_years"] = Figure(span, Unit.TEXT)
    extra["as_of"] = Figure(source.as_of.isoformat(), Unit.DATE)
    return Words(tree, source, extra)


def _joined(spans: list[Span]) -> Text:
    out: list[Span] = []
    for span in spans:
        if not span.text:
            continue
        last = out[-1] if out else None
        if last and last.strong == span.strong and not last.note and not span.note:
            out[-1] = Span(last.text + span.text, span.strong)
        else:
            out.append(span)
    return tuple(out)
