"""A file that cannot be read at all: raised while reading, turned into one finding at the border."""

from throughline.engine.findings import Finding, Severity


class Refused(Exception):  # noqa: N818 - a decision about the file, not an error of ours
    """The file is refused: `code` of the catalog and the arguments of its message."""

    def __init__(self, code: str, **args: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.args_of_message = args

    def finding(self, file: str) -> Finding:
        """The refusal as a finding about the file."""
        return Finding(self.code, Severity.ERROR, file, tuple(sorted((self.args_of_message | {"file": file}).items())))
