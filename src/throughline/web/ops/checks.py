"""Checks of an installation: what each found, why it matters and what to do. `serve` refuses when a grave one fails."""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from throughline.web.ops import checks_data, checks_settings

LOOPBACK_NAMES = frozenset({"localhost"})


@dataclass(frozen=True)
class Check:
    """One thing looked at. `grave`: the server does not start while it fails."""

    id: str
    ok: bool
    found: str
    why: str
    remedy: str = ""
    grave: bool = True


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server on that address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host in LOOPBACK_NAMES


def before_start(host: str) -> list[Check]:
    """What can be known without the database."""
    near = is_loopback(host)
    return [
        _made("debug", "Error pages in debug mode show code and settings to whoever meets one.", checks_settings.debug),
        _made("hosts", "A server that answers to any name can be used to forge links in its mails.",
              lambda: checks_settings.hosts(near)),
        _made("demo", "The sample opens without a second factor, so it stays on this machine.",
              lambda: checks_settings.demo(near)),
        _made("transport", "Without https, sign-ins can be read on the way.",
              lambda: checks_settings.transport(near), grave=False),
        _made("session-key", "Who knows the key can sign in as anybody.", checks_settings.session_key),
        _made("key-files", "Who can read the keys can sign in as anybody and forge the audit log.",
              checks_settings.key_files),
        _made("data-folder", "Other accounts of this machine could read plans.", checks_data.folder),
        _made("file-system", "SQLite loses data on network file systems, whose locks do not hold.",
              checks_data.file_system),
        _made("free-space", "Imports, documents and backups need room beside the data.",
              checks_data.free_space, grave=False),
    ]  # fmt: skip


def with_database() -> list[Check]:
    """What the database itself says; a damaged one is asked nothing more."""
    whole = _made("integrity", "A damaged database must not be written to.", checks_data.integrity)
    if not whole.ok:
        return [whole]
    return [
        whole,
        _made("sqlite-version", "Older versions can damage their write-ahead log (sqlite.org/wal.html).",
              checks_data.safe_sqlite),
        _made("schema", "Tables of a newer version hold what this one would not keep.", checks_data.schema_known),
    ]  # fmt: skip


def in_service() -> list[Check]:
    """What matters while people work with it."""
    return [
        _made("worker", "Imports, documents and mails wait for a worker.", checks_data.worker, grave=False),
        _made("backup", "A backup that nobody read back is a hope.", checks_data.backup, grave=False),
        _made("files", "Plan records name files that must be there, unchanged.", checks_data.files),
        _made(
            "bytecode",
            "Without it every start compiles the program anew, which doubles its time.",
            checks_data.bytecode,
            grave=False,
        ),
        _made("audit-log", "The log proves who did what only while its chain is whole.", checks_data.audit_log),
    ]


Found = tuple[bool, str, str]  # good, what was found, what to do


def _made(id: str, why: str, look: Callable[[], Found], grave: bool = True) -> Check:  # noqa: A002 - the name it has
    ok, found, remedy = look()
    return Check(id, ok, found, why, "" if ok else remedy, grave)
