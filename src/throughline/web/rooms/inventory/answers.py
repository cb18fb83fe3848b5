"""What the form of a preview says: answers to the questions that were put, columns that were changed, choices of readings.

Only what the preview offered is taken; a name that nobody asked for changes nothing.
"""

from typing import Any

from throughline.app.places_alike import alike
from throughline.web.intake.models import Delivery, Upload

LONGEST = 200
PLACE = "place:"
Like = tuple[str, tuple[str, ...]]


def take_answers(delivery: Delivery, files: list[Upload], told: Any) -> None:
    """Keep the answers of a form with its delivery and files."""
    same = _same_for_all(files, told)
    for upload in files:
        if upload.shown is None:
            continue
        answers = {**upload.answers, **_of_file(upload, told, same)}
        if answers != upload.answers:
            upload.answers = answers
            upload.save(update_fields=["answers"])
    choices = {**delivery.choices, **_choices(files, told)}
    choices = {path: value for path, value in choices.items() if value and not told.get(f"forget:{path}")}
    if choices != delivery.choices:
        Delivery.objects.filter(pk=delivery.pk).update(choices=choices)
        delivery.choices = choices


def like(question: dict[str, Any]) -> Like:
    """What questions have in common that one answer can settle: what they are about, and the answers they may have."""
    return str(question["id"]).partition(":")[0], tuple(answer for answer, _ in question["choices"])


def _same_for_all(files: list[Upload], told: Any) -> dict[Like, str]:
    """Answers that are meant for every question like the one they were given to."""
    found: dict[Like, str] = {}
    for upload in files:
        for question in (upload.shown or {}).get("questions", []):
            name = f"f{upload.position}:{question['id']}"
            given = told.get(name, "")[:LONGEST].strip()
            if told.get(f"like:{name}") and given in like(question)[1]:
                found[like(question)] = given
    return found


def _of_file(upload: Upload, told: Any, same: dict[Like, str]) -> dict[str, str]:
    shown, prefix = upload.shown, f"f{upload.position}:"
    assert shown is not None
    out: dict[str, str] = {}
    for column in shown["columns"]:
        given = told.get(prefix + column["key"]) if column["key"] else None
        if given is not None and given != column["field"] and given in {name for name, _ in shown["fields"]}:
            out[column["key"]] = given
    for question in shown["questions"]:
        given = same.get(like(question)) or told.get(prefix + question["id"], "")[:LONGEST].strip()
        if given:
            out[question["id"]] = given
    out |= {name: "" for name, _, _ in shown["answered"] if told.get(f"{prefix}forget:{name}")}
    return out


def _choices(files: list[Upload], told: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for upload in files:
        shown = upload.shown or {}
        paths = [f"{PLACE}{place}" for place, _ in [*shown.get("places", []), *shown.get("rules", [])] if place]
        paths += [f"model:{model['name']}" for model in shown.get("models", [])]
        for path in paths:
            given = told.get(path)
            if given is not None:
                out[path] = given[:LONGEST].strip()
    open_places = {
        f"{PLACE}{place}" for upload in files for place, _ in (upload.shown or {}).get("places", []) if place
    }
    return out | _of_places_alike({path: given for path, given in out.items() if path in open_places}, told)


def _of_places_alike(given: dict[str, str], told: Any) -> dict[str, str]:
    """Sites meant for every place like the one they were chosen for; a place with a site of its own keeps it."""
    same = {alike(path): site for path, site in given.items() if site and told.get(f"like:{path}")}
    return {path: same[alike(path)] for path, site in given.items() if not site and alike(path) in same}
