"""What a page of figures reads: the plan in force, its run on the day it is looked at, and what all rooms share of it."""

from dataclasses import dataclass
from datetime import date

from throughline.app.plans import OpenPlan
from throughline.app.rooms.base import Room, room_of
from throughline.app.run_plan import PlanResult
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.planning.results import result_of


@dataclass(frozen=True)
class Reading:
    """A plan with its run."""

    opened: OpenPlan
    result: PlanResult
    day: date

    @property
    def room(self) -> Room:
        """What the rooms share."""
        return room_of(self.opened, self.result)

    @property
    def foot(self) -> dict[str, object]:
        """What the foot of a page says of the run."""
        return {"run": self.result.digest, "run_day": self.day}


def read(district: District) -> Reading:
    """The plan of the district in scope as its pages show it."""
    opened = store.open_district(district)
    day = store.day_of(PlanHead.objects.get())
    return Reading(opened, result_of(opened, day), day)
