"""Settings of the fault tests: the product's own, with addresses that write in ways a journal can check, and a short lease."""

from throughline.web.access import policy as table
from throughline.web.config.settings import *  # noqa: F403 - settings modules are extended so

ROOT_URLCONF = "tests.web.faults.urls"
JOB_MODULES = ["tests.web.faults.kinds"]
JOB_LEASE_SECONDS = 3

table.policy().routes.update({f"fault:{name}": {"POST": "plan.edit"} for name in ("write", "sites", "devices", "job")})
