"""Findings stand in board documents and on pages, so their words name no command, file or field; commands stand apart."""

import re

import pytest

from throughline.app.messages import message_catalog

MESSAGES = message_catalog().messages
TECHNICAL = re.compile(r"throughline|`|\bPLAN\b|--\w|\b[a-z]+_[a-z_]+\b|\w=\w")


def bare(text: str) -> str:
    """The words without their slots."""
    return re.sub(r"\{[^}]*\}", "", text)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_sentence_and_remedy_are_plain_words(code: str) -> None:
    message = MESSAGES[code]
    assert not TECHNICAL.search(bare(message.text))
    assert not TECHNICAL.search(bare(message.remedy))


def test_every_command_is_one_that_a_terminal_knows() -> None:
    from throughline.cli.main import COMMANDS

    named = {found for message in MESSAGES.values() for found in re.findall(r"throughline (\w+)", message.command)}
    assert named
    assert named <= set(COMMANDS)
