"""`throughline transfer`: a district's plan to a plan folder and back, with the same digest."""

from pathlib import Path
from typing import Any

from throughline.web.ops.start import start


def export_district(slug: str, root: Path) -> dict[str, Any]:
    """Write the plan in force of a district as a plan folder; returns folder and digest."""
    start()
    from throughline.app.transfer import export_plan
    from throughline.web.access.scope import SERVER, acting, within_district
    from throughline.web.audit.log import append
    from throughline.web.planning import store
    from throughline.web.planning.models import PlanHead

    district = _district(slug)
    with within_district(district.pk), acting(SERVER):
        opened = store.open_district(district)
        done = export_plan(opened, root, store.day_of(PlanHead.objects.get()))
        append("plan.exported", f"district/{district.pk}", digest=done.digest)
    return {"plan": str(root), "digest": done.digest}


def import_district(slug: str, root: Path) -> dict[str, Any]:
    """Put the plan of a folder in place of a district's plan, as a step that can be undone; returns the digest."""
    start()
    from throughline.app.transfer import import_plan
    from throughline.web.access.scope import SERVER, acting, within_district
    from throughline.web.planning import store
    from throughline.web.planning.models import PlanHead

    district = _district(slug)
    with within_district(district.pk), acting(SERVER):
        opened = store.open_district(district)
        done = import_plan(root, opened, store.day_of(PlanHead.objects.get()))
    return {"plan": str(root), "digest": done.manifest.digest}


def _district(slug: str) -> Any:
    from throughline.web.districts.models import District

    found = District.objects.filter(slug=slug).first()
    if found is None:
        slugs = ", ".join(District.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise ValueError(f"there is no district {slug}; there are: {slugs}")
    return found
