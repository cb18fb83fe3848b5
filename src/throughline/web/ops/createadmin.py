"""`throughline createadmin`: a link for the first account, or an invitation for somebody who is to run a district."""

from throughline.web.ops.start import start


def create_admin(email: str, district: str, url: str) -> str:
    """The words to print; raises ValueError when it cannot be done."""
    start()
    from throughline.web.access.scope import SERVER, acting
    from throughline.web.accounts.invitations import invite
    from throughline.web.accounts.links import make_link
    from throughline.web.accounts.models import User
    from throughline.web.districts.models import District
    from throughline.web.ops.schema import bring_up_to_date

    bring_up_to_date()
    if not User.objects.exists():
        return (
            "Nobody has an account yet. Make the first one here, within 60 minutes, once:\n"
            f"  {url}/setup/{make_link('setup')}\nIt creates districts and invites people."
        )
    if not email or not district:
        slugs = ", ".join(District.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
        raise ValueError(f"give --email and --district; the districts are: {slugs}")
    found = District.objects.filter(slug=district).first()
    if found is None:
        raise ValueError(f"there is no district {district}")
    with acting(SERVER):
        token = invite(email, "district_admin", None, district=found)
    return (
        f"{email} becomes district administrator of {found.name} here, within 7 days, once:\n  {url}/invitation/{token}"
    )
