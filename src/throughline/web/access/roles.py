"""The role of an account in a district: its own membership, or the one its agency gives it."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from throughline.web.access.policy import policy
from throughline.web.accounts.models import AgencyMembership, Membership, User
from throughline.web.districts.models import Agency, District


@dataclass(frozen=True)
class Standing:
    """A district that an account may enter, and the role it has there."""

    district: District
    role: str

    def may(self, action: str) -> bool:
        """Whether the role may do it."""
        return policy().may(self.role, action)


def standing(user: User, slug: str) -> Standing | None:
    """The account's standing in the district of that address; None when it has none, or there is no such district."""
    own = (
        Membership.objects.filter(valid(), user=user, district__slug=slug, district__retired_at=None)
        .select_related("district", "district__agency")
        .first()
    )
    if own is not None:
        return Standing(own.district, own.role)
    through = AgencyMembership.objects.filter(valid(), user=user, agency__districts__slug=slug).first()
    if through is None:
        return None
    district = District.objects.select_related("agency").filter(slug=slug, retired_at=None).first()
    return Standing(district, through.role) if district else None


def districts_of(user: User) -> list[Standing]:
    """Every district the account may enter, by name; its own role comes before the agency's."""
    found: dict[int, Standing] = {}
    for one in AgencyMembership.objects.filter(valid(), user=user).select_related("agency"):
        for district in one.agency.districts.filter(retired_at=None):
            found[district.pk] = Standing(district, one.role)
    for own in Membership.objects.filter(valid(), user=user, district__retired_at=None).select_related("district"):
        found[own.district_id] = Standing(own.district, own.role)
    return sorted(found.values(), key=lambda item: item.district.name.casefold())


@dataclass(frozen=True)
class AgencyStanding:
    """An agency that an account belongs to, and the role it has there."""

    agency: Agency
    role: str

    def may(self, action: str) -> bool:
        """Whether the role may do it."""
        return policy().may(self.role, action)


def agency_standing(user: User, slug: str) -> AgencyStanding | None:
    """The account's standing in the agency of that address; None when it has none, or there is no such agency."""
    found = AgencyMembership.objects.filter(valid(), user=user, agency__slug=slug).select_related("agency").first()
    return AgencyStanding(found.agency, found.role) if found else None


def founds(user: User) -> bool:
    """Whether the account may create districts: it runs the installation, or administers an agency."""
    return (
        user.is_operator
        or AgencyMembership.objects.filter(valid(), user=user, role__in=_holding("agency.manage")).exists()
    )


def roles_of(user: User) -> set[str]:
    """Every role the account has now, anywhere."""
    own = Membership.objects.filter(valid(), user=user).values_list("role", flat=True)
    through = AgencyMembership.objects.filter(valid(), user=user).values_list("role", flat=True)
    return {*own, *through}


def needs_second_factor(user: User) -> bool:
    """Whether one of the account's roles, or running the installation, demands a second factor."""
    return user.is_operator or bool(roles_of(user) & policy().second_factor)


def valid() -> Q:
    """Memberships that have not ended."""
    return Q(until=None) | Q(until__gte=timezone.localdate())


def _holding(action: str) -> frozenset[str]:
    return policy().actions[action]
