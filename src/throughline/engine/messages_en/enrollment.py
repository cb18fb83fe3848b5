"""English words of the findings on enrollment (TL-ENR)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-ENR-001": Message(
        "The report says {pupils} pupils in grade {grade} in fall {fall}; the classes before and after suggest about "
        "{expected}. The count is left out of the projection.",
        "Check the report of that fall. If the count is right, enter the coming falls yourself.",
    ),
    "TL-ENR-002": Message(
        "The latest fall ({fall}) has {pupils} pupils in grade {grade}; about {expected} were to be expected. It is used as reported.",
        "Check the report before device counts rest on it.",
    ),
    "TL-ENR-003": Message(
        "Grade {grade} has no pupils in fall {fall} where about {expected} were to be expected; it is taken as not reported.",
        "Add the count, or leave it out if the grade was closed.",
    ),
    "TL-ENR-004": Message(
        "Grade {grade} and its neighbours have no pupils in fall {fall}; they are taken as closed and not projected.",
        "Add the counts if these grades still exist.",
    ),
}
