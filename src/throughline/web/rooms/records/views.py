"""Pages of the room."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext

from throughline.app.noun_forms.fields import FormField, form_fields
from throughline.app.noun_forms.remove import remove_record
from throughline.app.noun_forms.save import Saved, save_record, shown_values
from throughline.app.noun_forms.words import NounWords, noun_words
from throughline.app.plans import OpenPlan
from throughline.app.records import FolderError
from throughline.app.rules import rulebook_of
from throughline.app.small_counts import ACTION
from throughline.app.small_counts import NOUNS as SMALL_COUNTS
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, RecordChange
from throughline.web.rooms.records.lists import page_of

TRIES = 3  # of a save, when other people's steps come in between
SEEN = "seen-"


def index(request: Any, district: District) -> HttpResponse:
    """Every noun with how many records it has."""
    plan = store.open_district(district).plan
    nouns = [
        (words, len(getattr(plan, words.noun))) for words in noun_words().values() if _may_read(request, words.noun)
    ]
    return render(request, "records/index.html", {"nouns": nouns})


def listing(request: Any, district: District, noun: str) -> HttpResponse:
    """The records of a noun."""
    words = _words(request, noun)
    opened = store.open_district(district)
    fields = form_fields(opened.plan, noun, rulebook_of(opened))
    number = request.GET.get("page", "1")
    search = request.GET.get("q", "")[:100]
    page = page_of(opened.plan, words, fields, search, int(number) if number.isdecimal() and len(number) < 7 else 1)
    by_name = {field.name: field for field in fields}
    heads = [(by_name[name].label, by_name[name].kind) for name in words.shown]
    return render(request, "records/list.html", {"words": words, "heads": heads, "listing": page, "search": search})


def new(request: Any, district: District, noun: str) -> HttpResponse:
    """A new record."""
    return _form(request, district, _words(request, noun), "")


def edit(request: Any, district: District, noun: str, record: str) -> HttpResponse:
    """A record, its form and what became of it."""
    return _form(request, district, _words(request, noun), record)


def remove(request: Any, district: District, noun: str, record: str) -> HttpResponse:
    """Remove a record with what belongs to it; undo brings all of it back."""
    words = _words(request, noun)
    opened = store.open_district(district)
    try:
        done = remove_record(opened, noun, record, _day())
    except KeyError:
        raise Http404 from None
    except FolderError as error:
        messages.error(request, str(error))
        return redirect("records:list", district.slug, noun)
    more = [f"{count} of {noun_words()[other].many.lower()} went with it" for other, count in done.gone.items()]
    more += [
        f"{count} of {noun_words()[other].many.lower()} no longer name it"
        for other, count in done.let_go.items()
        if other in noun_words()
    ]
    messages.success(
        request,
        gettext("Removed the {one}. {more}{rest}Undo brings it back.").format(
            one=words.one, more="; ".join(more), rest=". " if more else ""
        ),
    )
    return redirect("records:list", district.slug, noun)


def _form(request: Any, district: District, words: NounWords, record_id: str) -> HttpResponse:
    opened = store.open_district(district)
    fields = form_fields(opened.plan, words.noun, rulebook_of(opened))
    record = next((item for item in getattr(opened.plan, words.noun) if item.id == record_id), None)
    if record_id and record is None:
        raise Http404
    seen = shown_values(words.noun, record) if record is not None else {}
    told, saved = seen, None
    if request.method == "POST":
        told = {field.name: _told(request, field) for field in fields}
        if record is not None and not any(field.name == "id" for field in fields):
            told.pop("id", None)
        was = {field.name: request.POST.get(SEEN + field.name, "") for field in fields} if record_id else {}
        saved = _save(opened, district, words, record_id, was, told)
        if saved.done:
            if saved.changed or not record_id:
                messages.success(request, format_html(gettext("Saved the {}. Undo is under Plan, History."), words.one))
            return redirect("records:list", district.slug, words.noun)
        if record is not None:
            seen = shown_values(words.noun, record)
    changes = (
        RecordChange.objects.filter(noun=words.noun, record_id=record_id)
        .select_related("revision")
        .order_by("-pk")[:20]
        if record_id
        else []
    )
    context = {
        "words": words,
        "record_id": record_id,
        "record": record,
        "inputs": _inputs(fields, seen, told, saved, request.GET),
        "form_errors": [saved.errors[""]] if saved and "" in saved.errors else [],
        "conflicts": saved.conflicts if saved else (),
        "changes": changes,
    }
    return render(request, "records/form.html", context, status=200 if saved is None else 422)


def _save(
    opened: OpenPlan, district: District, words: NounWords, record_id: str, seen: dict[str, str], told: dict[str, str]
) -> Saved:
    for _ in range(TRIES):
        try:
            return save_record(opened, words.noun, record_id, seen, told, _day())
        except FolderError:
            opened = store.open_district(district)
        except KeyError:
            return Saved(
                opened,
                record_id,
                {"": gettext("Someone removed this {one} meanwhile; undo brings it back.").format(one=words.one)},
            )
    return Saved(
        opened, record_id, {"": gettext("Other people are saving at this moment. Nothing was lost; send it again.")}
    )


def _told(request: Any, field: FormField) -> str:
    """What the form sent for a field; several ticked boxes make one list."""
    if field.choices and field.kind == "list":
        return "; ".join(request.POST.getlist(field.name))
    return str(request.POST.get(field.name, "")).replace("\r\n", "\n")


def _inputs(
    fields: tuple[FormField, ...], seen: dict[str, str], told: dict[str, str], saved: Saved | None, given: Any
) -> list[dict[str, Any]]:
    conflicts = {item.name: item for item in saved.conflicts} if saved else {}
    out = []
    for field in fields:
        value = told.get(field.name, "" if seen else str(given.get(field.name, ""))[:200])
        out.append(
            {
                "field": field,
                "value": value,
                "values": [part.strip() for part in value.split(";")],
                "seen": seen.get(field.name, ""),
                "error": saved.errors.get(field.name, "") if saved else "",
                "conflict": conflicts.get(field.name),
            }
        )
    return out


def _words(request: Any, noun: str) -> NounWords:
    if noun not in noun_words() or not _may_read(request, noun):
        raise Http404
    return noun_words()[noun]


def _may_read(request: Any, noun: str) -> bool:
    return noun not in SMALL_COUNTS or bool(request.standing.may(ACTION))


def _day() -> Any:
    return store.day_of(PlanHead.objects.get())
