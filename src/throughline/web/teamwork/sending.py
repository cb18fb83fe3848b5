"""Send a file so that no browser runs anything in it: as an attachment, in a sandbox, with its kind stated."""

from pathlib import Path

from django.http import FileResponse, Http404

from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.teamwork.documents import file_of
from throughline.web.teamwork.models import BuiltDocument

SANDBOX = "sandbox; default-src 'none'"


def send(path: Path, name: str, media_type: str, attachment: bool = True) -> FileResponse:
    """The file; 404 when it is gone."""
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=attachment, filename=name, content_type=media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def send_document(district: District, row: BuiltDocument) -> FileResponse:
    """A built document, with an entry in the log."""
    name = f"{district.slug}-{row.report.replace('_', '-')}-{row.run[:12]}.{row.form}"
    answer = send(file_of(district, row), name, row.media_type)
    append("document.downloaded", f"document/{row.pk}", digest=row.digest)
    return answer
