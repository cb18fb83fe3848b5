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
    "TL-ENR-005": Message(
        "{count} {count:school|schools} with {pupils} pupils in fall {before} {count:has|have} none in fall {fall}: {names}. The plan "
        "expects no pupils there.",
        "Add the missing counts of that fall, or leave it so if the school has closed.",
    ),
    "TL-ENR-006": Message(
        "In fall {fall} the schools add up to {added} pupils, but the district's own row says {stated}. The plan uses the schools.",
        "Add the schools that are missing, or correct the row.",
    ),
    "TL-ENR-007": Message(
        "Nobody counted the students of {years}, so no cost per student is shown.",
        "Add the enrollment of these falls, or of a fall before them.",
    ),
    "TL-ENR-008": Message(
        "Nobody counted the students of {years}. Cost per student leaves {count:this year|these years} out.",
        "Add the enrollment of {count:this fall|these falls}, by grade.",
    ),
    "TL-ENR-009": Message(
        "{name} counts {pupils} students of the group {group} in fall {fall}, but {everybody} in all. The count is left out.",
        "Compare with the report and correct one of the two.",
    ),
    "TL-ENR-010": Message(
        "Nobody counted all students of {count} {count:school|schools} in fall {fall}, so {count:its|their} student groups are in no "
        "figure: {names}.",
        "Import the total with the groups, or the enrollment of that fall by school.",
    ),
}
