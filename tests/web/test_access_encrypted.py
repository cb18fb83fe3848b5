"""The most sensitive class: unreadable in the database, readable with old keys, bound to its place, absent from lists."""

from pathlib import Path

import pytest
from django.db import connection

from throughline.web.access.encrypted import (
    UnreadableError,
    decrypt,
    encrypt,
    encrypt_anew,
    keyed_hash,
    sensitive_fields,
)
from throughline.web.accounts.models import IdentityProvider


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("THROUGHLINE_KEYS", str(tmp_path))
    return tmp_path


def test_what_is_encrypted_comes_back_and_never_looks_the_same_twice(keys: Path) -> None:
    first, second = encrypt("répondre à l’attaque", "t.c"), encrypt("répondre à l’attaque", "t.c")
    assert first != second
    assert "attaque" not in first
    assert decrypt(first, "t.c") == decrypt(second, "t.c") == "répondre à l’attaque"


def test_a_value_moved_to_another_place_or_changed_is_not_read(keys: Path) -> None:
    kept = encrypt("secret", "t.c")
    with pytest.raises(UnreadableError, match="cannot be read"):
        decrypt(kept, "t.other")
    with pytest.raises(UnreadableError):
        decrypt(kept[:-6] + ("A" if kept[-6] != "A" else "B") + kept[-5:], "t.c")


def test_old_keys_read_until_everything_is_written_anew(keys: Path, db: None) -> None:
    IdentityProvider.objects.create(word="w", kind="oidc", name="n", issuer="i", client_id="c", secret="quiet words")
    old = (keys / "field").read_text()
    (keys / "field").unlink()
    with pytest.raises(UnreadableError):
        IdentityProvider.objects.get()
    (keys / "field.old").write_text(old)
    assert IdentityProvider.objects.get().secret == "quiet words"
    assert encrypt_anew(IdentityProvider) == 1
    (keys / "field.old").unlink()
    assert IdentityProvider.objects.get().secret == "quiet words"


def test_the_database_sees_no_text_and_cannot_be_searched_for_it(keys: Path, db: None) -> None:
    IdentityProvider.objects.create(word="w", kind="oidc", name="n", issuer="i", client_id="c", secret="quiet words")
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM accounts_identityprovider")
        assert "quiet" not in cursor.fetchone()[0]
    with pytest.raises(TypeError, match="cannot be searched"):
        IdentityProvider.objects.filter(secret="quiet words").exists()
    with pytest.raises(TypeError, match="cannot be searched"):
        IdentityProvider.objects.filter(secret__icontains="quiet").exists()
    assert IdentityProvider.objects.filter(secret__isnull=False).exists()


def test_history_keeps_a_hash_that_needs_the_key_and_differs_by_place(keys: Path) -> None:
    assert keyed_hash("x", "t.c") == keyed_hash("x", "t.c")
    assert keyed_hash("x", "t.c") != keyed_hash("x", "t.d")
    before = keyed_hash("x", "t.c")
    (keys / "field").unlink()
    assert keyed_hash("x", "t.c") != before


def test_lists_and_exports_can_ask_which_fields_to_leave_out() -> None:
    assert sensitive_fields(IdentityProvider) == {"secret"}
