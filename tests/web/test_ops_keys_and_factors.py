"""A new key for what is encrypted, without a moment when something is unreadable; and help for who lost every second factor."""

from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt as open_factor
from allauth.mfa.utils import encrypt as seal_factor
from django.test import Client

from throughline.web.access import encrypted
from throughline.web.access.scope import across_districts, within_district
from throughline.web.accounts.models import IdentityProvider, User
from throughline.web.audit.models import Entry
from throughline.web.config import keys
from throughline.web.districts.models import District
from throughline.web.ops import field_keys
from throughline.web.ops.reset_factors import reset_factors
from throughline.web.teamwork.mail import queue
from throughline.web.teamwork.models import MailMessage


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THROUGHLINE_KEYS", str(tmp_path))
    return tmp_path


@pytest.fixture
def filled(folder: Path, home: District) -> User:
    user = User.objects.create_user("kim@home.example", None)
    IdentityProvider.objects.create(word="w", kind="oidc", name="n", issuer="i", client_id="c", secret="quiet words")
    Authenticator.objects.create(user=user, type="totp", data={"secret": seal_factor("JBSWY3DPEHPK3PXP")})
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": seal_factor("seed"), "used_mask": 5})
    with within_district(home.pk):
        queue("kim@home.example", "Subject", "A text", "key/1", home.pk)
        queue("kim@home.example", "Subject", "sent and forgotten", "key/2", home.pk)
        MailMessage.objects.filter(key="key/2").update(body="")
    return user


def read_everything(user: User) -> list[Any]:
    totp, codes = Authenticator.objects.filter(user=user).order_by("pk")
    with across_districts():
        mail = list(MailMessage.objects.order_by("pk").values_list("body", flat=True))
    return [IdentityProvider.objects.get().secret, open_factor(totp.data["secret"]), open_factor(codes.data["seed"]),
            codes.data["used_mask"], *mail]  # fmt: skip


def test_every_value_gets_the_new_key_and_the_old_one_can_be_taken_away(folder: Path, filled: User) -> None:
    before = read_everything(filled)
    assert before == ["quiet words", "JBSWY3DPEHPK3PXP", "seed", 5, "A text\n", ""]
    assert field_keys.status() == field_keys.Held(4, 0, 0)
    old = (folder / "field").read_text()
    assert field_keys.rotate() == field_keys.Held(4, 0, 1, 4)
    assert (folder / "field").read_text() != old
    assert (folder / "field.old").read_text() == old
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert read_everything(filled) == before
    assert field_keys.retire() == field_keys.Held(4, 0, 0)
    assert not (folder / "field.old").exists()
    assert read_everything(filled) == before
    assert list(Entry.objects.filter(action__startswith="keys.").values_list("action", "actor").order_by("pk")) == [
        ("keys.rotated", "server"),
        ("keys.retired", "server"),
    ]


def test_what_a_request_in_flight_wrote_with_the_old_key_is_read_and_written_anew_before_the_key_goes(
    folder: Path, filled: User
) -> None:
    late = encrypted.encrypt("late words", "accounts.IdentityProvider.secret")
    field_keys.rotate()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_identityprovider SET secret = %s", [late])
    assert field_keys.status() == field_keys.Held(3, 1, 1)
    assert IdentityProvider.objects.get().secret == "late words"
    assert field_keys.retire() == field_keys.Held(4, 0, 0, 1)
    assert IdentityProvider.objects.get().secret == "late words"


def test_a_change_cut_short_is_finished_by_the_next(
    folder: Path, filled: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = read_everything(filled)
    with monkeypatch.context() as patch:
        patch.setattr(field_keys, "_write_anew", lambda: 0)
        field_keys.rotate()
    assert field_keys.status() == field_keys.Held(0, 4, 1)
    assert read_everything(filled) == before
    assert field_keys.rotate().older == 0
    assert field_keys.retire().old_keys == 0
    assert read_everything(filled) == before


def test_hashes_in_the_log_stay_provable_after_the_key_is_gone(folder: Path, filled: User) -> None:
    kept = encrypted.keyed_hash("confidential", "t.c")
    sealed = encrypted.encrypt("confidential", "t.c")
    field_keys.rotate()
    field_keys.retire()
    assert encrypted.is_hash_of(kept, "confidential", "t.c")
    assert not encrypted.is_hash_of(kept, "another", "t.c")
    assert not encrypted.is_hash_of(kept, "confidential", "t.d")
    assert encrypted.keyed_hash("confidential", "t.c") != kept
    with pytest.raises(encrypted.UnreadableError):
        encrypted.decrypt(sealed, "t.c")


def test_the_old_key_is_written_down_before_the_new_one_counts(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = keys.key("field")
    steps: list[str] = []
    real = keys._put
    monkeypatch.setattr(keys, "_put", lambda path, lines: (steps.append(path.name), real(path, lines)))
    keys.renew_field_key()
    assert steps == ["field.old", "field"]
    assert keys.more_keys(keys.OLD) == [first]


@pytest.mark.parametrize("mailed", [True, False])
def test_the_operator_removes_lost_factors_with_an_entry_and_a_mail(filled: User, settings: Any, mailed: bool) -> None:
    if mailed:
        settings.EMAIL_HOST = "127.0.0.1"
    else:
        settings.EMAIL_BACKEND, settings.EMAIL_HOST = "django.core.mail.backends.smtp.EmailBackend", ""
    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(filled)
    words = reset_factors(" Kim@Home.example")
    assert not Authenticator.objects.filter(user=filled).exists()
    assert browser.get("/account/security/").headers["Location"].startswith("/account/login/")
    entry = Entry.objects.get(action="second-factor.cleared")
    assert (entry.actor, entry.subject, entry.facts, entry.chain_id) == (
        "server",
        f"user/{filled.pk}",
        {"number": 2},
        0,
    )
    with across_districts():
        bodies = [row.body for row in MailMessage.objects.filter(subject="Your second factors were removed")]
    assert len(bodies) == int(mailed)
    assert ("on its way" in words) is mailed
    if mailed:
        assert "by who runs the server" in bodies[0]


def test_an_unknown_address_is_said_so(db: None) -> None:
    with pytest.raises(ValueError, match=r"no account x@y\.example"):
        reset_factors("x@y.example")
