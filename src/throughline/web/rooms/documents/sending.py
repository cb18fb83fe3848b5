"""Send a file so that no browser runs anything in it: as an attachment, in a sandbox, with its kind stated."""

from pathlib import Path

from django.http import FileResponse, Http404

SANDBOX = "sandbox; default-src 'none'"


def send(path: Path, name: str, media_type: str, attachment: bool = True) -> FileResponse:
    """The file; 404 when it is gone."""
    if not path.is_file():
        raise Http404
    answer = FileResponse(path.open("rb"), as_attachment=attachment, filename=name, content_type=media_type)
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer
