"""One of everything people make, in Quillfern, through the same addresses a browser uses: so that every page has something to show."""

import re
from html import unescape
from typing import Any

DAY = "2026-11-16"
BAD_ROW = (
    "serialNumber,model,orgUnitPath,firstEnrollmentTime\n"
    "QF-NEW-1,Lenovo 100e Chromebook Gen 4,/Students,2026-08-01\nQF-NEW-2,Lenovo 100e Chromebook Gen 4,/Students,not a day\n"
)


def furnish(admin: Any, colleague: Any) -> dict[str, str]:
    """Example arguments of routes, by the name of the argument and what it is of."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.browser.cast import signed_in
    from throughline.web.jobs.attempt import drain

    one, two = signed_in(admin), signed_in(colleague)
    base = "/d/quillfern"
    sent = SimpleUploadedFile("chromebooks with a bad row.csv", BAD_ROW.encode())
    brought = _post(one, f"{base}/inventory/bring/", {"files": sent, "whole": "1"})
    _post(one, f"{base}/documents/build/", {"document": ["board_agenda.pdf", "summary_text.txt", "cost_lines.csv"]})
    drain()
    form = one.get(f"{base}/documents/versions/").content.decode()
    seen = re.findall(r'name="seen" value="([0-9a-f]{64})"', form)[0]
    _post(
        one,
        f"{base}/documents/versions/adopt/",
        {"adopted_on": DAY, "label": "Technology plan", "note": "", "seen": seen},
    )
    drain()
    _post(one, f"{base}/documents/decisions/new/?version=1", {
        "question": "Which technology plan does the district adopt?", "reasons": "It is the one the money reaches for.",
        "decided_on": DAY, "votes_for": "5", "votes_against": "1", "abstained": "0", "considered": ["plan"], "chosen": "plan",
    })  # fmt: skip
    snapshot = _post(one, f"{base}/documents/public/prepare/", {"version": "1"})
    task = _post(
        one,
        f"{base}/tasks/new/",
        {"title": "Read the packet", "kind": "review", "who": f"person:{colleague.pk}", "words": ""},
    )
    _post(two, f"{task}comment/", {"words": "The second page needs the count of spares."})
    invited = one.post(f"{base}/people/invite/", {"email": "new@quillfern.example", "role": "board"}).content.decode()
    (invitation,) = set(re.findall(r"/invitation/[\w-]+", invited))
    _post(one, f"{base}/settings/tokens/", {"name": "Nightly export", "verbs": ["read"], "days": "30"}, also=200)
    _post(one, f"{base}/settings/budget/", {"amount": "$190,000"})
    (member,) = set(re.findall(rf"{base}/people/members/\d+/", one.get(f"{base}/people/").content.decode()))
    for name, levers in (("Prices rise faster", {"inflation": "5"}), ("Devices are kept longer", {"delay": "1"})):
        _post(one, f"{base}/refresh/what-if/keep/", {"name": name, **levers})
    devices = one.get(f"{base}/inventory/devices/").content.decode()
    device = unescape(re.findall(rf'href="({base}/inventory/devices/one/[^"]+)"', devices)[0])
    return {
        "member": member,
        "device": device,
        "delivery": brought,
        "task": task,
        "snapshot": snapshot,
        "invitation": invitation,
    }


def _post(client: Any, address: str, told: dict[str, Any], also: int = 302) -> str:
    """Send a form; where it led."""
    answer = client.post(address, told)
    assert answer.status_code in (302, also), f"{address}: {answer.status_code} {answer.content.decode()[-3000:]}"
    return str(answer.headers.get("Location", ""))
