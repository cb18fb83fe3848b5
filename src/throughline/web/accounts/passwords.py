"""Password hashing with a bound on memory, and the one length rule that Django lacks."""

from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.exceptions import ValidationError
from django.utils.translation import gettext

AT_ONCE = BoundedSemaphore(2)  # each hash takes 100 MiB; more at once would let a burst of sign-ins fill the memory
LONGEST = 128


class LimitedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id (RFC 9106), at most two at once in a process."""

    def encode(self, password: str, salt: str) -> Any:
        """The encoded hash."""
        with AT_ONCE:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """Whether the password fits."""
        with AT_ONCE:
            return bool(super().verify(password, encoded))


class MaximumLengthValidator:
    """Refuse passwords longer than 128 characters: a hash of megabytes is a way to stop a server."""

    def validate(self, password: str, user: object = None) -> None:
        """Raise ValidationError when it is too long."""
        if len(password) > LONGEST:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self) -> str:
        """The rule in words."""
        return gettext("A password has at most {longest} characters.").format(longest=LONGEST)
