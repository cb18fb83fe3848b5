"""Files in: imports with preview and answers."""

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from ninja import File, Form, Router
from ninja.errors import HttpError
from ninja.files import UploadedFile

from throughline.app import catalogue
from throughline.app.import_source import import_files
from throughline.app.import_words import show_import
from throughline.app.records import FolderError
from throughline.web.api import shapes
from throughline.web.api.once import once
from throughline.web.api.routes.plan import WRITES
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

router = Router(tags=["files"])
MOST_FILES, MOST_BYTES = 20, 500 << 20


NOBODY = dict.fromkeys((400, 401, 403, 429), shapes.Problem)


@router.get("/importers", response={200: list[dict[str, Any]], **NOBODY}, url_name="importers")
def importers(request: Any) -> Any:
    """What can be imported."""
    return catalogue.importers()


@router.post(
    "/districts/{slug:district}/imports",
    response={200: dict[str, Any], 413: shapes.Problem, **WRITES},
    url_name="imports",
)
def imports(
    request: Any,
    district: str,
    files: File[list[UploadedFile]],
    answers: Form[str] = "{}",
    dry_run: Form[bool] = False,
    importer: Form[str] = "",
) -> Any:
    """Import files as one step. `answers`: a JSON object of question id to answer. A dry run writes nothing."""
    told = _answers(answers)
    if importer and importer not in catalogue.importer_ids():
        raise HttpError(422, f"importer: there is no {importer[:60]}")
    if len(files) > MOST_FILES:
        raise HttpError(422, f"files: at most {MOST_FILES} at once")
    if sum(item.size or 0 for item in files) > MOST_BYTES:
        raise HttpError(413, "files: at most 500 MB at once")

    def work() -> Any:
        scratch = Path(tempfile.mkdtemp(prefix="throughline-upload-"))
        try:
            paths = [_kept(scratch / str(number), item) for number, item in enumerate(files)]
            hints = {"importer": importer} if importer else {}
            day = store.day_of(PlanHead.objects.get())
            done = import_files(store.open_district(request.district), paths, day, told, dry_run, hints)
            return show_import(done, told)
        except FolderError as error:
            raise HttpError(409, str(error)) from None
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    return once(request, [[item.name, item.size] for item in files] + [told, dry_run, importer], work)


def _answers(text: str) -> dict[str, str]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        raise HttpError(422, "answers: write a JSON object of question id to answer") from None
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise HttpError(422, "answers: write a JSON object of question id to answer")
    return found


def _kept(folder: Path, item: UploadedFile) -> Path:
    """The file under a name of its own folder; the sent name is kept as its last part, made harmless."""
    folder.mkdir(mode=0o700)
    name = "".join(sign for sign in Path(item.name or "file").name if sign.isprintable() and sign not in '/\\:*?"<>|')
    path = folder / (name.strip(". ")[-120:] or "file")
    with path.open("wb") as stream:
        for piece in item.chunks():
            stream.write(piece)
    return path
