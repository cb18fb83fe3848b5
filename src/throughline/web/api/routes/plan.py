"""The plan as a whole: its figures, a run with overrides, explanations, history, undo."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router
from ninja.errors import HttpError

from throughline.app.documents import terminal_page
from throughline.app.explain import ExplainError, explain, parse_selector, show_explained
from throughline.app.inventory_rows import rows_of
from throughline.app.records import FolderError
from throughline.app.run_plan import scenario_of
from throughline.app.set_value import SetError, set_values
from throughline.app.summary import summarize
from throughline.engine.plan.overlay import OverrideError
from throughline.web.access.roles import districts_of
from throughline.web.api import shapes
from throughline.web.api.once import once
from throughline.web.api.versions import plan_tag, require, tagged
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, Revision
from throughline.web.planning.reading import read
from throughline.web.planning.results import result_of

router = Router(tags=["plan"])
REFUSED = {400: shapes.Problem, 401: shapes.Problem, 403: shapes.Problem, 404: shapes.Problem, 429: shapes.Problem}
WRITES = {**REFUSED, 409: shapes.Problem, 412: shapes.Problem, 422: shapes.Problem, 428: shapes.Problem}
ROWS = 20  # inventory rows named for each count of devices


@router.get(
    "/me",
    response={200: shapes.Me, 400: shapes.Problem, 401: shapes.Problem, 403: shapes.Problem, 429: shapes.Problem},
    url_name="me",
)
def me(request: Any) -> Any:
    """The caller and the districts it may enter."""
    entries = [
        {"slug": item.district.slug, "name": item.district.name, "role": item.role}
        for item in districts_of(request.auth)
    ]
    return {"email": request.auth.email, "districts": entries}


@router.get("/districts/{slug:district}/plan", response={200: dict[str, Any], **REFUSED}, url_name="plan")
def plan(request: Any, response: HttpResponse, district: str) -> Any:
    """The figures of the plan in force, as `throughline plan --json` gives them. `ETag` is the plan's version."""
    reading = read(request.district)
    tagged(response, plan_tag(reading.opened))
    return summarize(reading.result)


@router.get("/districts/{slug:district}/plan/page", response={200: dict[str, str], **REFUSED}, url_name="plan-page")
def plan_page(request: Any, district: str) -> Any:
    """The plan in plain words, as a terminal shows it."""
    reading = read(request.district)
    return {"text": terminal_page(reading.opened, reading.result)}


@router.get(
    "/districts/{slug:district}/explain",
    response={200: shapes.Figure, 422: shapes.Problem, **REFUSED},
    url_name="explain",
)
def explain_figure(request: Any, district: str, selector: Query[list[str] | None] = None) -> Any:
    """Why a figure is what it is. `selector`: total, unfunded, FY2028, dimension=member, or a line id; several narrow it."""
    reading = read(request.district)
    try:
        found = explain(reading.result, parse_selector(selector or ["total"]), rows_of(reading.opened, ROWS))
    except ExplainError as error:
        raise HttpError(422, str(error)) from None
    return {**show_explained(found), "run": reading.result.digest}


@router.get(
    "/districts/{slug:district}/revisions", response={200: list[shapes.Revision], **REFUSED}, url_name="revisions"
)
def revisions(request: Any, district: str) -> Any:
    """The last 200 steps of the plan, newest first."""
    return [
        {
            "number": item.number,
            "what": item.what,
            "at": item.at.isoformat(),
            "by": item.by,
            "digest": item.digest,
            "undoes": item.undoes,
            "undone_by": item.undone_by,
        }
        for item in Revision.objects.order_by("-number")[:200]
    ]


@router.post(
    "/districts/{slug:district}/runs", response={200: dict[str, Any], 422: shapes.Problem, **REFUSED}, url_name="runs"
)
def run(request: Any, district: str, order: shapes.RunOrder) -> Any:
    """The figures as if some values were others; nothing is saved."""
    opened = store.open_district(request.district)
    try:
        scenario = scenario_of([(item.path, item.value) for item in order.overrides], order.name)
        return summarize(result_of(opened, store.day_of(PlanHead.objects.get()), scenario))
    except (OverrideError, ValueError, OverflowError) as error:
        raise HttpError(422, str(error)) from None


@router.post("/districts/{slug:district}/undo", response={200: shapes.Step, **WRITES}, url_name="undo")
def undo(request: Any, district: str) -> Any:
    """Take the last step back. `If-Match`: the plan's version."""

    def work() -> Any:
        with transaction.atomic():
            PlanHead.objects.select_for_update().get()
            require(request, plan_tag(store.open_district(request.district)))
            try:
                done = store.undo(request.district)
            except FolderError as error:
                raise HttpError(409, str(error)) from None
        head = PlanHead.objects.get()
        return {"digest": head.digest, "number": head.number, "what": f"undo: {done.what}"}

    return once(request, None, work)


@router.post("/districts/{slug:district}/assignments", response={200: shapes.Written, **WRITES}, url_name="assignments")
def assign(request: Any, district: str, told: shapes.Assignments) -> Any:
    """Set values as `throughline set` does, as one step."""

    def work() -> Any:
        if any(item.startswith("district/logo") for item in told.assignments):
            raise HttpError(422, "district/logo: pictures are sent from the page of the settings")
        before = store.open_district(request.district)
        day = store.day_of(PlanHead.objects.get())
        try:
            after = set_values(before, told.assignments, day, told.reason)
        except SetError as error:
            raise HttpError(422, str(error)) from None
        except FolderError as error:
            raise HttpError(409, str(error)) from None
        except (ValueError, OverflowError) as error:
            raise HttpError(422, str(error)) from None
        return {"changed": after.manifest.digest != before.manifest.digest, "digest": after.manifest.digest}

    return once(request, told.dict(), work)
