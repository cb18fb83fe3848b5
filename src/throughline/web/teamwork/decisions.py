"""Decision records: options considered with what they cost on that day, what was chosen and why, the vote; never changed afterwards."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from throughline.app.decision_options import DecisionOption, decision_options
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.planning.reading import Reading, read
from throughline.web.teamwork.models import Decision, PlanVersion

NOTHING = "nothing"


class DecisionError(ValueError):
    """The record is not complete; the text says what is missing."""


@dataclass(frozen=True)
class Vote:
    """How the members voted; None where it was not counted."""

    in_favor: int | None = None
    against: int | None = None
    abstained: int | None = None
    words: str = ""


def options_of(reading: Reading) -> tuple[DecisionOption, ...]:
    """What can be decided between today."""
    return decision_options(reading.opened, reading.result)


def record(
    district: District, question: str, considered: set[str], chosen: str, reasons: str, decided_on: date, vote: Vote,
    agenda_item: str = "", version: PlanVersion | None = None, replaces: Decision | None = None,
    reading: Reading | None = None,
) -> Decision:  # fmt: skip
    """Write the record; doing nothing always counts as considered. Raises DecisionError."""
    reading = reading or read(district)
    known = {option.key: option for option in options_of(reading)}
    if chosen not in known:
        raise DecisionError(gettext("Say which option was chosen."))
    if not question.strip() or not reasons.strip():
        raise DecisionError(gettext("Write the question and the reasons in a sentence each."))
    wanted = {NOTHING, chosen, *considered}
    options = [
        {"name": item.name, "words": item.words, "cost_cents": item.cost_cents, "unfunded_cents": item.unfunded_cents}
        for item in known.values()
        if item.key in wanted
    ]
    who = actor()
    with transaction.atomic():
        number = (Decision.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
        made: Decision = Decision.objects.create(
            district=district, number=number, question=question.strip(), options=options, chosen=known[chosen].name,
            reasons=reasons.strip(), decided_on=decided_on, agenda_item=agenda_item.strip(), votes_for=vote.in_favor,
            votes_against=vote.against, abstained=vote.abstained, vote_words=vote.words.strip(), version=version,
            replaces=replaces, run=reading.result.digest, as_of=reading.day, user_id=who.user, by=who.name,
        )  # fmt: skip
        append(
            "decision.recorded", f"decision/{number}", run=reading.result.digest, options=len(options),
            version=version.number if version else None, replaces=replaces.number if replaces else None,
        )  # fmt: skip
    return made


def vote_words(item: Decision, counts_only: bool = False) -> str:
    """`6 to 1, 1 abstained`, and what was said of it; nothing when the vote was not counted."""
    parts = []
    if item.votes_for is not None:
        parts.append(f"{item.votes_for} to {item.votes_against or 0}")
    if item.abstained:
        parts.append(f"{item.abstained} abstained")
    if item.vote_words and not counts_only:
        parts.append(item.vote_words)
    return ", ".join(parts)
