"""`throughline doctor`: every check of an installation; those that need the tables only when there are some."""

from throughline.web.ops.start import start


def examine(host: str) -> list:  # type: ignore[type-arg]  # Check is loaded after Django
    """The checks, in the order a start makes them."""
    start()
    from throughline.web.ops.checks import before_start, in_service, with_database
    from throughline.web.ops.schema import schema

    found = [*before_start(host), *with_database()]
    if all(check.ok for check in found if check.grave):
        now = schema()
        if now.empty or now.pending:
            return found
        found += in_service()
    return found
