"""What the pages say: their command lines, links and prose."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = "throughline"
INLINE = re.compile(r"(?<!`)`(throughline [^`]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*)$", re.MULTILINE)
COMMAND = re.compile(r"(?:\$ +)?(?:\.venv/bin/)?throughline\b")


@dataclass(frozen=True)
class Command:
    """One command line of a page, as words without the program's name."""

    page: str
    words: tuple[str, ...]
    in_block: bool

    def __str__(self) -> str:
        return f"{self.page}: throughline {shlex.join(self.words)}"


@cache
def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def pages(*folders: str) -> tuple[str, ...]:
    """Markdown pages below folders of the project, as paths from its root."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.md"))
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


def split(text: str) -> tuple[list[str], str]:
    """The code blocks of a page, fenced or indented after a blank line, and everything else."""
    blocks: list[str] = []
    rest: list[str] = []
    fence, inside = False, False
    for line in text.splitlines():
        if line.startswith("```"):
            fence = not fence
            if fence:
                blocks.append("")
        elif fence:
            blocks[-1] += line + "\n"
        elif line.startswith("    ") and (inside or not rest or not rest[-1].strip()):
            if not inside:
                blocks.append("")
            inside = True
            blocks[-1] += line[4:] + "\n"
        else:
            inside = False
            rest.append(line)
    return blocks, "\n".join(rest)


def commands(page: str) -> Iterator[Command]:
    """Every `throughline ...` of a page, in order: first those in blocks, then those in sentences."""
    blocks, rest = split(text_of(page))
    for block in blocks:
        for line in block.replace("\\\n", " ").splitlines():
            if COMMAND.match(line.strip()):
                words = shlex.split(line.strip().removeprefix("$ "), comments=True)
                yield Command(page, tuple(words[1:]), True)
    for match in INLINE.finditer(rest):
        yield Command(page, tuple(shlex.split(match[1])[1:]), False)


def links(page: str) -> list[str]:
    """Where the links and pictures of a page lead, addresses of other sites left out."""
    return [target for target in LINK.findall(split(text_of(page))[1]) if "://" not in target]


def anchors(page: str) -> set[str]:
    """The places of a page that a link can name, as the usual renderers derive them from headings."""
    heads = HEADING.findall(text_of(page))
    return {re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", head).lower()).strip().replace(" ", "-") for head in heads}


def prose(page: str) -> str:
    """The sentences of a page: no code, tables, headings or marks."""
    lines = [line for line in split(text_of(page))[1].splitlines() if not line.startswith(("#", "|", "<!--", "!["))]
    text = re.sub(r"`[^`]*`", "it", "\n".join(lines))
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text).replace("*", "")
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- |\d+\. )", text)]
    return " ".join(part if part.endswith((".", "!", "?", ":")) else part + "." for part in paragraphs if part)
