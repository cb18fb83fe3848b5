import re

import pytest

from tests.contracts.repository import ROOT, project_files, shown

# Written in pieces so that this file does not contain what it looks for.
PATHS = ["/" + "work/main", "/" + "work/shared", "/" + "tmp/h/", "/" + "opt/pypi"]
HOSTS = ["pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "registry.yarn" + "pkg.com"]
ADDRESS = re.compile(r"://|^-(i|-index|-extra|-find)", re.MULTILINE)
PIN = re.compile(r"^\S+==\S+( ;[^\\]*)? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")


def _texts() -> list[tuple[str, str]]:
    texts = []
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content[:4096] and len(content) < 5_000_000:
            texts.append((shown(path), content.decode("utf-8", errors="replace")))
    return texts


def test_no_file_names_a_folder_of_the_machine_it_was_written_on() -> None:
    found = [(name, path) for name, text in _texts() for path in PATHS if path in text]
    assert not found


def test_no_file_names_the_host_of_a_package_index() -> None:
    found = [(name, host) for name, text in _texts() for host in HOSTS if host in text]
    assert not found


@pytest.mark.parametrize("name", ["base", "dev"])
def test_lock_files_hold_pins_and_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "req" / f"{name}.lock").read_text(encoding="utf-8")
    assert not ADDRESS.search(text)
    odd = [line for line in text.splitlines() if not PIN.match(line) and not HASH.match(line)]
    assert not odd


def test_every_base_pin_is_the_same_for_developers() -> None:
    def pins(name: str) -> set[str]:
        lines = (ROOT / "req" / name).read_text(encoding="utf-8").splitlines()
        return {
            line.split()[0] for line in lines if PIN.match(line)
        }  # without the platforms, of which developers need more

    assert pins("base.lock") <= pins("dev.lock")


def test_the_lock_file_that_records_an_index_is_not_kept() -> None:
    assert ROOT / "uv.lock" not in project_files()
