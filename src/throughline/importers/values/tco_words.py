"""Everyday category words -> TCO codes, as suggestions that are shown before they are used.

Codes are those of the TCO category catalog (D1 hardware, D2 software, D3 connectivity, D4 labor, D5 services, D6
deployment and disposal, D7 insurance). A text that already is a code stays one; words that fit no row give no code.
"""

import re

_CODE = re.compile(r"D[1-7]\.[1-9]", re.IGNORECASE)
# First match wins, so the narrower words stand above the wider ones.
_WORDS: tuple[tuple[str, str], ...] = (
    ("D7.1", r"cyber.?(?:liability|insurance)|incident retainer"),
    ("D5.2", r"repair|warrant(?:y|ies)|accidental|protection plan|insurance"),
    ("D5.4", r"lease|leasing|financ(?:e|ing) payment"),
    (
        "D2.4",
        r"endpoint|antivirus|edr\b|mdr\b|siem|mfa\b|multi.?factor|web filter|content filter|security software|backup software",
    ),
    ("D1.5", r"camera|door access|access control|badge|panic|physical security|alarm"),
    ("D3.3", r"phone|telephon|voip|paging|intercom"),
    ("D3.1", r"internet|wan\b|fiber service|broadband|isp\b|hotspot|connectivity service"),
    ("D3.2", r"wireless|wi-?fi|access point|switch|network|cabling|firewall|lan\b|backbone|infrastructure|ups\b"),
    ("D1.3", r"server|storage|backup appliance|hyperconverged|virtual host"),
    ("D1.2", r"interactive|projector|panel|whiteboard|audio|amplification|display|classroom.?av|audio.?visual"),
    ("D1.4", r"printer|peripheral|cart\b|carts\b|case\b|cases\b|charger|headphone|mice\b|mouse"),
    (
        "D2.3",
        r"student information|\bsis\b|\berp\b|human resources|\bhr\b|payroll|finance system|food service|transportation|administrative",
    ),
    (
        "D2.1",
        r"operating system|mdm\b|device management|management licen[cs]e|productivity|office suite|google workspace|microsoft 365",
    ),
    (
        "D2.2",
        r"instructional (?:software|content)|digital content|curriculum|learning management|\blms\b|assessment|edtech|classroom software",
    ),
    ("D5.3", r"professional (?:development|learning)|training|workshop|conference"),
    ("D6.2", r"recycl|disposal|data wipe|e-?waste"),
    ("D6.1", r"deploy|imaging|install|tagging|white glove|set-?up"),
    ("D5.1", r"consult|managed service|integration|professional service|e-?rate (?:consult|filing)|support service"),
    ("D1.1", r"chromebook|laptop|tablet|ipad|desktop|computer|workstation|macbook|teacher pc|\bpcs?\b"),
    ("D1.1", r"student.?device|staff.?device|end.?user device"),
    ("D2.2", r"software|subscription|licen[cs]e|app\b|apps\b"),
)
_PATTERNS = tuple((code, re.compile(words, re.IGNORECASE)) for code, words in _WORDS)


def tco_code(words: str) -> str:
    """The suggested TCO code, '' when the words fit none."""
    text = " ".join(words.replace("_", " ").split())
    if _CODE.fullmatch(text):
        return text.upper()
    return next((code for code, pattern in _PATTERNS if pattern.search(text)), "")
