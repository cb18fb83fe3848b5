"""What the form of a preview says: answers to the questions that were put, columns that were changed, choices of readings.

Only what the preview offered is taken; a name that nobody asked for changes nothing.
"""

from typing import Any

from throughline.web.intake.models import Delivery, Upload

LONGEST = 200


def take_answers(delivery: Delivery, files: list[Upload], told: Any) -> None:
    """Keep the answers of a form with its delivery and files."""
    for upload in files:
        if upload.shown is None:
            continue
        answers = {**upload.answers, **_of_file(upload, told)}
        if answers != upload.answers:
            upload.answers = answers
            upload.save(update_fields=["answers"])
    choices = {**delivery.choices, **_choices(files, told)}
    choices = {path: value for path, value in choices.items() if value and not told.get(f"forget:{path}")}
    if choices != delivery.choices:
        Delivery.objects.filter(pk=delivery.pk).update(choices=choices)
        delivery.choices = choices


def _of_file(upload: Upload, told: Any) -> dict[str, str]:
    shown, prefix = upload.shown, f"f{upload.position}:"
    assert shown is not None
    out: dict[str, str] = {}
    for column in shown["columns"]:
        given = told.get(prefix + column["key"]) if column["key"] else None
        if given is not None and given != column["field"] and given in {name for name, _ in shown["fields"]}:
            out[column["key"]] = given
    for question in shown["questions"]:
        given = told.get(prefix + question["id"], "")[:LONGEST].strip()
        if given:
            out[question["id"]] = given
    out |= {name: "" for name, _, _ in shown["answered"] if told.get(f"{prefix}forget:{name}")}
    return out


def _choices(files: list[Upload], told: Any) -> dict[str, str]:
    out: dict[str, str] = {}
    for upload in files:
        shown = upload.shown or {}
        paths = [f"place:{place}" for place, _ in [*shown.get("places", []), *shown.get("rules", [])] if place]
        paths += [f"model:{model['name']}" for model in shown.get("models", [])]
        for path in paths:
            given = told.get(path)
            if given is not None:
                out[path] = given[:LONGEST].strip()
    return out
