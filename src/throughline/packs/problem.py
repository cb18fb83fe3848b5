"""PackError: a pack that cannot be read, with file and line; a fault of the pack's author, never of a district."""


class PackError(ValueError):
    """What is wrong in a pack, where; `line` is 1-based, 0 when it is about the whole file."""

    def __init__(self, file: str, line: int, message: str) -> None:
        super().__init__(f"{file}:{line}: {message}" if line else f"{file}: {message}")
        self.file = file
        self.line = line
        self.message = message
