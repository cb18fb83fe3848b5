"""A refusal is an entry too: who asked for what, in the district it was asked of."""

from throughline.web.access.scope import within_district
from throughline.web.audit.log import append


def note_refusal(route: str, method: str, role: str, district: int | None) -> None:
    """Write it down; the address itself is not kept, because it may name what the person must not know."""
    if district is None:
        append("request.refused", "route", route=route, method=method[:10], role=role)
        return
    with within_district(district):
        append("request.refused", "route", route=route, method=method[:10], role=role)
