"""What stages found, by what it depends on; the least recently used is forgotten first."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Found = TypeVar("Found")


class Remembered(OrderedDict[Hashable, Any]):
    """At most so many entries."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def __getitem__(self, key: Hashable) -> Any:
        self.move_to_end(key)
        return super().__getitem__(key)

    def __setitem__(self, key: Hashable, value: Any) -> None:
        super().__setitem__(key, value)
        while len(self) > self.most:
            del self[next(iter(self))]

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What was found under a key, made when it is not there."""
        if key not in self:
            self[key] = make()
        return self[key]  # type: ignore[no-any-return]
