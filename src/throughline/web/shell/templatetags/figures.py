"""Figures, sentences, tables and charts in templates: every amount links to its explanation, every chart has its table."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from throughline.app.explain import Where
from throughline.app.rooms.shown import Money, Part, Picture, ShownTable
from throughline.app.selectors import selector
from throughline.engine.table import Table
from throughline.web.rooms.base import rooms
from throughline.web.shell.cells import Shown, day_words, percent, shown_rows
from throughline.web.shell.rows import rows_html
from throughline.web.shell.templatetags.words import DASH, MINUS, money, spoken_money

register = template.Library()
register.filter("day_words", day_words)
Context = Mapping[str, Any]


def explain_address(context: Context, of: str | Where) -> str:
    """The address that explains a figure of the district at hand; '' when there is nothing to explain."""
    words = of if isinstance(of, str) else selector(of)
    district = context.get("district")
    return f"{reverse('plan:explain', args=[district.slug])}?{words}" if words and district else ""


@register.simple_tag(takes_context=True)
def explain_url(context: Context, of: str | Where) -> str:
    """The address of an explanation."""
    return explain_address(context, of)


def linked(context: Context, text: str, of: str | Where) -> SafeString:
    """Text as a link to its explanation, or as it is."""
    address = explain_address(context, of)
    if not address:
        return format_html("{}", text)
    return format_html('<a class="fig" href="{}">{}</a>', address, text)


@register.simple_tag(takes_context=True)
def figure(context: Context, cents: int | Money | None, of: str | Where = "", spoken: bool = False) -> SafeString:
    """An amount that opens its explanation; `spoken` writes it as sentences do."""
    if isinstance(cents, Money):
        of = of or cents.explain
        cents = cents.cents
    if cents is None:
        return format_html("{}", DASH)
    return linked(context, spoken_money(cents) if spoken else money(cents), of)


@register.simple_tag(takes_context=True)
def sentence(context: Context, parts: Sequence[Part]) -> SafeString:
    """A sentence whose figures open their explanations."""
    return format_html_join("", "{}", ((linked(context, part.text, part.explain),) for part in parts))


@register.simple_tag(takes_context=True)
def room_url(context: Context, room: str) -> str:
    """The first page of a room, '' when there is no such room or the reader may not enter it."""
    standing, district = getattr(context.get("request"), "standing", None), context.get("district")
    found = next((each for each in rooms() if each.id == room), None)
    if found is None or district is None or standing is None or not standing.may(found.action):
        return ""
    return reverse(found.home, args=[district.slug])


@register.filter
def share(hundredths: int | None) -> str:
    """Hundredths of a percent: `87%`."""
    return DASH if hundredths is None else percent(hundredths)


@register.filter
def exact_money(cents: int | None) -> str:
    """Dollars with cents where the amount has any."""
    if cents is None:
        return DASH
    return (
        money(cents)
        if cents % 100 == 0
        else f"{'-' if cents < 0 else ''}${abs(cents) // 100:,}.{abs(cents) % 100:02d}".replace("-", MINUS)
    )


@register.inclusion_tag("shell/table.html", takes_context=True)
def table(
    context: Context,
    of: ShownTable | Table,
    label: str = "",
    caption: str = "",
    tight: bool = False,
    roles: Mapping[str, str] | None = None,
    hide: str = "",
    quiet_zero: bool = False,
    below: ShownTable | None = None,
    heat: Sequence[Sequence[int]] = (),
    stack: bool = False,
    head: str = "",
    note: str = "",
    under: str = "",
) -> dict[str, Any]:
    """A Table with typed cells, each amount a link where its selector is known.

    `roles` gives rows by key the colour of a fund, `below` a second table whose cells stand under these, `heat` a step for the
    year cells, `hide` columns that are not shown, `quiet_zero` a dash where nothing is due, `stack` a list on phones,
    `head` the column that names a row, `note` the one that stands small under that name,
    `under` pairs `cost:more_cost` of which the second stands small under the first.
    """
    shown = of if isinstance(of, ShownTable) else ShownTable(of, tuple(("",) * len(of.columns) for _ in of.rows))
    pairs = dict(pair.split(":") for pair in under.split())
    options = Shown(
        roles or {}, frozenset(hide.split()), quiet_zero, below.table if below else None, heat, head, note, pairs
    )
    page = explain_address(context, "-").removesuffix("-")  # one look for the address of all cells
    heads, rows, marked = shown_rows(shown, options, lambda words: page + words if page and words else "")
    return {
        "id": shown.table.id,
        "label": label or shown.table.title,
        "caption": caption,
        "tight": tight,
        "matrix": bool(heat),
        "stack": stack,
        "head": heads,
        "body": rows_html((row for row in rows if row.kind == "body"), stack),
        "foot": rows_html((row for row in rows if row.kind == "total"), stack),
        "memo": rows_html((row for row in rows if row.kind == "memo"), stack),
        "notes": shown.table.notes,
        "marked": marked,
    }


@register.inclusion_tag("shell/chart.html", takes_context=True)
def chart(
    context: Context, picture: Picture, name: str, label: str = "", of: ShownTable | None = None, legend: bool = True
) -> dict[str, Any]:
    """A chart as an image with its words, its caption, and the table behind it. `legend=False`: the page has its own."""
    spec = picture.spec if legend else _without_legend(picture.spec)
    return {
        **_frame(context),
        "spec": spec,
        "spec_id": f"{name}-spec",
        "alt": label or picture.alt,
        "picture": picture,
        "of": of,
    }


def _frame(context: Context) -> dict[str, Any]:
    return {"district": context.get("district")}


def _without_legend(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {
            key: None
            if key == "legend" and isinstance(value, Mapping) and "labelFont" not in value
            else _without_legend(value)
            for key, value in node.items()
        }
    return [_without_legend(item) for item in node] if isinstance(node, list) else node
