"""Append to the log: an HMAC-SHA-256 chain (RFC 2104), so that an edit, a gap, a reordering or a cut shows when it is checked."""

import hmac
import json
from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction

from throughline.web.access.scope import ALL, NoScopeError, actor, scope
from throughline.web.audit.models import INSTALLATION, Chain, Entry
from throughline.web.config.keys import key

Fact = str | int | bool | None


def append(action: str, subject: str, **facts: Fact) -> Entry:
    """Write an entry to the chain of the district in scope, or of the installation when there is none."""
    with transaction.atomic():
        number = chain_in_scope()
        Chain.objects.get_or_create(number=number)
        chain = Chain.objects.select_for_update().get(number=number)
        who = actor()
        entry = Entry(
            chain=chain,
            district_id=number or None,
            sequence=chain.sequence + 1,
            at=datetime.now(UTC),
            actor=inert(who.name),
            user_number=who.user,
            action=action,
            subject=inert(subject),
            facts={name: inert(value) if isinstance(value, str) else value for name, value in facts.items()},
            request=who.request,
            previous=chain.head,
        )
        entry.hash = entry_hash(_body(entry), key("audit").encode())
        entry.save(force_insert=True)
        Chain.objects.filter(number=number).update(sequence=entry.sequence, head=entry.hash)
    return entry


def chain_in_scope() -> int:
    """The number of the chain that the work at hand writes to."""
    try:
        found = scope()
    except NoScopeError:
        return INSTALLATION
    return INSTALLATION if found == ALL else int(found)


def heads() -> dict[int, tuple[int, str]]:
    """Number of entries and last hash of every chain: what a backup's manifest keeps, and `verify` is told."""
    return {chain.number: (chain.sequence, chain.head) for chain in Chain.objects.order_by("number")}


def entry_hash(body: list[object], secret: bytes) -> str:
    """The keyed hash of what an entry says, the hash before it included."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(secret, text.encode(), sha256).hexdigest()


def _body(entry: Entry) -> list[object]:
    return body_of(
        entry.chain_id, entry.sequence, entry.at, entry.actor, entry.user_number, entry.action, entry.subject,
        entry.facts, entry.request, entry.previous,
    )  # fmt: skip


def body_of(
    chain: int, sequence: int, at: datetime, actor: str, user_number: int | None, action: str, subject: str,
    facts: object, request: str, previous: str,
) -> list[object]:  # fmt: skip
    """What a hash covers, in its order. The district follows from the chain."""
    when = at.astimezone(UTC).isoformat()
    return [chain, sequence, when, actor, user_number, action, subject, facts, request, previous]


def inert(text: str) -> str:
    """Without line ends and control characters, so that an entry shown in a terminal or file stays one line."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)[:200]
