"""Pages: the log of the district, and its export."""

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from throughline.web.access.exports import refusal
from throughline.web.accounts.models import User
from throughline.web.audit.anchors import kept_ends
from throughline.web.audit.log import append
from throughline.web.audit.models import Chain, Entry
from throughline.web.audit.verify import MOST, verify
from throughline.web.districts.models import District
from throughline.web.rooms.audit.words import about, facts, said, user_numbers
from throughline.web.shell.errors import page

PAGE = 100
HEADS = ("sequence", "at_utc", "actor", "action", "subject", "facts", "request", "hash")
ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
          "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip


def home(request: Any, district: District) -> HttpResponse:
    """The latest entries that the filter lets through; with `check` the whole chain is read."""
    wrong: list[str] | None = None
    if request.GET.get("check") == "1":
        wrong = []
        for fault in verify(district.pk, kept_ends()[0].get(district.pk, [])):
            wrong.append(fault)
            if len(wrong) == MOST:
                break
        append("log.checked", "log", wrong=len(wrong))
    found = _filtered(request, district)
    before = request.GET.get("before", "")
    rows = list((found.filter(sequence__lt=int(before)) if _whole(before) else found).order_by("-sequence")[: PAGE + 1])
    chain = Chain.objects.filter(number=district.pk).first()
    told = {name: request.GET.get(name, "")[:200] for name in ("action", "actor", "from", "to")}
    actions = Entry.objects.filter(chain_id=district.pk).values_list("action", flat=True).distinct()
    context = {
        "entries": _shown(rows[:PAGE]),
        "older": rows[PAGE - 1].sequence if len(rows) > PAGE else 0,
        "chain": chain,
        "wrong": wrong,
        "told": told,
        "query": urlencode({name: value for name, value in told.items() if value}),
        "actions": sorted(((each, said(each)) for each in actions), key=lambda pair: pair[1]),
    }
    return render(request, "audit/home.html", context)


def _shown(rows: list[Entry]) -> list[dict[str, Any]]:
    """Entries in words; the people they speak of by number are looked up at once."""
    numbers = {number for row in rows for number in user_numbers(row.subject, row.facts)}
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=numbers)} if numbers else {}
    return [
        {"row": row, "what": said(row.action), "about": about(row.subject, people), "facts": facts(row.facts, people)}
        for row in rows
    ]


def export(request: Any, district: District) -> HttpResponseBase:
    """The same as CSV; no cell can become a formula."""
    too_many = refusal(request) if request.method == "GET" else ""
    if too_many:
        return page(request, 429, too_many)
    found = _filtered(request, district)
    append("log.exported", "log", entries=found.count())
    answer = StreamingHttpResponse(_lines(found.order_by("sequence")), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{district.slug}-log.csv"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


class _Line:
    """What csv writes to: the line itself comes back."""

    def write(self, text: str) -> str:
        """The line."""
        return text


def _lines(found: QuerySet[Entry]) -> Iterator[str]:
    writer = csv.writer(_Line(), quoting=csv.QUOTE_ALL)
    yield str(writer.writerow(HEADS))
    for entry in found.iterator(2000):
        told = sorted((name, value) for name, value in entry.facts.items() if value not in (None, ""))
        said_facts = "; ".join(f"{name}={value}" for name, value in told)
        at = entry.at.astimezone(UTC).isoformat(timespec="seconds")
        cells = (entry.actor, entry.action, entry.subject, said_facts, entry.request, entry.hash)
        yield str(writer.writerow([entry.sequence, at, *(_inert(cell) for cell in cells)]))


def _inert(text: str) -> str:
    return f"'{text}" if text.startswith(ACTIVE) else text


def _filtered(request: Any, district: District) -> QuerySet[Entry]:
    found = Entry.objects.filter(chain_id=district.pk)
    if action := request.GET.get("action", "")[:60]:
        found = found.filter(action=action)
    if actor := request.GET.get("actor", "").strip()[:200]:
        found = found.filter(actor__icontains=actor)
    if first := _day(request.GET.get("from", "")):
        found = found.filter(at__gte=datetime.combine(first, time(), UTC))
    if last := _day(request.GET.get("to", "")):
        found = found.filter(at__lt=datetime.combine(last + timedelta(days=1), time(), UTC))
    return found


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text[:10])
    except ValueError:
        return None
    return found if date(1970, 1, 2) < found < date(9999, 1, 1) else None


def _whole(text: str) -> bool:
    return text.isdecimal() and len(text) < 15
