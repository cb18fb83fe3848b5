"""The plan on one page, as the packet, the one-page summary and the slides show it: one wording, the same figures."""

from collections.abc import Sequence
from dataclasses import replace

from throughline.reports.compose import Context, one
from throughline.reports.document import Block, Bullets, Figures, Lead, plain
from throughline.reports.words import slots

HIGHEST, LOWEST, LINE = 226, 130, 17  # points: chart of the first page, and what a line of text costs it
SPARE_LINES = 6  # of lead and request together, that the page holds beside the tallest chart
LEAD_LETTERS, TEXT_LETTERS = 68, 78  # in a line
SOURCES = {key: key for key in ("general", "renewing", "ending", "unfunded")}


def summary_page(at: Context) -> list[Block]:
    """The whole plan on one page: sentence, key figures, years by source, and what the board is asked to do."""
    at = replace(at, words=at.common)
    out: list[Block] = [at.heading("onepage"), *summary(at)]
    if asked := asks(at):
        out += [at.heading("onepage", "asks_title", 2), Bullets(tuple(one(line) for line in asked), numbered=True)]
        return [*out, *at.small("onepage", "asks_note")]
    return [*out, *at.small("onepage", "no_ask")]


def summary(at: Context, height: int = 0) -> list[Block]:
    """Sentence, key figures, and years by source as picture and table; `height` of the picture where it is fixed."""
    at = replace(at, words=at.common)
    out: list[Block] = [Lead(at.words.text("summary.lead")), *_numbers(at)]
    if (table := at.source.table("by_source")) is None:
        return out
    shown = at.table(table, "onepage.table", emphasis={"unfunded": "gap"}, swatches=SOURCES)
    tall = height or _room(at, asks(at))
    return [*out, at.chart("onepage", "stacked_years", shown, (("height", str(tall)),)), shown]


def asks(at: Context) -> list[str]:
    """What the board is asked to do, as people wrote it, one sentence an item."""
    return [line.strip() for line in at.source.texts.get("action", "").splitlines() if line.strip()]


def lines_of(texts: Sequence[str]) -> int:
    """How many lines of a page these texts take."""
    return sum(-(-len(text) // TEXT_LETTERS) for text in texts)


def _room(at: Context, asked: Sequence[str]) -> int:
    """Height of the chart in points: less the longer the texts are, so that the page stays one page."""
    lead = -(-len(at.common.string("summary.lead")) // LEAD_LETTERS)
    return max(LOWEST, HIGHEST - LINE * max(0, lead + lines_of(asked) - SPARE_LINES))


def _numbers(at: Context) -> list[Block]:
    items = []
    for figure, label in at.common.raw("onepage.numbers"):
        names = [name for name, _ in slots(figure)]
        shown, said = (
            at.common.choose({"say": words, "when": " ".join(names)}, "onepage.numbers") for words in (figure, label)
        )
        if shown and said:
            items.append((shown, plain(said)))
    return [Figures(tuple(items))] if items else []
