"""An installation with a generated district and people who are signed in: prints where to enter it and their cookies."""

import json
import sys
from typing import Any

from benchmarks.pages.furnish import SLUG, client_of, district_of, installed


def made(rows: int, people: int) -> dict[str, Any]:
    """The installation, and a session and form token for each person."""
    installed()  # before any model is named
    from django.conf import settings

    from throughline.web.accounts.models import Membership, User
    from throughline.web.districts.models import District

    district_of(rows)
    district = District.objects.get(slug=SLUG)
    cookies = []
    for number in range(people):
        user = User.objects.create_user(f"person{number}@{SLUG}.example", None, name=f"Person {number}")
        Membership.objects.create(user=user, district=district, role="district_admin")
        client = client_of(user)
        client.get(f"/d/{SLUG}/records/goals/new/")  # a page with a form gives its token
        wanted = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME)
        cookies.append("; ".join(f"{name}={client.cookies[name].value}" for name in wanted if name in client.cookies))
    return {"slug": SLUG, "cookies": cookies}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(made(int(sys.argv[1]), int(sys.argv[2]))))
