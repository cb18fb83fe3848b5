"""The app: pages that compare with what was adopted find it through this package."""

from django.apps import AppConfig


class TeamworkConfig(AppConfig):
    """Shared work."""

    name = "throughline.web.teamwork"
    label = "teamwork"

    def ready(self) -> None:
        """Register how the version in force is found."""
        from throughline.web.teamwork import versions  # noqa: F401 - registers itself
