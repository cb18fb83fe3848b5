"""Newark, NJ: new devices in K, 5 and 9 from the imported state counts, by the product's own rule of issue.

The formula is published (superintendent's newsletter, summer 2022); the counts are the state's fall enrollment.
"""

import tempfile
from decimal import Decimal
from functools import cache
from pathlib import Path

from tests.published_plans.documents import DATA
from throughline.engine.demand.need import issue_by_grade
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.importers.intake import read
from throughline.importers.reading.upload import Upload

FILE = DATA / "newark_nj_k_5_9_formula" / "fall-enrollment.csv"
ISSUED = ("K", "5", "9")
DISTRICT = "3570"


@cache
def pupils(file: Path = FILE) -> dict[tuple[int, str], Decimal]:
    """Pupils by fall and grade, as the enrollment importer reads them for the district."""
    with tempfile.TemporaryDirectory() as folder:
        outcome = read(Upload.of(file), hints={"district": DISTRICT}, into=Path(folder))
    counts = [record for record in outcome.records["enrollment"] if isinstance(record, EnrollmentCount)]
    return {(count.fall_year, count.grade): count.pupils for count in counts}


def new_devices(fall: int, file: Path = FILE) -> Decimal:
    """Devices issued in one fall at one per pupil."""
    by_grade = {grade: count for (year, grade), count in pupils(file).items() if year == fall}
    need = issue_by_grade(by_grade, ISSUED)
    assert not need.unknown
    return Decimal(need.total)
