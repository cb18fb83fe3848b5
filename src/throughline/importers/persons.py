"""Which headings are about persons: their columns are dropped while reading, named and counted.

An inventory needs counts and places, not names. Free-text notes count as well, because people write names into them.
"""

import re
from typing import Literal

from throughline.importers.reading.table import clean_header

WORDS_APART = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-./:]+")
STUDENT = re.compile(
    r"\b(?:student|pupil|learner|guardian|parent)s?\b(?!\s*(?:count|device|laptop|chromebook|fee|use|price|ratio|/|or\b))"
    r"|\b(?:ssn|social security|date of birth|birth ?date|dob|state id|lunch (?:number|status)|ethnicity|race|gender|iep)\b"
)
NEVER = re.compile(
    r"\b(?:total|number of|count|enrollment|enrolled|pupils|students|per)\b"
    r"|^(?:student|pupil) (?:sub ?)?(?:groups?|populations?)$|^(?:english|multilingual)(?: language)? learners$"  # groups
)
PERSON = re.compile(
    r"^(?:annotated user|(?:most )?recent users?|user|user ?name|user id|owner|holder|custodian|teacher|manager|manager username"
    r"|primary user|assigned user|last user|last logged in user|logged in (?:by|user)|employee(?: (?:name|id|number))?"
    r"|staff (?:name|member)|(?:first|last|full|middle|given|family|sur|preferred(?: (?:first|given|middle|last|family))?) ?name"
    r"|contact(?: (?:name|person))?|e ?mail(?: address)?|phone(?: number)?"
    r"|requested by|received by|entered by|created by|updated by|modified by|ordered by|buyer|requisitioner|approved by|requester"
    r"|assigned(?: to)?(?: (?:name|user|person|email|username))?|issued to|loaned to|borrower|licensed to (?:name|email)|address2?"
    r"|managed ?by(?: user)?|users login|upn|(?:primary |enrolled by |last )?user (?:principal name|upn|display name|email address|id)"
    r"|(?:user )?display name|last ?logged(?: on| in)?(?: user|user)|user domain|userdomain"
    r"|owner (?:name|id|number|grade|user ?name|school id.*)"
    r"|managed apple id|apple id|real ?name)$"
    r"|pass ?(?:word|code|wd)|^(?:sms|pronouns|user ids|user master identifier|agent sourced ids|birth ?(?:date|city|place))$"
    r"|^checked out(?: to)?\b|\b(?:user|owner|assignee|employee|staff) ?e ?mail\b|\bemail\b|^assigned to\b"
)
NOTES = re.compile(r"\b(?:notes?|comments?|remarks?|memo)\b")


def person_kind(heading: str) -> Literal["", "person", "student", "notes"]:
    """What kind of person's data the heading announces, '' for none."""
    words = " ".join(WORDS_APART.sub(" ", clean_header(heading)).casefold().split())
    if STUDENT.search(words) and not NEVER.search(words):
        return "student"
    if PERSON.search(words):
        return "person"
    return "notes" if NOTES.search(words) else ""
