"""The same commands against a server: its address stands where the plan folder would, a token in THROUGHLINE_TOKEN.

The address is the one of the district's pages: `https://plan.example.org/d/larkhollow`. A token crosses an unencrypted connection only
on this machine.
"""

import json
import os
import secrets
import time
from argparse import Namespace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import Request, urlopen

from throughline.cli.output import UsageError, assignment, money, say, say_json

TOKEN = "THROUGHLINE_TOKEN"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SECONDS = 600
PAUSE = 0.5  # between two questions how far a document is


class Server:
    """One district of one server."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        words = [word for word in parts.path.split("/") if word]
        if len(words) < 2 or words[-2] != "d":
            raise UsageError(f"{address}: give the address of the district's pages, such as https://HOST/d/DISTRICT")
        if parts.scheme != "https" and parts.hostname not in LOOPBACK:
            raise UsageError(f"{address}: use https; a token must not cross a network in the clear")
        before = "/".join(["", *words[:-2]])
        self.address = address
        self.base = f"{parts.scheme}://{parts.netloc}{before}/api/v1/districts/{quote(words[-1])}"
        self.token = os.environ.get(TOKEN, "")
        if not self.token:
            raise UsageError(
                f"set {TOKEN} to a token of the district; an administrator makes one under Settings, Programs"
            )

    def call(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[bytes, dict[str, str]]:
        """The answer's body and headers; raises ValueError with the server's words."""
        told = {"Authorization": f"Bearer {self.token}", "Accept": "application/json", **headers}
        request = Request(self.base + path, body, told, method=method)
        try:
            with urlopen(request, timeout=SECONDS) as answer:
                return answer.read(), dict(answer.headers.items())
        except HTTPError as error:
            raise ValueError(f"{self.address}: {_reason(error)}") from None
        except URLError as error:
            raise ValueError(f"{self.address} does not answer ({error.reason})") from None

    def get(self, path: str) -> Any:
        """A JSON answer."""
        return json.loads(self.call("GET", path)[0])

    def post(self, path: str, told: Any = None, **headers: str) -> Any:
        """A JSON answer to a JSON question, sent so that a repeated connection has one effect."""
        body = b"" if told is None else json.dumps(told).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": secrets.token_hex(16), **headers}
        return json.loads(self.call("POST", path, body, **headers)[0])


def run(name: str, address: str, args: Namespace) -> int:
    """One command against a server; raises UsageError for a command that needs a folder."""
    commands = {
        "plan": _plan, "explain": _explain, "check": _check, "import": _import, "set": _set, "undo": _undo, "report": _report,
    }  # fmt: skip
    if name not in commands:
        raise UsageError(f"{name} works on a plan folder; a server takes {', '.join(commands)}")
    if getattr(args, "as_of", None):
        raise UsageError("--as-of is for plan folders; a server plans as of its own day")
    return commands[name](Server(address), args)


def _plan(server: Server, args: Namespace) -> int:
    if args.scenario or args.keep:
        raise UsageError("--scenario and --keep are for plan folders; on a server, scenarios are kept on its pages")
    pairs = [assignment(text, "--override", "PATH=VALUE") for text in args.override]
    if pairs or args.json or args.out:
        order = {"overrides": [{"path": path, "value": value} for path, value in pairs]}
        found = server.post("/runs", order) if pairs else server.get("/plan")
        if args.out:
            found["documents"] = [str(path) for path in _documents(server, args.out)]
        if args.json:
            say_json(found)
            return 0
        if pairs:
            say(f"Planned cost {money(found['totals']['cents'])}, not funded {money(found['unfunded']['cents'])}.")
            return 0
        for path in found["documents"]:
            say(f"Wrote {path}")
    say(server.get("/plan/page")["text"])
    return 0


def _documents(server: Server, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    wanted = (("board_packet", "pdf"), ("board_agenda", "pdf"), ("workbook", "xlsx"), ("cost_lines", "csv"))
    return [_document(server, name, form, folder / f"{name.replace('_', '-')}.{form}") for name, form in wanted]


def _document(server: Server, name: str, form: str, target: Path) -> Path:
    """Ask for a document, wait until it is written, fetch it; raises ValueError with the reason when it is not."""
    work = server.post(f"/documents/{quote(name)}/{quote(form)}")
    waited = 0.0
    while work["state"] in ("queued", "running"):
        if waited > SECONDS:
            raise ValueError(f"{server.address}: the document is not written yet; does a worker run on the server?")
        time.sleep(PAUSE)
        waited += PAUSE
        work = server.get(f"/jobs/{work['job']}")
    if work["state"] != "done":
        raise ValueError(f"{server.address}: the document was not written: {work['reason'] or work['state']}")
    target.write_bytes(server.call("GET", f"/documents/{work['documents'][0]['number']}", Accept="*/*")[0])
    return target


def _report(server: Server, args: Namespace) -> int:
    form = args.format or {"workbook": "xlsx", "cost_lines": "csv", "summary_text": "txt"}.get(args.report, "pdf")
    path = _document(server, args.report, form, args.out or Path(f"{args.report.replace('_', '-')}.{form}"))
    if args.json:
        say_json({"written": str(path), "report": args.report, "format": form})
    else:
        say(f"Wrote {path}")
    return 0


def _explain(server: Server, args: Namespace) -> int:
    from throughline.cli.explain_command import LINE_DEPTH, TOTAL_DEPTH, show

    found = server.get("/explain?" + urlencode([("selector", word) for word in args.selector]))
    if args.json:
        say_json(found)
    else:
        is_line = any("/" in word for word in args.selector)
        show(found, args.depth if args.depth is not None else (LINE_DEPTH if is_line else TOTAL_DEPTH))
    return 0


def _check(server: Server, args: Namespace) -> int:
    from throughline.cli.check_command import show

    found = server.get("/plan")
    return show(found["findings"], found["run"]["digest"], args)


def _set(server: Server, args: Namespace) -> int:
    done = server.post("/assignments", {"assignments": args.assignments, "reason": args.reason})
    if args.json:
        say_json(done)
    else:
        say(f"Set {len(args.assignments)} value(s)." if done["changed"] else "Nothing changed.")
    return 0


def _undo(server: Server, args: Namespace) -> int:
    tag = server.call("GET", "/plan")[1]["ETag"]
    done = server.post("/undo", **{"If-Match": tag})
    if args.json:
        say_json(done)
    else:
        say(f"Undone: {done['what'].removeprefix('undo: ')}.")
    return 0


def _import(server: Server, args: Namespace) -> int:
    from throughline.cli.import_command import show

    answers = dict(assignment(text, "--answer", "ID=CHOICE") for text in args.answer)
    fields = {"answers": json.dumps(answers), "dry_run": "true" if args.dry_run else "false", "importer": args.importer}
    edge = secrets.token_hex(16)
    body = b"".join(
        [
            *(_part(edge, name, value.encode()) for name, value in fields.items()),
            *(_part(edge, "files", path.read_bytes(), path.name) for path in args.files),
            f"--{edge}--\r\n".encode(),
        ]
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}", "Idempotency-Key": edge}
    report = json.loads(server.call("POST", "/imports", body, **headers)[0])
    if args.json:
        say_json(report)
    else:
        show(report, server.address, answers)
    return 0 if report["done"] else 1


def _part(edge: str, name: str, data: bytes, file: str = "") -> bytes:
    """One part of a form (RFC 7578)."""
    harmless = file.replace("\\", "_").replace('"', "_").replace("\r", "_").replace("\n", "_")
    named = f'; filename="{harmless}"' if file else ""
    head = f'--{edge}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'
    return head.encode() + data + b"\r\n"


def _reason(error: HTTPError) -> str:
    try:
        told = json.loads(error.read(100_000))
        return str(told.get("detail") or told.get("title") or error.reason)
    except (ValueError, AttributeError):
        return f"{error.code} {error.reason}"
