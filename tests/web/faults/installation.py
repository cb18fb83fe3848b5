"""An installation of its own for a test: data folder, database, real processes; nothing of the test's own settings reaches it."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[3]
SETTINGS = "tests.web.faults.site"


@dataclass
class Answer:
    """What a server said."""

    status: int
    text: str

    def json(self) -> Any:
        """The body."""
        return json.loads(self.text)


@dataclass
class Installation:
    """A data folder and the environment its processes run in."""

    data: Path
    url: str = ""
    settings: str = "throughline.web.config.settings"
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """The environment of every process of this installation."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("THROUGHLINE_", "DJANGO_"))}
        kept.pop(
            "PYTHONDONTWRITEBYTECODE", None
        )  # an installation keeps its bytecode; compiling doubles the time of a start
        kept["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / f"throughline-bytecode-{os.getuid()}")
        kept |= {"THROUGHLINE_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": self.settings}
        kept["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        if self.url:
            kept["THROUGHLINE_DATABASE_URL"] = self.url
        return kept | self.more

    def run(self, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """One command of the command line."""
        return self._run(["-m", "throughline.cli.main", *words], check)

    def script(self, code: str, check: bool = True) -> Any:
        """Python in a process of this installation, Django loaded; what it prints is read as JSON."""
        done = self._run(["-c", f"from throughline.web.ops.start import start\nstart()\n{code}"], check)
        return json.loads(done.stdout) if done.stdout.strip() else None

    def _run(self, words: list[str], check: bool) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False, cwd=ROOT
        )
        assert not check or done.returncode == 0, f"{words[1:3]}: {done.stdout}\n{done.stderr}"
        return done

    def copy(self, target: Path) -> "Installation":
        """The same data in another folder."""
        shutil.copytree(self.data, target)
        target.chmod(0o700)
        return Installation(target, self.url, self.settings, dict(self.more))


@dataclass
class Server:
    """`throughline serve` of an installation."""

    home: Installation
    port: int
    process: "subprocess.Popen[str]"
    log: Path

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, cookie: str = "", timeout: float = 60, **form: str) -> Answer:
        """GET, or POST of a form; raises OSError when the server does not answer."""
        headers = {"Cookie": cookie} if cookie else {}
        data = None
        if form:
            data = urllib.parse.urlencode(form).encode()
            token = cookie.partition("throughline_csrf=")[2].partition(";")[0]
            headers |= {"X-CSRFToken": token}
        request = urllib.request.Request(self.address + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return Answer(answer.status, answer.read().decode())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(errors="replace"))

    def wait(self, seconds: float = 90) -> float:
        """Until it serves; how long that took."""
        began = time.monotonic()
        while True:
            with contextlib.suppress(OSError):
                if self.ask("/health", timeout=5).status == 200:
                    return time.monotonic() - began
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() - began < seconds, self.log.read_text()
            time.sleep(0.05)

    def parts(self) -> dict[str, list[psutil.Process]]:
        """Processes by what they do: main, web, worker, job."""
        main = psutil.Process(self.process.pid)
        found: dict[str, list[psutil.Process]] = {"main": [main], "web": [], "worker": [], "job": []}
        for child in main.children():
            with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
                if any("jobs.worker" in word for word in child.cmdline()):
                    found["worker"].append(child)
                    found["job"] += child.children()
                else:
                    found["web"].append(child)
        return found

    def end(self) -> int:
        """SIGTERM; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def kill(self) -> None:
        """Kill -9 of the main process; its children end by themselves."""
        children = psutil.Process(self.process.pid).children(recursive=True) if self.process.poll() is None else []
        self.process.kill()
        self.process.wait()
        psutil.wait_procs(children, timeout=90)


def free_port() -> int:
    """A port nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(home: Installation, *words: str, port: int = 0) -> Server:
    """Start `throughline serve`; it may not serve yet."""
    chosen = port or free_port()
    log = home.data.parent / f"{home.data.name}.log"
    with log.open("a") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "throughline.cli.main", "serve", "--port", str(chosen), *words],
            env=home.environment, stdout=stream, stderr=stream, text=True, cwd=ROOT,
        )  # fmt: skip
    return Server(home, chosen, process, log)


@contextlib.contextmanager
def serving(home: Installation, *words: str) -> Iterator[Server]:
    """A server that serves, ended afterwards."""
    server = serve(home, *words)
    try:
        server.wait()
        yield server
    finally:
        server.end()


PERSON = """
import json
from throughline.engine.plan.district import District as Record
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import Membership, User
from throughline.web.districts.models import District
from throughline.web.ops.schema import bring_up_to_date
from throughline.web.planning.store import begin

bring_up_to_date()
user = User.objects.create_user("pat@home.example", None, name="Pat", is_operator=True)
made = District.objects.create(slug="home", name="Home")
Membership.objects.create(user=user, district=made, role="district_admin")
with within_district(made.pk):
    begin(made, Record("home", "Home", "NJ", 7))
print(json.dumps({"user": user.pk, "district": made.pk}))
"""

SESSION = """
import json
from django.conf import settings
from django.test import Client
from throughline.web.accounts.models import User
client = Client(SERVER_NAME="127.0.0.1")
client.force_login(User.objects.get(email="pat@home.example"))
client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
print(json.dumps("; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())))
"""


def with_person(home: Installation) -> str:
    """Make a district with its administrator; a cookie that is signed in, without a second factor as in the demo."""
    home.more["THROUGHLINE_DEMO"] = "1"
    home.script(PERSON)
    return str(home.script(SESSION))
