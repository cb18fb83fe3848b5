"""Django's management commands, for those who run the server: `python -m throughline.web.manage migrate`."""

import os
import sys

from throughline.web.config.database import prefer_safe_sqlite


def main() -> None:
    """Run one command of the command line."""
    prefer_safe_sqlite()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.web.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
