"""Reports of the content security policy, for tests and for who wants to watch: written to the server's log, nothing is kept."""

import logging
from typing import Any

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from throughline.web.access import limits
from throughline.web.access.address import client_address, network_of

LOG = logging.getLogger("throughline.csp")
LONGEST = 4000


@csrf_exempt
def csp_report(request: Any) -> HttpResponse:
    """A browser says that a page tried what the policy forbids."""
    if not limits.take(limits.PUBLIC_FORM_ADDRESS, network_of(client_address(request))).wait:
        text = request.read(LONGEST).decode("utf-8", "replace")
        LOG.warning("content security policy: %s", "".join(sign for sign in text if sign.isprintable()))
    return HttpResponse(status=204)
