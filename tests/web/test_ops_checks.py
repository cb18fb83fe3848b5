"""Checks of an installation that need no process of their own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from throughline.web.ops import checks, checks_data, checks_settings, status
from throughline.web.ops.serve import address, free_port

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/share nfs4 rw 0 0
//files/plans /mnt/with\\040space cifs rw 0 0
tmpfs /srv/share/local tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/throughline", "ext4"),
        ("/srv/share/data", "nfs4"),
        ("/srv/shared", "ext4"),
        ("/mnt/with space/data", "cifs"),
        ("/srv/share/local/data", "tmpfs"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_the_nearest_mount(path: str, kind: str) -> None:
    assert checks_data.file_system_of(Path(path), MOUNTS) == kind


def test_network_file_systems_are_known_by_name() -> None:
    assert {"nfs4", "cifs"} <= checks_data.NETWORK
    assert "ext4" not in checks_data.NETWORK


@pytest.mark.parametrize(
    ("host", "near"),
    [("127.0.0.1", True), ("::1", True), ("[::1]", True), ("localhost", True), ("0.0.0.0", False), ("10.0.0.5", False)],
)
def test_what_only_this_machine_reaches(host: str, near: bool) -> None:
    assert checks.is_loopback(host) is near


def test_a_known_or_short_key_is_refused(settings: Any) -> None:
    for key in ("short", "django-insecure-" + "x1y2z3" * 10, "a" * 64):
        settings.SECRET_KEY = key
        assert not checks_settings.session_key()[0], key


def test_debug_mode_is_refused(settings: Any) -> None:
    settings.DEBUG = True
    assert not checks_settings.debug()[0]


def test_plain_http_from_outside_is_noted(settings: Any) -> None:
    assert checks_settings.transport(near=True)[0]
    assert not checks_settings.transport(near=False)[0]
    settings.SECURE = True
    assert checks_settings.transport(near=False)[0]


def test_the_age_of_the_last_proven_backup_is_told(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHLINE_DATA", str(tmp_path))
    assert "No backup was made yet." in [notice.words for notice in status.warnings()]
    at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
    status.note_backup(tmp_path / "x.zip", at, "0" * 64)
    assert status.last_proven() == at
    assert "backup" not in [notice.id for notice in status.warnings(at + timedelta(hours=47))]
    assert "backup" in [notice.id for notice in status.warnings(at + timedelta(hours=49))]


def test_a_server_finds_a_free_port_and_names_its_address() -> None:
    port = free_port("127.0.0.1", 0)
    assert port > 0
    assert address("::1", 8000) == "http://[::1]:8000"
    assert address("0.0.0.0", 80) == "http://127.0.0.1:80"
