"""Views: tables over a result, one file per view."""
