"""Every call of the interface against its own description, with values made up to break it: no fault, no undeclared answer.

The number of made-up cases for each call is `THROUGHLINE_API_CASES` (4 in the suite; a longer run is named in docs/benchmarks.md).
"""

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from throughline.web.access import limits
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.api.api import api
from throughline.web.api.tokens import make_token
from throughline.web.districts.models import District

CASES = int(os.environ.get("THROUGHLINE_API_CASES", "4"))

schema = schemathesis.openapi.from_dict(api.get_openapi_schema(path_prefix="/api/v1/"))


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def token(home: District, cast: dict[str, User], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("throughline.web.api.entrance.API", limits.Limit("unlimited", 10**9, 60))
    user = cast["district_admin"]
    with within_district(home.pk), acting(Actor(user.email, user.pk)):
        return make_token(home, user, "fuzz", ("read", "write", "import", "build"), 1)


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@schema.parametrize()
@settings(
    max_examples=CASES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate],
)
def test_a_call_answers_as_described(case: Any, token: str, live_server: Any) -> None:
    if "district" in (case.path_parameters or {}):
        case.path_parameters["district"] = "home"
    response = case.call(base_url=live_server.url, headers={"Authorization": f"Bearer {token}"})
    case.validate_response(
        response,
        checks=(
            schemathesis.checks.not_a_server_error,
            schemathesis.checks.status_code_conformance,
            schemathesis.checks.content_type_conformance,
            schemathesis.checks.response_schema_conformance,
        ),
    )
