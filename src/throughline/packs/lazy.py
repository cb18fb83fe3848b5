"""Tables that are parsed when they are first looked into: most runs ask for few of the large ones."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TypeVar, overload

K = TypeVar("K")
V = TypeVar("V")
V_co = TypeVar("V_co", covariant=True)


class LazyTable(Mapping[K, V]):
    """A read-only mapping built at first use."""

    def __init__(self, build: Callable[[], Mapping[K, V]]) -> None:
        self._build = build

    @cached_property
    def _table(self) -> Mapping[K, V]:
        return self._build()

    def __getitem__(self, key: K) -> V:
        return self._table[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


class LazyRows(Sequence[V_co]):
    """A read-only sequence built at first use."""

    def __init__(self, build: Callable[[], Sequence[V_co]]) -> None:
        self._build = build

    @cached_property
    def _rows(self) -> Sequence[V_co]:
        return self._build()

    @overload
    def __getitem__(self, index: int) -> V_co: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[V_co]: ...
    def __getitem__(self, index: int | slice) -> V_co | Sequence[V_co]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)
