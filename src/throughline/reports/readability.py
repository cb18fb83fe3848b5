"""Reading grade of English prose: Flesch-Kincaid grade level, with our own count of syllables.

grade = 0.39 words / sentences + 11.8 syllables / words - 15.59 (J. P. Kincaid and others, "Derivation of new readability
formulas", Naval Technical Training Command, Research Branch Report 8-75, 1975). Syllables are groups of vowels, less the
silent ones, more where two vowels are spoken apart, with a short list of exceptions; tests pin the count to published texts.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from throughline.reports.document import Block, Bullets, Document, Lead, Missing, Paragraph, Terms, plain

WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
END = re.compile(r"[.!?]+[\"'”’)]*(?=\s|$)")
VOWELS = re.compile(r"[aeiouyà-ÿ]+")
APART = re.compile(
    r"[aeiouy]ing"  # being, renewing
    r"|(?<![cgstx])ia(?!g|r)|(?<![cgstx])io(?!u)|iu|[^aeiou]ier$"  # appliance, studio, triumph, easier
    r"|(?<![qg])ua|ue(?=l|nt)|(?<!q)uit[yi]|eo(?!u|ple)|eate|eati|iet|ience|oe(?=t)|[^q]uous"  # annual, fluent, video, create, quiet
)
SILENT = re.compile(
    r"(?<=[a-z]{2})(?:"
    r"(?<![aeiouyl])e"  # time
    r"|(?<=[aeiouyr])le|(?<=[aeo]l)e"  # role, schedule
    r"|(?<![aeiouylscxzgh])es|(?<=[aeiou]l)es"  # times, roles, but tables, touches
    r"|(?<![aeioutdl])ed|(?<=[aeiourl]l)ed"  # used, ruled, called, but settled
    r")$"
)
MIDDLE = re.compile(
    r"[aeiouy][bcdfgklmnprstvz]e(?:ly|ment|ments|ful|less|ness|where|thing|times?|work|house|houses|self)$"
)
EXCEPTIONS = {
    "area": 3, "areas": 3, "business": 2, "every": 3, "everyone": 4, "everything": 4, "idea": 3, "ideas": 3, "levied": 2,
    "people": 2, "real": 1, "science": 2, "something": 2, "sometimes": 2, "someone": 2, "somewhere": 2, "their": 1, "theirs": 1,
    "tired": 1, "ishmael": 2, "principle": 3, "toward": 2, "towards": 2, "being": 2, "whenever": 3, "evening": 2, "hours": 1,
    "hour": 1, "our": 1, "ours": 1, "used": 1, "lied": 1, "knaves": 1, "nerve": 1, "risk": 1, "rhythm": 2, "doesn": 2, "isn": 2,
    "didn": 2, "wasn": 2, "couldn": 2, "wouldn": 2, "shouldn": 2, "hasn": 2, "haven": 2, "don": 1, "won": 1, "aren": 1, "weren": 1,
    "ll": 0, "re": 0, "ve": 0, "em": 1, "fy": 2, "milestone": 2, "milestones": 2, "pdf": 3, "ua": 2,
}  # fmt: skip


def syllables(word: str) -> int:
    """Syllables of one English word; the parts of a hyphenated word are added up."""
    parts = [part for part in re.split(r"[-’']", word.lower()) if part and part not in ("s", "t", "d", "m")]
    return max(1, sum(_syllables(part) for part in parts))


def _syllables(word: str) -> int:
    if word in EXCEPTIONS:
        return EXCEPTIONS[word]
    groups = len(VOWELS.findall(word)) + len(APART.findall(word))
    groups -= bool(SILENT.search(word)) + bool(MIDDLE.search(word))
    return max(1, groups)


def counts(text: str) -> tuple[int, int, int]:
    """Words, sentences and syllables of a text; a token without letters is no word."""
    words = WORD.findall(text)
    sentences = len(END.findall(text)) or 1
    return len(words), sentences, sum(map(syllables, words))


def grade(text: str) -> Decimal:
    """Flesch-Kincaid grade level to two decimals; raises ValueError for a text without words."""
    words, sentences, spoken = counts(text)
    if not words:
        raise ValueError("a text without words has no reading grade")
    value = Decimal("0.39") * words / sentences + Decimal("11.8") * spoken / words - Decimal("15.59")
    return value.quantize(Decimal("0.01"))


def prose(document: Document) -> list[str]:
    """The sentences of a document: leads, paragraphs, list items and meanings that end as sentences do."""
    found = (text for block in document.blocks for text in _texts(block))
    return [text for text in found if text.rstrip().endswith((".", "!", "?")) and len(WORD.findall(text)) > 3]


def _texts(block: Block) -> Iterable[str]:
    match block:
        case Lead() | Paragraph():
            yield plain(block.text)
        case Bullets():
            yield from (plain(item) for item in block.items)
        case Terms():
            yield from (plain(text) for _, text in block.items)
        case Missing():
            yield block.remedy
        case _:
            return
