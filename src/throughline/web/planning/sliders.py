"""Runs prepared for levers, one for each plan, day and process; two people at the same one answer after each other."""

import gc
from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from threading import Lock, Thread

from throughline.app.rooms.refresh import Refresh, refresh
from throughline.app.what_if.fast import Answer, Slider
from throughline.web.planning.reading import Reading

KEPT = 8  # plans; each remembers a few hundred partial results
Key = tuple[str, str, date]
_kept: OrderedDict[Key, "Levers"] = OrderedDict()
_lock = Lock()


class Levers:
    """A prepared run that takes one question at a time; `standards` are the rows of the room's table."""

    def __init__(self, slider: Slider, page: Refresh | None) -> None:
        self._slider, self._turn = slider, Lock()
        self.levers = slider.levers
        rows = page.cents.table.rows if page else ()
        self.standards = [row.key.removeprefix("standard/") for row in rows if row.kind == "body"]
        # while the person reads the page; each answer lets others in between
        Thread(target=self._ahead, daemon=True, name="levers").start()

    def _ahead(self) -> None:
        for name, value in self._slider.ahead():
            self.answer({name: value})

    def answer(self, moved: Mapping[str, Decimal]) -> Answer:
        """Figures under moved levers; raises WhatIfError."""
        with self._turn:
            return self._slider.answer(moved)


def levers_of(reading: Reading) -> Levers:
    """The levers of a plan as it stands."""
    key = (str(reading.opened.root), reading.opened.manifest.digest, reading.day)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    made = Levers(Slider(reading.result), refresh(reading.room))
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        _settle()
    return made


def _settle() -> None:
    """Look through memory once now, and not at what is there again while levers move: a plan with its run is a million
    objects, and looking through them takes longer than many answers. What became garbage since is found the next time.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
