"""Append to the log, and check it: an HMAC-SHA-256 chain, so that an edit, a gap, a reordering or a cut shows."""

import hmac
import json
from collections.abc import Iterator
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
            actor=_inert(who.name),
            user_number=who.user,
            action=action,
            subject=_inert(subject),
            facts={name: _inert(value) if isinstance(value, str) else value for name, value in facts.items()},
            request=who.request,
            previous=chain.head,
        )
        entry.hash = entry_hash(entry)
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


def entry_hash(entry: Entry) -> str:
    """The keyed hash of an entry and the one before it."""
    body = [
        entry.chain_id,
        entry.sequence,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.user_number,
        entry.action,
        entry.subject,
        entry.facts,
        entry.request,
        entry.previous,
    ]
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.new(key("audit").encode(), text.encode(), sha256).hexdigest()


def verify(number: int) -> Iterator[str]:
    """What is wrong with a chain, in words; nothing when it is whole."""
    expected, previous = 1, ""
    for entry in Entry.objects.filter(chain_id=number).order_by("sequence").iterator(2000):
        if entry.sequence != expected:
            yield f"entry {expected} is missing before entry {entry.sequence}"
            expected = entry.sequence
        if entry.previous != previous:
            yield f"entry {entry.sequence} does not follow the one before it"
        if not hmac.compare_digest(entry.hash, entry_hash(entry)):
            yield f"entry {entry.sequence} was changed after it was written"
        previous, expected = entry.hash, expected + 1
    chain = Chain.objects.filter(number=number).first()
    if chain is not None and (chain.head != previous or chain.sequence != expected - 1):
        yield f"the log ends at entry {expected - 1}, but {chain.sequence} entries were written"


def _inert(text: str) -> str:
    """Without line ends and control characters, so that an entry shown in a terminal or file stays one line."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)[:200]
