"""Names the asset class of an inventory row from the words in its category and model; the words are data.

Rule: phrases of the catalog `device_words` are tried in the order of the file, each in the category, then in the model;
the first found decides. Order says what outranks what: a Chromebook charger is no Chromebook, a Chromebook no laptop.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from throughline.engine.refs import PackRef
from throughline.packs.schema import CITED, cited
from throughline.packs.strict_csv import read_csv

COLUMNS = ("phrase", "asset_class", *CITED)


@dataclass(frozen=True, slots=True)
class DeviceWords:
    """A phrase and the class it means; `phrase` is in the form `spoken` gives."""

    phrase: str
    asset_class: str
    ref: PackRef


def load_device_words() -> tuple[DeviceWords, ...]:
    """The shipped phrases, most decisive first. Raises PackError."""
    file = files("throughline.packs") / "catalogs" / "device_words" / "device_words.csv"
    return read_device_words(file.read_bytes(), "catalogs/device_words/device_words.csv")


def read_device_words(data: bytes, file: str) -> tuple[DeviceWords, ...]:
    """The phrases of a file, in its order."""
    rows = read_csv(data, file, COLUMNS, ("phrase",))
    return tuple(
        DeviceWords(
            phrase=spoken(row.text("phrase")),
            asset_class=row.text("asset_class"),
            ref=cited(row, f"device-words/{row.text('phrase')}"),
        )
        for row in rows
    )


def classify(category_raw: str, model_raw: str, words: Sequence[DeviceWords]) -> str:
    """The asset class, '' when no phrase is found: the caller reports what it could not name."""
    category, model = f" {spoken(category_raw)} ", f" {spoken(model_raw)} "
    for row in words:
        phrase = f" {row.phrase} "
        if phrase in category or phrase in model:
            return row.asset_class
    return ""


@lru_cache(maxsize=4096)
def spoken(text: str) -> str:
    """Lower case words in the singular, without punctuation."""
    return " ".join(_singular(word) for word in re.findall(r"[a-z0-9]+", text.lower()))


def _singular(word: str) -> str:
    if word.endswith(("ches", "xes", "shes")):
        return word[:-2]
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "os"))
    return word[:-1] if plural else word
