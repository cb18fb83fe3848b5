"""Finances of other districts, for the choice of peers; a table beside the rulebook, because no run depends on it."""

from functools import cache
from importlib.resources import files

from throughline.engine.finance.peers import DistrictFinance
from throughline.packs.problem import PackError
from throughline.packs.schema import CITED, cited
from throughline.packs.strict_csv import Row, read_csv

NAME = "ny_district_finances"
STATE = "NY"
COLUMNS = (*"code name county fiscal_year enrollment full_value expenditure instruction debt".split(), *CITED)


@cache
def peer_finances() -> tuple[DistrictFinance, ...]:
    """Every district of the shipped file. Raises PackError."""
    file = f"catalogs/{NAME}/{NAME}.csv"
    data = (files("throughline.packs") / "catalogs" / NAME / f"{NAME}.csv").read_bytes()
    return tuple(_finance(row) for row in read_csv(data, file, COLUMNS, ("code", "fiscal_year")))


def _finance(row: Row) -> DistrictFinance:
    if row.whole("enrollment") <= 0 or row.whole("full_value") <= 0:
        raise PackError(row.file, row.line, "a peer needs pupils and taxable property")
    code = row.text("code")
    return DistrictFinance(
        code=code,
        name=row.text("name"),
        state=STATE,
        fiscal_year=row.whole("fiscal_year"),
        pupils=row.whole("enrollment"),
        full_value_cents=row.whole("full_value") * 100,
        expenditure_cents=row.whole("expenditure") * 100,
        instruction_cents=row.whole("instruction") * 100,
        ref=cited(row, f"{NAME}/{code}", row.text("fiscal_year")),
    )
