"""The log in words: what was done, to what, and its facts; what is not known to these tables is shown as it was written.

Facts hold numbers, dates and digests; who a number stands for is looked up when the page is made, so the log itself keeps no names.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from throughline.app.device_list_words import ATTRIBUTE_WORDS
from throughline.app.outcomes import LABELS as OUTCOMES
from throughline.web.access.policy import policy
from throughline.web.jobs.kinds import kind_of
from throughline.web.shell.cells import day_words
from throughline.web.teamwork.models.tasks import KINDS, STATES

People = Mapping[int, str]
SHORT = 12  # letters of a digest
ACTIONS = {
    "account.deactivated": gettext_lazy("Account closed"),
    "account.first": gettext_lazy("First account made"),
    "account.reactivated": gettext_lazy("Account opened again"),
    "account.renamed": gettext_lazy("Name changed"),
    "backup.made": gettext_lazy("Backup made"),
    "confidential.viewed": gettext_lazy("Confidential words read"),
    "decision.recorded": gettext_lazy("Decision recorded"),
    "device.corrected": gettext_lazy("Device corrected"),
    "device.correction ended": gettext_lazy("Correction of a device ended"),
    "devices.decided": gettext_lazy("Decided about devices of two lists"),
    "district.created": gettext_lazy("District created"),
    "document.built": gettext_lazy("Document built"),
    "document.downloaded": gettext_lazy("Document downloaded"),
    "document.removed": gettext_lazy("Old documents removed"),
    "files.applied": gettext_lazy("Files applied"),
    "files.discarded": gettext_lazy("Files discarded"),
    "files.received": gettext_lazy("Files received"),
    "files.removed": gettext_lazy("Files removed"),
    "files.replaced": gettext_lazy("File replaced"),
    "identity.connected": gettext_lazy("Sign-in service connected"),
    "identity.removed": gettext_lazy("Sign-in service disconnected"),
    "installation.restored": gettext_lazy("Restored from a backup"),
    "invitation.accepted": gettext_lazy("Invitation accepted"),
    "invitation.made": gettext_lazy("Invitation sent"),
    "invitation.withdrawn": gettext_lazy("Invitation withdrawn"),
    "job.cancel asked": gettext_lazy("Cancelling asked for"),
    "job.cancelled": gettext_lazy("Long work cancelled"),
    "job.done": gettext_lazy("Long work done"),
    "job.failed": gettext_lazy("Long work failed"),
    "job.started": gettext_lazy("Long work started"),
    "keys.retired": gettext_lazy("Old keys taken away"),
    "keys.rotated": gettext_lazy("New key for encrypted values"),
    "list.downloaded": gettext_lazy("List of devices downloaded"),
    "log.checked": gettext_lazy("Log checked"),
    "log.exported": gettext_lazy("Log exported"),
    "member.changed": gettext_lazy("Membership changed"),
    "member.ended": gettext_lazy("Membership ended"),
    "plan.adopted": gettext_lazy("Plan adopted"),
    "plan.changed": gettext_lazy("Plan changed"),
    "plan.exported": gettext_lazy("Plan exported"),
    "plan.undone": gettext_lazy("Step undone"),
    "publish.approved": gettext_lazy("Public page approved"),
    "publish.prepared": gettext_lazy("Public page prepared"),
    "publish.removed": gettext_lazy("Drafts of public pages removed"),
    "publish.returned": gettext_lazy("Public page returned"),
    "publish.withdrawn": gettext_lazy("Public page taken down"),
    "request.refused": gettext_lazy("Refused"),
    "retention.swept": gettext_lazy("What is no longer needed removed"),
    "review.approved": gettext_lazy("Review approved"),
    "review.returned": gettext_lazy("Review returned for changes"),
    "rows.given back": gettext_lazy("Refused rows taken to mend"),
    "second-factor.added": gettext_lazy("Second factor added"),
    "second-factor.cleared": gettext_lazy("Second factors cleared"),
    "second-factor.removed": gettext_lazy("Second factor removed"),
    "service.added": gettext_lazy("Sign-in service added"),
    "service.removed": gettext_lazy("Sign-in service removed"),
    "session.began": gettext_lazy("Signed in"),
    "session.ended": gettext_lazy("Signed out"),
    "session.refused": gettext_lazy("Sign-in refused"),
    "sessions.ended": gettext_lazy("Signed out everywhere"),
    "task.assigned": gettext_lazy("Task given to somebody else"),
    "task.commented": gettext_lazy("Commented"),
    "task.moved": gettext_lazy("Task moved on"),
    "task.opened": gettext_lazy("Task opened"),
    "token.made": gettext_lazy("Token made"),
    "token.revoked": gettext_lazy("Token revoked"),
    "version.checked": gettext_lazy("Version checked"),
}
SUBJECTS = {
    "correction": "correction {}",
    "decision": "decision {}",
    "delivery": "delivery {}",
    "district": "the district",
    "document": "document {}",
    "documents": "documents",
    "installation": "the installation",
    "invitation": "invitation {}",
    "job": "job {}",
    "list": "list {}",
    "log": "the log",
    "plan": "the plan",
    "revision": "step {} of the plan",
    "route": "a page",
    "service": "sign-in service {}",
    "snapshot": "public page {}",
    "task": "task {}",
    "token": "token {}",
    "user": "account {}",
    "version": "version {}",
}
COUNTED = {
    "bytes": ("byte", "bytes"), "days": ("day later", "days later"), "devices": ("device", "devices"),
    "entries": ("entry", "entries"), "fields": ("value", "values"), "files": ("file", "files"), "identities": ("identity", "identities"),
    "number": ("of them", "of them"), "options": ("option", "options"), "records": ("record", "records"),
    "rows": ("row", "rows"), "tables": ("table", "tables"), "wrong": ("wrong", "wrong"),
}  # fmt: skip
DIGESTS = {
    "digest": "fingerprint", "files": "files", "hash": "keyed hash", "page": "page", "plan": "plan", "run": "run",
    "seal": "sealed",
}  # fmt: skip
NUMBERED = {
    "attempt": "attempt", "comment": "comment", "replaces": "replaces decision", "revision": "step", "version": "version",
}  # fmt: skip
SIMPLE = {"adopted_on": "on", "due_on": "due", "until": "until", "made": "made", "to": "now", "before": "was"}
NAMED = {
    "form": "as", "format": "as", "issuer": "of", "method": "asked with", "report": "", "route": "", "service": "by", "verbs": "may",
}  # fmt: skip
FLAGS = {
    "anonymous": "name hidden from readers",
    "confidential": "confidential",
    "second_factor": "with a second factor",
}
STATE_WORDS = {name: words.lower() for name, words in STATES}
KIND_WORDS = {
    **{name: f"a {words.lower()}" for name, words in KINDS}, "totp": "codes of an app", "webauthn": "a passkey",
    "recovery_codes": "recovery codes",
}  # fmt: skip


def said(action: str) -> str:
    """What was done."""
    return str(ACTIONS.get(action) or action.replace(".", " ").replace("-", " ").capitalize())


def about(subject: str, people: People) -> str:
    """What it was done to."""
    kind, _, number = subject.partition("/")
    if kind == "user":
        return people.get(_number(number), SUBJECTS[kind].format(number or "")) if number != "unknown" else "no account"
    words = SUBJECTS.get(kind)
    return words.format(number).strip() if words else subject


def facts(found: Mapping[str, Any], people: People) -> list[str]:
    """The facts that say something, each as a phrase."""
    told = [_fact(name, value, people) for name, value in found.items() if value not in (None, "", False)]
    return [words for words in told if words]


def user_numbers(subject: str, found: Mapping[str, Any]) -> set[int]:
    """Accounts that an entry speaks of by number."""
    kind, _, number = subject.partition("/")
    named = {_number(number)} if kind == "user" else set()
    return {one for one in (*named, _number(found.get("assignee"))) if one}


def _number(value: object) -> int:
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _fact(name: str, value: Any, people: People) -> str:
    text = str(value)
    if name in COUNTED and isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,} {COUNTED[name][value != 1]}" if value or name not in ("days", "wrong") else ""
    if name in FLAGS:
        return FLAGS[name]
    if name in NUMBERED and text.isdecimal():
        return f"{NUMBERED[name]} {text}" if (name, text) != ("attempt", "1") else ""
    if name in DIGESTS and len(text) > SHORT:
        return f"{DIGESTS[name]} {text[:SHORT]}"
    if name in SIMPLE:
        return f"{SIMPLE[name]} {_moment(text)}"
    if name in NAMED:
        return f"{NAMED[name]} {text}".strip()
    return OTHERS[name](text, people) if name in OTHERS else f"{name.replace('_', ' ')} {text}"


def _role(value: str, _people: People) -> str:
    return policy().roles.get(value, value)


def _state(value: str) -> str:
    return STATE_WORDS.get(value) or policy().roles.get(value) or day_words(value)


def _kind(value: str, _people: People) -> str:
    known = kind_of(value)
    return known.title.lower() if known else KIND_WORDS.get(value, value)


def _moment(value: str) -> str:
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        return _state(value)
    return day_words(value) if len(value) <= 10 else f"{day_words(at.date().isoformat())}, {at:%H:%M}"


OTHERS: dict[str, Callable[[str, People], str]] = {
    "outcomes": lambda value, _people: ", ".join(OUTCOMES.get(one, one).lower() for one in value.split()),
    "role": _role,
    "kind": _kind,
    "field": lambda value, _people: ATTRIBUTE_WORDS.get(value, value),
    "assignee": lambda value, people: f"for {people.get(_number(value), f'account {value}')}",
    "position": lambda value, _people: f"file {_number(value) + 1}",
}
