"""A list as a file to keep: never opened in the browser's frame, and noted in the audit."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from throughline.app.two_lists_page import Written
from throughline.web.audit.log import append


def as_file(written: Written, stem: str, rows: int) -> HttpResponse:
    """The file as a download; the audit keeps how many rows left the house."""
    append("list.downloaded", f"list/{stem}", rows=rows, form=written.suffix)
    answer = HttpResponse(written.data, content_type=written.media_type)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{stem}.{written.suffix}") or "attachment"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
