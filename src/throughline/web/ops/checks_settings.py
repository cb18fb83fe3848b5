"""Checks of settings and keys. Each returns whether it is well, what was found, and what to do."""

import os
import stat

from django.conf import settings

from throughline.web.config.keys import NAMES, key, key_folder

SHORTEST_KEY = 43  # 32 random bytes as text; NIST SP 800-57 part 1
KNOWN = ("django-insecure", "changeme", "secret")
DEFAULT_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def debug() -> tuple[bool, str, str]:
    """DEBUG is off; there is no reason to have it on in an installation."""
    if settings.DEBUG:
        return False, "debug mode is on", "Take DEBUG out of the settings module in use."
    return True, "debug mode is off", ""


def hosts(near: bool) -> tuple[bool, str, str]:
    """The names the server answers to are said, one by one."""
    names = list(settings.ALLOWED_HOSTS)
    advice = "Set THROUGHLINE_HOSTS to the names people type, by comma: THROUGHLINE_HOSTS=plan.district.example"
    if not names:
        return False, "no name is allowed", advice
    if any("*" in name or name.startswith(".") for name in names):
        return False, f"any name is allowed ({', '.join(names)})", advice
    if not near and set(names) <= set(DEFAULT_HOSTS):
        return False, "the server is reachable from outside but answers to this machine's own names only", advice
    return True, f"answers to {', '.join(names)}", ""


def demo(near: bool) -> tuple[bool, str, str]:
    """The sample's easy sign-in stays on this machine."""
    if settings.DEMO and not near:
        return False, "the sample would be reachable from outside", "Unset THROUGHLINE_DEMO, or use --host 127.0.0.1."
    return True, "the sample's sign-in is " + ("on, on this machine only" if settings.DEMO else "off"), ""


def transport(near: bool) -> tuple[bool, str, str]:
    """People reach it by https."""
    if near or settings.SECURE:
        return True, f"people reach it at {settings.PUBLIC_URL}", ""
    return (
        False,
        f"people reach it at {settings.PUBLIC_URL}, which is not https",
        "Put a reverse proxy with a certificate before it and set THROUGHLINE_URL=https://... (docs/guides/reverse-proxy.md).",
    )


def session_key() -> tuple[bool, str, str]:
    """The key that signs sessions is long and ours."""
    text = str(settings.SECRET_KEY)
    if len(text) < SHORTEST_KEY or len(set(text)) < 12 or any(word in text.lower() for word in KNOWN):
        path = key_folder() / "session"
        return (
            False,
            "the session key is short or a known one",
            f"Delete {path}; a new one is made, and people sign in again.",
        )
    return True, f"the session key has {len(text)} characters", ""


def key_files() -> tuple[bool, str, str]:
    """Every key is there and readable by this account only."""
    if os.name == "nt":
        return True, "access lists of Windows are not looked at", ""
    open_to_others = []
    for name in NAMES:
        key(name)
        mode = stat.S_IMODE((key_folder() / name).stat().st_mode)
        if mode & 0o077:
            open_to_others.append(name)
    if open_to_others:
        return False, f"other accounts can read {', '.join(open_to_others)}", f"chmod 600 {key_folder()}/*"
    return True, f"{len(NAMES)} keys in {key_folder()}, readable by this account only", ""
