"""What the preview page needs, from what reading the files left."""

from collections import Counter
from datetime import timedelta
from typing import Any

from throughline.app.places_alike import alike as place_kind
from throughline.web.districts.models import District
from throughline.web.intake.limits import KEPT
from throughline.web.intake.models import APPLIED, READY, Delivery, Upload
from throughline.web.jobs.models import DONE, Job
from throughline.web.jobs.views import shown as shown_job
from throughline.web.planning import store
from throughline.web.planning.models import Revision
from throughline.web.rooms.inventory.answers import like

ERROR = "error"


def delivery_page(district: District, found: Delivery) -> dict[str, Any]:
    """The delivery with its files, what may be done with it, and the sites a place can mean."""
    files = [_file(item) for item in found.files.all()]
    alike = Counter(like(question) for item in files for question in item["questions"])
    for item in files:
        item["questions"] = [{**question, "others": alike[like(question)] - 1} for question in item["questions"]]
    kinds = Counter(place_kind(place) for place in {place for item in files for place, _ in item["places"]})
    for item in files:
        item["places"] = [(place, units, kinds[place_kind(place)] - 1) for place, units in item["places"]]
    read = [item for item in files if item["shown"]]
    ready = [item for item in read if item["settled"] and not item["refused"]]
    last = Revision.objects.filter(undoes=None, undone_by=None, number__gt=1).order_by("-number").first()
    step = Revision.objects.filter(number=found.revision).first() if found.revision else None
    sites = store.open_district(district).plan.sites
    return {
        "delivery": found,
        "files": files,
        "lead": _lead(files),
        "may_apply": found.state == READY and bool(ready),
        "waiting": any(not item["settled"] for item in read),
        "ready_rows": sum(item["shown"]["ready"] for item in ready),
        "sites": [(site.id, site.name) for site in sites],
        "choices": found.choices,
        "step": step,
        "is_last": step is not None and last is not None and last.number == step.number,
        "applied": found.state == APPLIED,
        "job": _job(found),
        "chosen": [[path, path.partition(":")[2], value] for path, value in sorted(found.choices.items())],
        "kept_until": found.made_at + timedelta(days=KEPT.days),
    }


def _job(found: Delivery) -> dict[str, Any] | None:
    """The long work on it that has not ended, or that failed."""
    job = Job.objects.filter(pk=found.job).first() if found.job else None
    return shown_job(job) if job is not None and job.state != DONE else None


def _file(upload: Upload) -> dict[str, Any]:
    shown: dict[str, Any] = upload.shown or {}
    questions = sorted(shown.get("questions", []), key=lambda q: not q["blocking"])
    blocking = sum(question["blocking"] for question in questions)
    cells = shown.get("cells", [])
    return {
        "upload": upload,
        "shown": upload.shown,
        "questions": questions,
        "blocking": blocking,
        "settled": bool(shown) and not blocking,
        "refused": shown.get("status") == "refused",
        "places": shown.get("places", []),
        "given_back": bool(shown.get("header_row")) and upload.removed_at is None,
        "errors": [cell for cell in cells if cell["severity"] == ERROR],
        "warnings": [cell for cell in cells if cell["severity"] != ERROR],
    }


def _lead(files: list[dict[str, Any]]) -> dict[str, int]:
    """Rows of all files: read, ready, refused; a file that waits for an answer has none ready."""
    shown = [item for item in files if item["shown"]]
    counts = [item["shown"]["counts"] for item in shown]
    waiting = sum(c["rejected"] for c, item in zip(counts, shown, strict=True) if not item["settled"])
    return {
        "files": len(files),
        "rows": sum(c["lines_read"] for c in counts),
        "ready": sum(item["shown"]["ready"] for item in shown if item["settled"] and not item["refused"]),
        "rejected": sum(c["rejected"] for c in counts) - waiting,
        "waiting": waiting,
        "blank": sum(c["blank"] for c in counts),
        "refused": sum(item["refused"] for item in files),
    }
