"""Records of every noun: read, make, replace, change, remove; each write one step that undo takes back."""

from typing import Any, Literal

from django.http import HttpResponse
from ninja import Body, Router
from ninja.errors import HttpError

from throughline.app.noun_forms.remove import remove_record
from throughline.app.record_values import NAMES, RecordError, find, value_of, version_of, write
from throughline.app.records import FolderError
from throughline.app.small_counts import ACTION
from throughline.app.small_counts import NOUNS as SMALL_COUNTS
from throughline.web.api import shapes
from throughline.web.api.routes.plan import WRITES
from throughline.web.api.versions import record_tag, require, tagged
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

router = Router(tags=["records"])
PAGE = 100
TRIES = 5
Noun = Literal[NAMES]  # type: ignore[valid-type]  # the nouns are known when the program starts
Values = dict[str, Any]


def _check(request: Any, noun: str) -> None:
    """Small counts of students are for those who keep the records."""
    if noun in SMALL_COUNTS and not request.standing.may(ACTION):
        raise HttpError(404, "there is no such record")


@router.get("/districts/{slug:district}/records/{noun}", response={200: shapes.Listing, **WRITES}, url_name="records")
def records(request: Any, district: str, noun: Noun, page: int = 1) -> Any:
    """The records of a noun by id, a hundred at a time. The published schema of the plan folder says what a record holds."""
    _check(request, noun)
    found = getattr(store.open_district(request.district).plan, noun)
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), pages)
    shown = [{**value_of(item), "version": version_of(item)} for item in found[(page - 1) * PAGE : page * PAGE]]
    return {"count": len(found), "page": page, "pages": pages, "records": shown}


@router.get(
    "/districts/{slug:district}/records/{noun}/{path:record_id}", response={200: Values, **WRITES}, url_name="record"
)
def record(request: Any, response: HttpResponse, district: str, noun: Noun, record_id: str) -> Any:
    """One record; `ETag` is its version."""
    _check(request, noun)
    found = find(store.open_district(request.district), noun, record_id)
    if found is None:
        raise HttpError(404, "there is no such record")
    tagged(response, record_tag(found))
    return value_of(found)


@router.put(
    "/districts/{slug:district}/records/{noun}/{path:record_id}", response={200: Values, **WRITES}, url_name="record"
)
def put(request: Any, response: HttpResponse, district: str, noun: Noun, record_id: str, told: Body[Values]) -> Any:
    """Make a record, or replace the one whose version `If-Match` names."""
    return _write(request, response, noun, record_id, told, whole=True)


@router.patch(
    "/districts/{slug:district}/records/{noun}/{path:record_id}", response={200: Values, **WRITES}, url_name="record"
)
def patch(request: Any, response: HttpResponse, district: str, noun: Noun, record_id: str, told: Body[Values]) -> Any:
    """Change some fields of the record whose version `If-Match` names."""
    return _write(request, response, noun, record_id, told, whole=False)


@router.delete(
    "/districts/{slug:district}/records/{noun}/{path:record_id}", response={200: Values, **WRITES}, url_name="record"
)
def delete(request: Any, district: str, noun: Noun, record_id: str) -> Any:
    """Remove a record with what belongs to it; `gone` and `let_go` count what else went or changed."""
    for _ in range(TRIES):
        opened = store.open_district(request.district)
        found = find(opened, noun, record_id)
        if found is None:
            raise HttpError(404, "there is no such record")
        require(request, record_tag(found))
        try:
            done = remove_record(opened, noun, record_id, store.day_of(PlanHead.objects.get()))
        except FolderError:
            continue
        return {"digest": done.opened.manifest.digest, "gone": done.gone, "let_go": done.let_go}
    raise HttpError(409, "others are writing at this moment; nothing was changed, try again")


def _write(request: Any, response: HttpResponse, noun: str, record_id: str, told: Values, whole: bool) -> Any:
    """The version is looked at again whenever someone else's step came between reading and writing."""
    for _ in range(TRIES):
        opened = store.open_district(request.district)
        known = find(opened, noun, record_id)
        if known is None and not whole:
            raise HttpError(404, "there is no such record")
        require(request, record_tag(known) if known is not None else None)
        try:
            _, made = write(opened, noun, record_id, told, store.day_of(PlanHead.objects.get()), whole)
        except RecordError as error:
            raise HttpError(422, str(error)) from None
        except FolderError:
            continue
        tagged(response, record_tag(made))
        return value_of(made)
    raise HttpError(409, "others are writing at this moment; nothing was changed, try again")
