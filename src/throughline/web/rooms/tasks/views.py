"""Pages: the inbox, one task, and every step of it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from throughline.web.access.policy import policy
from throughline.web.accounts.models import AGENCY_ROLES, ROLES
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.rooms.tasks.forms import CommentForm, TaskForm, assignees, chosen
from throughline.web.teamwork import tasks
from throughline.web.teamwork.mail import mail_works, not_sent
from throughline.web.teamwork.models import Task
from throughline.web.teamwork.models.tasks import ENDED, REVIEW, STATES, VERDICTS

SHOWN = 200
STATE_WORDS = dict(STATES)
MOVES = {
    "open": gettext_lazy("Open it again"),
    "in_progress": gettext_lazy("Begin"),
    "waiting": gettext_lazy("Wait for somebody"),
    "done": gettext_lazy("Done"),
    "declined": gettext_lazy("Decline"),
}
STEPS = {
    "task.opened": gettext_lazy("Opened"),
    "task.assigned": gettext_lazy("Given to somebody else"),
    "task.commented": gettext_lazy("Commented"),
    "review.approved": gettext_lazy("Approved"),
    "review.returned": gettext_lazy("Returned for changes"),
}


def home(request: Any, district: District) -> HttpResponse:
    """The inbox."""
    which = request.GET.get("show", "mine")
    rows = _visible(request)
    own = tasks.mine(request.user.pk, request.role)
    now = timezone.now()
    late = Q(due_at__lt=now)
    counts = rows.exclude(state__in=ENDED).aggregate(
        mine=Count("pk", filter=own), late=Count("pk", filter=own & late), all=Count("pk"),
        asked=Count("pk", filter=Q(created_by_id=request.user.pk)),
    )  # fmt: skip
    chosen_rows = {
        "mine": rows.exclude(state__in=ENDED).filter(own),
        "late": rows.exclude(state__in=ENDED).filter(own & late),
        "asked": rows.filter(created_by_id=request.user.pk).exclude(state__in=ENDED),
        "all": rows.exclude(state__in=ENDED),
        "ended": rows.filter(state__in=ENDED),
    }.get(which, rows.none())
    order = ("-changed_at",) if which == "ended" else ("due_at", "pk")
    found = list(chosen_rows.select_related("assignee").order_by(*order)[:SHOWN])
    found.sort(key=lambda task: task.due_at is None)
    context = {
        "tasks": [_shown(task) for task in found],
        "which": which,
        "counts": counts,
        "shows": [
            ("mine", gettext("Mine"), counts["mine"]),
            ("late", gettext("Overdue"), counts["late"]),
            ("asked", gettext("Asked by me"), counts["asked"]),
            ("all", gettext("All open"), counts["all"]),
            ("ended", gettext("Ended"), None),
        ],
    }
    return render(request, "tasks/home.html", context)


def mail(request: Any, district: District) -> HttpResponse:
    """Mail that did not leave, for those who manage people."""
    context = {"messages_kept": not_sent(district.pk), "works": mail_works()}
    return render(request, "tasks/mail.html", context)


def new(request: Any, district: District) -> HttpResponse:
    """A new task; what it is about comes with the address or the form."""
    told = request.POST if request.method == "POST" else request.GET
    about = {
        "route": told.get("route", "")[:80],
        "arg": [part[:200] for part in told.getlist("arg")][:4],
        "subject": told.get("subject", "")[:200],
        "finding": told.get("finding", "")[:40],
    }
    start = {
        "title": told.get("title", "")[:200] or _title(about["subject"], told.get("kind", "")),
        "kind": told.get("kind", "task"),
        "words": told.get("words", "")[:4000],
    }
    form = TaskForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        person, role = chosen(values["who"])
        try:
            made = tasks.create(
                values["title"], values["kind"], values["words"], about["route"], about["arg"], about["subject"],
                about["finding"], person, role, values["due_on"], store.open_district(district).plan.district.state,
            )  # fmt: skip
            messages.success(request, gettext("The task is in the inbox of whoever you asked."))
            return redirect("tasks:task", district.slug, made.pk)
        except tasks.TaskError as error:
            form.add_error(None, str(error))
    return render(request, "tasks/new.html", {"form": form, "about": about}, status=422 if form.errors else 200)


def task(request: Any, district: District, number: int) -> HttpResponse:
    """One task."""
    return _page(request, _find(request, number), CommentForm(may_keep=_confidential(request)))


def move(request: Any, district: District, number: int) -> HttpResponse:
    """Another state."""
    return _step(request, district, number, lambda row: tasks.move(row, request.POST.get("state", "")))


def answer(request: Any, district: District, number: int) -> HttpResponse:
    """The answer to a review."""
    return _step(request, district, number, lambda row: tasks.answer(row, request.POST.get("verdict", "")))


def assign(request: Any, district: District, number: int) -> HttpResponse:
    """Ask somebody else."""
    value = request.POST.get("who", "")
    known = {key for _, options in assignees() for key, _ in options}
    person, role = chosen(value) if value in known else (None, "")
    return _step(request, district, number, lambda row: tasks.assign(row, person, role))


def comment(request: Any, district: District, number: int) -> HttpResponse:
    """Say something to it."""
    row = _find(request, number)
    form = CommentForm(request.POST, may_keep=_confidential(request))
    if not form.is_valid():
        return _page(request, row, form, 422)
    told = form.cleaned_data
    tasks.comment(row, told["words"], told["anonymous"], told.get("confidential", False))
    return redirect("tasks:task", district.slug, number)


def _step(request: Any, district: District, number: int, step: Any) -> HttpResponse:
    row = _find(request, number)
    try:
        step(row)
    except tasks.TaskError as error:
        messages.error(request, str(error))
    return redirect("tasks:task", district.slug, number)


def _page(request: Any, row: Task, form: CommentForm, status: int = 200) -> HttpResponse:
    reads = _confidential(request)
    comments = [
        {
            "at": item.at,
            "by": item.author_name if not item.anonymous or request.standing.may("people.manage") else "",
            "anonymous": item.anonymous,
            "confidential": item.confidential,
            "words": (item.secret_words if reads else "") if item.confidential else item.words,
        }
        for item in row.comments.order_by("pk")
    ]
    if reads and any(item["confidential"] for item in comments):
        append("confidential.viewed", f"task/{row.pk}")
    hidden = {entry.pk for entry in tasks.history(row) if entry.facts.get("anonymous")}
    history = [
        {"at": entry.at, "words": _step_words(entry), "by": "" if entry.pk in hidden else entry.actor}
        for entry in tasks.history(row)
    ]
    context = {
        "task": row,
        "shown": _shown(row),
        "comments": comments,
        "history": history,
        "form": form,
        "moves": [
            (state, MOVES[state]) for state in tasks.NEXT[row.state] if not (row.kind == REVIEW and state == "done")
        ],
        "verdicts": [("approved", gettext("Approve")), ("returned", gettext("Return for changes"))]
        if row.kind == REVIEW and not row.ended
        else [],
        "own_review": row.kind == REVIEW and row.created_by_id == request.user.pk,
        "assignees": assignees(),
        "who": f"person:{row.assignee_id}" if row.assignee_id else f"role:{row.assignee_role}",
        "link": _link(request.district, row),
    }
    return render(request, "tasks/task.html", context, status=status)


def _shown(row: Task) -> dict[str, Any]:
    roles = dict((*ROLES, *AGENCY_ROLES))
    return {
        "row": row,
        "state": dict(VERDICTS).get(row.verdict) or STATE_WORDS[row.state],
        "late": row.due_at is not None and not row.ended and row.due_at < timezone.now(),
        "who": str(row.assignee) if row.assignee_id else f"Everyone: {roles.get(row.assignee_role, row.assignee_role)}",
        "good": row.state == "done" and row.verdict != "returned",
    }


def _step_words(entry: Any) -> str:
    if entry.action == "task.moved":
        return str(STATE_WORDS.get(str(entry.facts.get("to")), gettext("Moved")))
    return str(STEPS.get(str(entry.action), entry.action))


def _visible(request: Any) -> QuerySet[Task]:
    """Who reads the plan sees every task; others see their own and those they asked for."""
    if request.standing.may("plan.read"):
        return Task.objects.all()
    return Task.objects.filter(tasks.mine(request.user.pk, request.role) | Q(created_by_id=request.user.pk))


def _find(request: Any, number: int) -> Task:
    row = _visible(request).select_related("assignee").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _confidential(request: Any) -> bool:
    return bool(request.standing.may("confidential.read"))


def _link(district: District, row: Task) -> str:
    """The page the task is about; nothing for an address that no longer exists."""
    if row.route not in policy().routes or ":" not in row.route:
        return ""
    try:
        return str(reverse(row.route, args=[district.slug, *row.route_args]))
    except NoReverseMatch:
        return ""


def _title(subject: str, kind: str) -> str:
    return f"Review {subject[:1].lower()}{subject[1:]}" if kind == REVIEW and subject else ""
