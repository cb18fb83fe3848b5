"""Student groups of the large sample district by school, last fall. Every figure is made up, with its own random source."""

from collections.abc import Iterable, Mapping, Sequence
from random import Random

import tables as t

HEAD = (
    "School Year,School,Total Enrollment,Free or Reduced-Price Lunch,English Learners,Students with Disabilities,"
    "American Indian/Alaska Native,Asian,Black/African American,Hispanic/Latino,Native Hawaiian/Pacific Islander,Two or More Races,"
    "White,Migrant,Military Connected,Homeless,Foster Care"
)


def rows(pupils: Mapping[tuple[int, str, str], int]) -> Iterable[Sequence[object]]:
    """One row a school. Schools of Title I have more students with little money and more who learn English."""
    yield HEAD.split(",")
    rng, fall = Random(t.SEED + 1), t.FALLS[-1]
    for code in t.SCHOOLS:
        total = sum(count for (year, school, _), count in pupils.items() if (year, school) == (fall, code))
        lunch = rng.uniform(0.62, 0.84) if code in t.TITLE_ONE else rng.uniform(0.18, 0.55)
        learning = lunch * rng.uniform(0.12, 0.42)

        def part(share: float, of: int = total) -> int:
            return round(of * share * rng.uniform(0.9, 1.1))

        races = [part(0.011), part(0.09), part(0.05), part(0.08 + lunch * 0.3), part(0.012), part(0.08)]
        small = [part(learning * 0.06), part(0.02), part(lunch * 0.04), part(0.004)]
        shown = ["*" if 0 < count < 10 else count for count in small]
        needs = part(lunch), part(learning), part(0.145)
        yield [f"{fall}-{(fall + 1) % 100:02d}", t.NAMES[code], total, *needs, *races, total - sum(races), *shown]
