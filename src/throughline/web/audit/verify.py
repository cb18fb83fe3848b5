"""Check the log: every entry against its hash and the one before it, the end against what was written, kept ends against the log.

A chain whose last entries were cut off together with the record of its end is whole in itself; only an end kept elsewhere (`anchors`,
a backup's manifest) can tell.
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from throughline.web.audit.anchors import kept_ends
from throughline.web.audit.log import body_of, entry_hash
from throughline.web.audit.models import Chain, Entry
from throughline.web.config.keys import key

FIELDS = (
    "chain_id", "sequence", "at", "actor", "user_number", "action", "subject", "facts", "request", "previous",
    "hash", "district_id",
)  # fmt: skip
PIECE = 5000
MOST = 20  # faults told of one chain

Ends = Mapping[int, Iterable[tuple[int, str]]]


@dataclass(frozen=True)
class Checked:
    """A chain, how many entries were read, and what is wrong with it in words."""

    number: int
    entries: int
    wrong: tuple[str, ...]


def verify(number: int, ends: Iterable[tuple[int, str]] = ()) -> Iterator[str]:
    """What is wrong with a chain, in words; nothing when it is whole. `ends` are (sequence, hash) kept elsewhere."""
    secret = key("audit").encode()
    wanted = dict(ends)
    expected, previous, found = 1, "", set()
    rows = Entry.objects.filter(chain_id=number).order_by("sequence").values_list(*FIELDS).iterator(PIECE)
    for *body, stated, district in rows:
        sequence = body[1]
        if sequence != expected:
            missing = (
                f"entry {expected} is" if sequence == expected + 1 else f"entries {expected} to {sequence - 1} are"
            )
            yield f"{missing} missing before entry {sequence}"
            expected = sequence
        if body[9] != previous:
            yield f"entry {sequence} does not follow the one before it"
        if not hmac.compare_digest(stated, entry_hash(body_of(*body), secret)) or (district or 0) != number:
            yield f"entry {sequence} was changed after it was written"
        if sequence in wanted:
            found.add(sequence)
            if wanted[sequence] != stated:
                yield f"entry {sequence} is not the one that was kept as the end of the log on its day"
        previous, expected = stated, expected + 1
    last = expected - 1
    chain = Chain.objects.filter(number=number).first()
    if chain is not None and (chain.head != previous or chain.sequence != last):
        yield f"the log ends at entry {last}, but {chain.sequence} entries were written"
    elif chain is None and last:
        yield "the record of the end of this chain is missing"
    for sequence in sorted(set(wanted) - found):
        if sequence > last:
            yield f"the log ends at entry {last}, but entry {sequence} was kept as its end on an earlier day"


def verify_all(ends: Ends | None = None) -> list[Checked]:
    """Every chain, against the ends kept on this server and those given (of a backup's manifest)."""
    kept, wrong = kept_ends()
    numbers = sorted({*Chain.objects.values_list("number", flat=True), *kept, *(ends or {})})
    out = []
    for number in numbers:
        known = [*kept.get(number, []), *(ends or {}).get(number, [])]
        told = []
        for fault in verify(number, known):
            told.append(fault)
            if len(told) == MOST:
                break
        out.append(Checked(number, Entry.objects.filter(chain_id=number).count(), tuple(told)))
    if wrong:
        out.append(Checked(-1, 0, tuple(wrong)))
    return out
