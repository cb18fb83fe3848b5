"""Every page there is: each GET route of the policy table once with example arguments, or the reason why it is no page.

`{delivery}` and the like are addresses that `furnish` made. The same route may stand here several times where its page has several faces.
"""

import tomllib
from dataclasses import dataclass
from importlib.resources import files

L, Q, N = "/d/larkhollow", "/d/quillfern", "/d/newlands"


@dataclass(frozen=True)
class Address:
    """A page, who looks at it, and the status it answers with."""

    route: str
    path: str
    who: str
    status: int = 200

    def __str__(self) -> str:
        return f"{self.who} {self.path or '/'}"


def _district(role: str, base: str, *pairs: tuple[str, str]) -> list[Address]:
    return [Address(route, f"{base}/{path}", role) for route, path in pairs]


LARKHOLLOW = _district(
    "district_admin", L,
    ("plan:home", ""), ("plan:home", "?explain=fiscal_year%3DFY2028"), ("plan:explain", "explain/?fiscal_year=FY2028"),
    ("plan:history", "history/"), ("refresh:home", "refresh/"), ("costs:home", "costs/"), ("funds:home", "funds/"),
    ("costs:options", "costs/options/"), ("costs:beside", "costs/beside-others/"), ("costs:schools", "costs/schools/"),
    ("costs:statements", "costs/statements/"), ("costs:budget", "costs/budget/"), ("refresh:lives", "refresh/lives/"),
    ("inventory:lists", "inventory/lists/"), ("inventory:decided", "inventory/lists/decided/"),
    ("inventory:walk", "inventory/lists/walk/"), ("inventory:walk", "inventory/lists/walk/?site=alder-run-elementary-school"),
    ("inventory:believed", "inventory/lists/believed/"),
    ("plan:explain", "explain/?worked=options-servers%7Csame%7Ceac"),
    ("goals:home", "goals/"), ("documents:home", "documents/"), ("documents:versions", "documents/versions/"),
    ("inventory:home", "inventory/"), ("inventory:bring", "inventory/bring/"), ("inventory:devices", "inventory/devices/"),
    ("inventory:devices", "inventory/devices/?q=LH-1034"), ("inventory:readings", "inventory/readings/"),
    ("inventory:snapshots", "inventory/snapshots/"), ("inventory:models", "inventory/models/"), ("inventory:ends", "inventory/ends/"),
    ("refresh:what-if", "refresh/what-if/"), ("refresh:scenarios", "refresh/scenarios/"),
    ("settings:district", "settings/"), ("settings:rules", "settings/rules/"),
    ("records:index", "records/"), ("records:list", "records/funds/"), ("records:list", "records/contracts/"),
    ("records:new", "records/funds/new/"), ("records:edit", "records/funds/edit/general/"),
)  # fmt: skip
QUILLFERN = _district(
    "quillfern", Q,
    ("plan:home", ""), ("inventory:home", "inventory/"), ("documents:home", "documents/"), ("documents:preview", "documents/1/"),
    ("documents:versions", "documents/versions/"), ("documents:version", "documents/versions/1/"),
    ("documents:decisions", "documents/decisions/"), ("documents:new-decision", "documents/decisions/new/"),
    ("documents:decision", "documents/decisions/1/"), ("documents:public", "documents/public/"),
    ("tasks:home", "tasks/"), ("tasks:new", "tasks/new/"), ("audit:home", "audit/"),
    ("people:home", "people/"), ("people:services", "people/sign-in/"), ("settings:tokens", "settings/tokens/"),
    ("documents:export", "documents/export/"), ("tasks:mail", "tasks/mail/"),
    ("jobs:list", "jobs/"), ("jobs:status", "jobs/1/"),
)  # fmt: skip
MADE = [
    Address("inventory:delivery", "{delivery}", "quillfern"),
    Address("inventory:device", "{device}", "quillfern"),
    Address("refresh:scenarios", f"{Q}/refresh/scenarios/", "quillfern"),
    Address("tasks:task", "{task}", "quillfern_tech"),
    Address("documents:snapshot", "{snapshot}", "quillfern_tech"),
    Address("documents:snapshot-page", "{snapshot}page/", "quillfern"),
    Address("people:member", "{member}", "quillfern"),
]
EMPTY = _district(
    "newlands", N,
    ("plan:home", ""), ("refresh:home", "refresh/"), ("costs:home", "costs/"), ("funds:home", "funds/"), ("goals:home", "goals/"),
    ("costs:options", "costs/options/"), ("costs:beside", "costs/beside-others/"), ("costs:schools", "costs/schools/"),
    ("costs:statements", "costs/statements/"), ("costs:budget", "costs/budget/"), ("refresh:lives", "refresh/lives/"),
    ("inventory:lists", "inventory/lists/"), ("inventory:ends", "inventory/ends/"),
    ("documents:home", "documents/"), ("documents:versions", "documents/versions/"),
    ("documents:decisions", "documents/decisions/"), ("documents:public", "documents/public/"), ("tasks:home", "tasks/"),
    ("inventory:home", "inventory/"),
    ("inventory:devices", "inventory/devices/"), ("inventory:models", "inventory/models/"), ("inventory:readings", "inventory/readings/"),
    ("inventory:snapshots", "inventory/snapshots/"), ("refresh:what-if", "refresh/what-if/"), ("jobs:list", "jobs/"),
    ("records:list", "records/goals/"), ("plan:history", "history/"), ("people:home", "people/"), ("settings:tokens", "settings/tokens/"),
)  # fmt: skip
READERS = [
    *_district(
        "board", L, ("plan:home", ""), ("funds:home", "funds/"), ("records:edit", "records/funds/edit/general/")
    ),
    *_district("staff", L, ("tasks:home", "tasks/")),
    *_district("auditor", L, ("audit:home", "audit/")),
]
PLACELESS = [
    Address("start", "/", "agency_admin"),
    Address("start", "/", "operator"),
    Address("agency", "/agencies/harbor/", "agency_admin"),
    Address("new-district", "/districts/new", "operator"),
    Address("sign-in-services", "/account/services/", "operator"),
    Address("security", "/account/security/", "quillfern"),
    Address("confirm", "/account/confirm/?next=/account/deactivate/", "quillfern_tech"),
    Address("deactivate", "/account/deactivate/", "quillfern"),
    Address("account_logout", "/account/logout/", "quillfern"),
    Address("account_reauthenticate", "/account/reauthenticate/", "quillfern"),
    Address("account_change_password", "/account/password/change/", "quillfern"),
    Address("account_set_password", "/account/password/set/", "quillfern_tech"),
    Address("mfa_activate_totp", "/account/2fa/totp/activate/", "quillfern"),
    Address("mfa_add_webauthn", "/account/2fa/webauthn/add/", "quillfern"),
    Address("mfa_authenticate", "/account/2fa/authenticate/", "half_signed_in"),
    Address("mfa_reauthenticate", "/account/2fa/reauthenticate/", "factors"),
    Address("mfa_view_recovery_codes", "/account/2fa/recovery-codes/", "factors"),
    Address("mfa_generate_recovery_codes", "/account/2fa/recovery-codes/generate/", "factors"),
    Address("mfa_deactivate_totp", "/account/2fa/totp/deactivate/", "factors"),
    Address("mfa_edit_webauthn", "/account/2fa/webauthn/keys/{passkey}/edit/", "passkey"),
    Address("mfa_remove_webauthn", "/account/2fa/webauthn/keys/{passkey}/remove/", "passkey"),
    Address("second-factor", "/account/second-factor/", "unproved"),
]
SIGNED_OUT = [
    Address("account_login", "/account/login/", ""),
    Address("account_reset_password", "/account/password/reset/", ""),
    Address("account_reset_password_done", "/account/password/reset/done/", ""),
    Address("account_reset_password_from_key", "/account/password/reset/key/1-set-password/", ""),
    Address("account_reset_password_from_key_done", "/account/password/reset/key/done/", ""),
    Address("account_inactive", "/account/inactive/", ""),
    Address("socialaccount_login_cancelled", "/account/3rdparty/login/cancelled/", ""),
    Address("invitation", "{invitation}", ""),
    Address("invitation", "/invitation/none", "", 404),
    Address("setup", "/setup/none", "", 404),
    Address("enter", "/enter/none", "", 404),
    Address("public", "/p/quillfern/", "", 404),
]
ERRORS = [
    Address("", "/nothing/here/", "", 404),
    Address("", f"{L}/nothing/", "district_admin", 404),
    Address("", f"{L}/plan/", "quillfern", 404),
    Address("", f"{L}/people/", "board", 403),
    Address("", f"{L}/explain/?fiscal_year=FY1999", "board", 404),
]
PAGES = [*LARKHOLLOW, *QUILLFERN, *MADE, *EMPTY, *READERS, *PLACELESS, *SIGNED_OUT, *ERRORS]

DOWNLOAD, PICTURE, PROGRAMS, ELSEWHERE = "a download", "a picture", "for programs", "leads to another page"
JOURNEY = "needs a real passkey; looked at in the journeys"
NO_PAGE = {
    "documents:page": PICTURE, "settings:logo": PICTURE,
    "documents:download": DOWNLOAD, "documents:version-file": DOWNLOAD, "audit:export": DOWNLOAD,
    "inventory:refused": DOWNLOAD, "inventory:list-file": DOWNLOAD, "inventory:walk-file": DOWNLOAD,
    "public-data": DOWNLOAD, "public-file": DOWNLOAD, "mfa_download_recovery_codes": DOWNLOAD,
    "socialaccount_connections": ELSEWHERE,
    "health": PROGRAMS, "security-txt": PROGRAMS, "openid_connect_callback": ELSEWHERE, "account-home": ELSEWHERE,
    "mfa_index": ELSEWHERE, "mfa_list_webauthn": ELSEWHERE, "usersessions_list": ELSEWHERE, "mfa_login_webauthn": PROGRAMS,
    "refresh:answer": PROGRAMS, "mfa_reauthenticate_webauthn": JOURNEY,
    "saml_metadata": PROGRAMS, "saml_finish_acs": ELSEWHERE,
}  # fmt: skip


def get_routes() -> set[str]:
    """Every route of the policy table that answers GET, the programming interface aside."""
    table = tomllib.loads((files("throughline.web.access") / "policy.toml").read_text("utf-8"))
    return {name for name, methods in table["routes"].items() if "GET" in methods and not name.startswith("api:")}
