"""Colours and pattern of every chart and page, in one place; text contrast is 4.5:1 or more on white, shapes 3:1 or more.

The hatch means "not funded" and nothing else, with a rust outline, so it survives gray printing.
"""

INK, MUTED, HAIR, WASH = "#1b2733", "#53606d", "#d9dee4", "#f1f4f8"
NAVY, STEEL, SAND, RUST, WHITE = "#1d3f66", "#7493b5", "#c08a2b", "#9b3d22", "#ffffff"
HATCH = "url(#hatch)"
HATCH_DEFINITION = (
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="5" height="5" fill="{WHITE}"/><rect width="1.5" height="5" fill="{RUST}"/></pattern></defs>'
)
FONT = "Public Sans"

# role of a mark -> (fill, outline, colour of text on it)
ROLES: dict[str, tuple[str, str, str]] = {
    "general": (NAVY, WHITE, WHITE),
    "renewing": (STEEL, WHITE, INK),
    "ending": (SAND, WHITE, INK),
    "unfunded": (HATCH, RUST, RUST),
    "plan": (NAVY, NAVY, INK),
    "policy": (WHITE, NAVY, INK),
    "with_plan": (NAVY, NAVY, INK),
    "without_money": (HATCH, RUST, INK),
    "fund-gf": ("#2b4a60", WHITE, WHITE),
    "fund-levy": ("#2a857c", WHITE, WHITE),
    "fund-bond": ("#b1741b", WHITE, INK),
    "fund-erate": ("#4a7dbd", WHITE, INK),
    "fund-title": ("#87578d", WHITE, WHITE),
    "fund-state": ("#717b45", WHITE, WHITE),
}
FUNDS = tuple(role for role in ROLES if role.startswith("fund-"))  # one colour a fund, bottom to top
OTHERS = "fund-others"  # funds for which no colour is left, drawn together
ROLES[OTHERS] = ("#7d878d", WHITE, INK)
