"""The living sample districts: each built once from its exports, through the same use cases a person would use."""

from collections.abc import Callable

from django.db import transaction

from throughline.app.plans import slug
from throughline.app.recipe import SAMPLE, SAMPLES, play_into, read_recipe, sample_folder
from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import Membership, User
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.planning.store import begin


def open_sample(tell: Callable[[str], None] = lambda _line: None, size: str = SAMPLE) -> tuple[District, User]:
    """A sample district and the account that opens it; built when it is not there yet, all or nothing."""
    place = SAMPLES[size]
    person = f"director@{place}.example"
    user = User.objects.filter(email=person).first()
    found = District.objects.filter(slug=place).first()
    if user is not None and found is not None:
        return found, user
    source = sample_folder(size)
    recipe = read_recipe(source)
    with transaction.atomic():
        user = user or User.objects.create_user(person, None, name="Dana Whitfield")
        made = District.objects.create(slug=place, name=recipe["name"], is_sample=True)
        Membership.objects.create(user=user, district=made, role="district_admin")
        with within_district(made.pk), acting(Actor(person, user.pk)):
            record = DistrictRecord(
                slug(recipe["name"]),
                recipe["name"],
                recipe.get("state", ""),
                recipe.get("fiscal_year_start_month") or 7,
            )
            append("district.created", f"district/{made.pk}")
            play_into(source, begin(made, record, recipe["as_of"]), tell)
    return made, user
