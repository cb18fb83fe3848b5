"""The reading process: `python -m throughline.importers.child FOLDER`, started by `intake.read` and by nobody else.

It takes `request.json` from the private folder, confines itself, reads, and leaves `outcome.json` (and
`staged.parquet`). If it fails, the error stream names the kind of error and the place in our code, never a value from
the file.
"""

import json
import sys
import traceback
from pathlib import Path
from types import TracebackType

from throughline.importers.limits import Limits, confine

REQUEST, RESULT = "request.json", "outcome.json"


def main(folder: Path) -> None:
    """Answer the request in `folder`."""
    request = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    confine(Limits(**request["limits"]))
    # Imported under the limits, so that what these libraries do while loading is confined as well.
    from throughline.importers.codec import from_json, outcome_to_json
    from throughline.importers.reading.upload import Upload
    from throughline.importers.refused import REFUSED, write_refused
    from throughline.importers.run import read_here
    from throughline.importers.session import EVERY_FINDING

    upload = Upload(request["name"], request["digest"], Path(request["path"]))
    memories = {memory.id: memory for memory in from_json(request["memories"])}
    outcome = read_here(upload, memories, request["answers"], request["hints"], folder)
    if EVERY_FINDING in request["hints"]:
        write_refused(upload, outcome, folder / REFUSED)
    (folder / RESULT).write_text(json.dumps(outcome_to_json(outcome)), encoding="utf-8")


def say_where(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The last frame of ours and the kind of error; messages may quote the file, so they stay unsaid."""
    frames = [frame for frame in traceback.extract_tb(trace) if "throughline" in frame.filename]
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "start"
    sys.stderr.write(f"{kind.__name__} at {place}")
    del error


if __name__ == "__main__":
    sys.excepthook = say_where
    main(Path(sys.argv[1]))
