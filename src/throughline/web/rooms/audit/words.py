"""The log in words: what was done, to what, and its facts; what is not known to these tables is shown as it was written.

Facts hold numbers, dates and digests; who a number stands for is looked up when the page is made, so the log itself keeps no names.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from throughline.app.device_list_words import ATTRIBUTE_WORDS
from throughline.web.access.policy import policy
from throughline.web.jobs.kinds import kind_of
from throughline.web.shell.cells import day_words
from throughline.web.teamwork.models.tasks import KINDS, STATES

People = Mapping[int, str]
SHORT = 12  # letters of a digest
ACTIONS = {
    "account.deactivated": "Account closed",
    "account.first": "First account made",
    "account.reactivated": "Account opened again",
    "account.renamed": "Name changed",
    "backup.made": "Backup made",
    "confidential.viewed": "Confidential words read",
    "decision.recorded": "Decision recorded",
    "device.corrected": "Device corrected",
    "device.correction ended": "Correction of a device ended",
    "district.created": "District created",
    "document.built": "Document built",
    "document.downloaded": "Document downloaded",
    "document.removed": "Old documents removed",
    "files.applied": "Files applied",
    "files.discarded": "Files discarded",
    "files.received": "Files received",
    "files.removed": "Files removed",
    "files.replaced": "File replaced",
    "identity.connected": "Sign-in service connected",
    "identity.removed": "Sign-in service disconnected",
    "installation.restored": "Restored from a backup",
    "invitation.accepted": "Invitation accepted",
    "invitation.made": "Invitation sent",
    "invitation.withdrawn": "Invitation withdrawn",
    "job.cancel asked": "Cancelling asked for",
    "job.cancelled": "Long work cancelled",
    "job.done": "Long work done",
    "job.failed": "Long work failed",
    "job.started": "Long work started",
    "keys.retired": "Old keys taken away",
    "keys.rotated": "New key for encrypted values",
    "log.checked": "Log checked",
    "log.exported": "Log exported",
    "member.changed": "Membership changed",
    "member.ended": "Membership ended",
    "plan.adopted": "Plan adopted",
    "plan.changed": "Plan changed",
    "plan.exported": "Plan exported",
    "plan.undone": "Step undone",
    "publish.approved": "Public page approved",
    "publish.prepared": "Public page prepared",
    "publish.removed": "Drafts of public pages removed",
    "publish.returned": "Public page returned",
    "publish.withdrawn": "Public page taken down",
    "request.refused": "Refused",
    "retention.swept": "What is no longer needed removed",
    "review.approved": "Review approved",
    "review.returned": "Review returned for changes",
    "rows.given back": "Refused rows taken to mend",
    "second-factor.added": "Second factor added",
    "second-factor.cleared": "Second factors cleared",
    "second-factor.removed": "Second factor removed",
    "service.added": "Sign-in service added",
    "service.removed": "Sign-in service removed",
    "session.began": "Signed in",
    "session.ended": "Signed out",
    "session.refused": "Sign-in refused",
    "sessions.ended": "Signed out everywhere",
    "task.assigned": "Task given to somebody else",
    "task.commented": "Commented",
    "task.moved": "Task moved on",
    "task.opened": "Task opened",
    "token.made": "Token made",
    "token.revoked": "Token revoked",
    "version.checked": "Version checked",
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
    "entries": ("entry", "entries"), "files": ("file", "files"), "identities": ("identity", "identities"),
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
    "format": "as", "issuer": "of", "method": "asked with", "report": "", "route": "", "service": "by", "verbs": "may",
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
    return ACTIONS.get(action) or action.replace(".", " ").replace("-", " ").capitalize()


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
    "role": _role,
    "kind": _kind,
    "field": lambda value, _people: ATTRIBUTE_WORDS.get(value, value),
    "assignee": lambda value, people: f"for {people.get(_number(value), f'account {value}')}",
    "position": lambda value, _people: f"file {_number(value) + 1}",
}
