"""The start page tells those who run the installation what needs them, and nobody else."""

from collections.abc import Callable

from django.test import Client

from throughline.web.accounts.models import User


def test_who_runs_the_installation_is_told_of_a_missing_backup_and_worker(
    db: None, signed_in: Callable[[User], Client]
) -> None:
    operator = User.objects.create_user("operator@home.example", None, is_operator=True)
    page = signed_in(operator).get("/").content.decode()
    assert "No backup was made yet." in page
    assert "No worker is running" in page


def test_others_are_not(cast: dict[str, User], signed_in: Callable[[User], Client]) -> None:
    assert "backup" not in signed_in(cast["stranger"]).get("/").content.decode()
