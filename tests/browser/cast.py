"""The districts and people of the suite, made inside the server's data folder: `python -m tests.browser.cast` prints them as JSON.

Larkhollow is the sample district; Quillfern a small one that an agency serves, with one of everything that people make; Newlands and
Brookfield have an empty plan, the one for looking and the other for filling. Who belongs to one must not see the others. A session is what
signing in gives; the ways of signing in have tests of their own.
"""

import json
import sys
from pathlib import Path
from typing import Any

QUILLFERN = Path(__file__).parents[2] / "examples" / "quillfern"


def make() -> dict[str, Any]:
    """Session keys by person, and the addresses of every page by route."""
    from throughline.web.ops.start import start

    start()
    from throughline.web.accounts.models import ROLES, AgencyMembership, Membership, User
    from throughline.web.districts.models import Agency
    from throughline.web.ops.sample import open_sample
    from throughline.web.ops.schema import bring_up_to_date

    bring_up_to_date()
    agency = Agency.objects.create(slug="harbor", name="Harbor Regional Agency")
    places = {"larkhollow": open_sample()[0], "quillfern": _district("quillfern", agency)}
    places |= {"newlands": _district("newlands"), "brookfield": _district("brookfield")}
    people: dict[str, Any] = {}

    def person(
        name: str, words: str, district: str = "", role: str = "", secret: str | None = None, **more: Any
    ) -> None:
        people[name] = User.objects.create_user(f"{name}@{district or 'harbor'}.example", secret, name=words, **more)
        if district:
            Membership.objects.create(user=people[name], district=places[district], role=role)
        elif role:
            AgencyMembership.objects.create(user=people[name], agency=agency, role=role)

    for role, words in ROLES:
        person(role, f"Larkhollow {words.lower()}", "larkhollow", role)
    person("quillfern", "Robin Vance", "quillfern", "district_admin", "seven quiet otters read")
    person("quillfern_tech", "Sam Ortega", "quillfern", "tech_leader")
    person("newlands", "Ada Lindqvist", "newlands", "district_admin")
    person("brookfield", "Jo Castellan", "brookfield", "district_admin")
    person("agency_analyst", "Harbor analyst", role="agency_analyst")
    person("agency_admin", "Harbor administrator", role="agency_admin")
    person("operator", "Operator", is_operator=True)
    person("factors", "Noor Haddad", secret="nine slow herons wade")
    _with_factors(people["factors"])
    person("passkey", "Ines Duarte")
    _with_passkey(people["passkey"])
    sessions = {name: session_of(user) for name, user in people.items()}
    sessions["unproved"] = str(signed_in(people["factors"], proved=False).session.session_key)
    sessions["half_signed_in"] = _half_signed_in(people["factors"].email, "nine slow herons wade")
    from tests.browser.furnish import furnish

    examples = furnish(people["quillfern"], people["quillfern_tech"])
    examples["passkey"] = str(people["passkey"].authenticator_set.get().pk)
    return {"sessions": sessions, "examples": examples}


def session_of(user: Any) -> str:
    """A session of that person, past the second factor."""
    return str(signed_in(user).session.session_key)


def signed_in(user: Any, proved: bool = True) -> Any:
    """A client without a browser, to make what pages show."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    session = client.session
    if proved:
        session["has second factor"] = True
    else:
        session.pop("has second factor", None)
    session["began"] += 3600  # proved just now, however slow the machine is: some pages ask again after ten minutes
    for record in session.get("account_authentication_methods", []):
        record["at"] += 3600
    session.save()
    return client


def _with_factors(user: Any) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)


def _with_passkey(user: Any) -> None:
    """One that pages can name; nobody can sign in with it."""
    from allauth.mfa.models import Authenticator

    told = {"name": "Office laptop", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=told)


def _half_signed_in(email: str, password: str) -> str:
    """A session whose password was right and whose code is still asked for."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    answer = client.post("/account/login/", {"login": email, "password": password})
    assert answer.status_code == 302, answer.content
    assert "authenticate" in answer.headers["Location"], answer.headers["Location"]
    return str(client.session.session_key)


def _district(slug: str, agency: Any = None) -> Any:
    from throughline.app.recipe import play_into, read_recipe
    from throughline.engine.plan.district import District as DistrictRecord
    from throughline.web.access.scope import Actor, acting, within_district
    from throughline.web.districts.models import District
    from throughline.web.planning.store import begin

    recipe = read_recipe(QUILLFERN)
    name = recipe["name"] if slug == "quillfern" else f"{slug.title()} Schools"
    made = District.objects.create(slug=slug, name=name, agency=agency)
    with within_district(made.pk), acting(Actor(f"director@{slug}.example")):
        opened = begin(made, DistrictRecord(slug, name, "NJ", 7), recipe["as_of"])
        if slug == "quillfern":
            play_into(QUILLFERN, opened, lambda line: None)
    return made


if __name__ == "__main__":
    sys.stdout.write(json.dumps(make()))
