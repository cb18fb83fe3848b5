"""Samples of the demo in the database: built once, each with an account of its own that sees no other."""

import pytest

from throughline.web.access.scope import within_district
from throughline.web.accounts.models import Membership
from throughline.web.ops.sample import open_sample
from throughline.web.planning.store import open_district

pytestmark = pytest.mark.django_db


def test_a_sample_of_a_size_is_built_once_and_its_account_belongs_to_it_alone() -> None:
    told: list[str] = []
    district, person = open_sample(told.append, size="small")
    assert (district.slug, district.name, district.is_sample) == ("quillfern", "Quillfern Local Schools", True)
    assert told == ["chromebooks.csv: 337 lines, applied"]
    assert [item.district_id for item in Membership.objects.filter(user=person)] == [district.pk]
    again, same = open_sample(told.append, size="small")
    assert (again.pk, same.pk) == (district.pk, person.pk)
    assert len(told) == 1
    with within_district(district.pk):
        assert open_district(district).plan.district.name == "Quillfern Local Schools"
