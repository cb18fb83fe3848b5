"""What the server runs: the WSGI application."""

import os

from throughline.web.config.database import prefer_safe_sqlite

prefer_safe_sqlite()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "throughline.web.config.settings")

from django.core.wsgi import get_wsgi_application  # noqa: E402  the settings module must be named before

application = get_wsgi_application()
