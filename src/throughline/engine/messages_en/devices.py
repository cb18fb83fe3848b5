"""English words of the findings on devices and data (TL-DEV, TL-DATA)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-DEV-001": Message(
        "The plan has no device inventory yet.",
        "Import an export of the device console, or a list of devices.",
        "throughline import PLAN chromebooks.csv",
    ),
    "TL-DEV-002": Message(
        "{units} {units:device|devices} {units:belongs|belong} to no known asset class; {units:it is|they "
        "are} counted but not replaced or priced.",
        "Name their class in the inventory (category column), or confirm the class when the import asks.",
    ),
    "TL-DEV-010": Message(
        "{units} {units:device|devices} ({label}) {units:was|were} past vendor support on {day}: no security updates.",
        "Replace or retire them first; until then keep them off sensitive systems.",
    ),
    "TL-DEV-011": Message(
        "{units} {units:device|devices} should have been replaced before {first} ({names}); the plan buys "
        "{units:it|them} in {first}.",
        "If {first} cannot carry that, move part of them with a decision or a longer life and watch the later years.",
    ),
    "TL-DEV-012": Message(
        "{units} {units:device|devices} {units:has|have} no purchase date, support end or condition "
        "({names}), so nothing says when to replace {units:it|them}; no money for {units:it|them} is in the "
        "plan.",
        "Add purchase dates or confirm the models; the amount shown is what replacing all of them would cost.",
    ),
    "TL-DEV-013": Message(
        "Vendor support end is unknown for {units} {units:device|devices} ({names}); {units:it is|they are} "
        "planned by age or condition.",
        "Confirm their model in the list of matches, or add the support end to the inventory.",
    ),
    "TL-DEV-014": Message(
        "There is no price with a source for {label}; {units} planned {units:purchase stands|purchases "
        "stand} in the plan without money.",
        "Enter a unit price with its quote or contract in the standard of these devices.",
        "throughline set PLAN standards/ID/unit_price_cents='$300.00'",
    ),
    "TL-DEV-015": Message(
        "No standard was entered for {units} {units:device|devices} ({names}); {units:it is|they are} "
        "planned like for like with the default life of the class.",
        "Enter the district's own standards (life, price, driver) when you have them.",
    ),
    "TL-DEV-016": Message(
        "In {year_label}, {units} {units:device|devices} ({label}) would still be in use after vendor "
        "support has ended.",
        "Shorten the life in the standard, or turn its vendor clock on.",
    ),
    "TL-DEV-017": Message(
        "The standard {standard} is for {name}, which is no known class of devices. It is not used.",
        "Correct its class; the list of devices by class has the names in use.",
        "throughline plan PLAN --json",
    ),
    "TL-DEV-018": Message(
        "The standards {other} and {standard} are for the same devices. {standard} is not used.",
        "Remove one of them, or give each a role of its own.",
    ),
    "TL-DEV-019": Message(
        "The standard for {label} with the role {role} finds no device of that role and buys {bought}, while "
        "{units} {units:device|devices} of other roles {units:is|are} planned apart. Some may be bought "
        "twice.",
        "Say which places hold devices of that role (site rules), or let the standard hold for every role.",
    ),
    "TL-DEV-020": Message(
        "The need for {label} cannot be counted: {missing} is missing.",
        "Import enrollment by grade, or staff counts, for the grades and roles the standard names.",
    ),
    "TL-DEV-021": Message(
        "{units} {units:device|devices} ({label}) at {sites} {sites:site is|sites are} more than anyone "
        "needs; {units:it retires|they retire} without replacement.",
        "Check the counts, then collect or reassign them. The amount is what replacing them would have cost.",
    ),
    "TL-DEV-022": Message(
        "{units} {units:device|devices} ({label}) {units:moves|move} between sites instead of being bought.",
        "Plan the moves in summer; the amount is the purchase they avoid.",
    ),
    "TL-DEV-030": Message(
        "A decision asks for {missing} more {missing:device|devices} than match it.",
        "Lower its count, or widen what it selects.",
    ),
    "TL-DEV-031": Message(
        "A decision replaces devices in {year_label}, which is no year of this plan. It is not used.",
        "Choose a coming year of the plan, or 0 to keep the devices throughout.",
    ),
    "TL-DEV-040": Message(
        "{label}: {percent} percent left within {age} years ({counted}), but the standard plans {planned} years. About {units} of "
        "{devices} {devices:device is|devices are} likely gone before their planned replacement.",
        "Plan what experience says (Refresh, How long devices last), or say in the plan why the next devices will last longer.",
        "throughline set PLAN life/{name}={suggested}",
    ),
    "TL-DATA-001": Message(
        "{units} inventory {units:unit carries|units carry} no serial number.",
        "Counted assets may stay so; single devices should get their serial at the next inventory.",
    ),
    "TL-DATA-002": Message(
        "{units} {units:row repeats|rows repeat} a serial number that another row has; one of each was kept.",
        "Correct the serials in the source system and import it again.",
    ),
    "TL-DATA-003": Message(
        "{units} {units:device|devices} {units:has|have} no site; {units:its|their} planned cost stands "
        "under Unassigned.",
        "Say to which site each org unit or location of the list belongs.",
        'throughline set PLAN "place:TEXT=SITE" (throughline import PLAN FILE --dry-run lists the places)',
    ),
    "TL-DATA-004": Message(
        "{units} {units:device|devices} {units:has|have} no purchase date.",
        "Add the purchase list of the orders they came with; until then their age is unknown.",
    ),
    "TL-DATA-005": Message(
        "{units} {units:device|devices} {units:has|have} no purchase price in the inventory.",
        "Nothing in the plan depends on it; prices of new devices come from standards and price lists.",
    ),
    "TL-DATA-006": Message(
        "{units} {units:device|devices} {units:has|have} a model that matches no catalog model.",
        "Confirm the suggested matches; without one the vendor support end stays unknown.",
    ),
    "TL-DATA-007": Message(
        "Inventories disagree about {units} {units:device|devices}.",
        "See the reconciliation list; the source with precedence was used for each attribute.",
    ),
    "TL-DATA-030": Message(
        "{units} {units:device is|devices are} in device management but not in the asset register.",
        "Add them to the register, or find out who enrolled them.",
        "throughline reconcile PLAN --list only_managed",
    ),
    "TL-DATA-031": Message(
        "{units} {units:device is|devices are} in the asset register but not in device management.",
        "Find them, or mark them as lost or retired.",
        "throughline reconcile PLAN --list only_registered",
    ),
    "TL-DATA-032": Message(
        "{units} {units:device|devices} of the register {units:was|were} not seen by device management in the {days} days before "
        "the inventory.",
        "Collect them, or mark them as missing.",
        "throughline reconcile PLAN --list unseen",
    ),
    "TL-DATA-033": Message(
        "{units} serial {units:number names|numbers name} one model in device management and another in the register.",
        "One of the lists has a wrong serial number.",
        "throughline reconcile PLAN --list differs_model",
    ),
    "TL-DATA-010": Message(
        "Part of the planned cost belongs to no known site.",
        "Add site rules for their org units or locations.",
    ),
    "TL-DATA-011": Message(
        "No enrollment was imported, so need, cost per student and growth cannot be computed.",
        "Import enrollment by grade; the state's own report works.",
    ),
    "TL-DATA-012": Message(
        "The contract {name} has no known cost category; it is booked as an external service.",
        "Give it a category such as D2.2 (instructional software) or D3.1 (internet).",
    ),
    "TL-DATA-013": Message(
        "The contract {name} has no yearly amount; it costs nothing in this plan.",
        "Enter the yearly amount from the contract or the last invoice.",
    ),
    "TL-DATA-019": Message(
        "{count} {count:place has|places have} no site in the plan ({names}). {count:Its|Their} costs are "
        "shown under {count:this name|these names}.",
        "Add a site for each, or correct the name where it is a slip.",
    ),
    "TL-DATA-020": Message(
        "The plan holds {record} with {field} {value}, but it should be {wanted}. The record is not used.",
        "Correct the value, or remove the record.",
    ),
    "TL-DATA-021": Message(
        "The district's {field} is {value}, but it should be {wanted}; {used} was used.",
        "Correct the setting of the district.",
    ),
    "TL-DATA-014": Message(
        "The contract {name} is paid by the number of {what}, which is not known; it costs nothing in this plan.",
        "Import what is counted (enrollment, staff or devices), or enter the whole yearly amount with the basis flat.",
    ),
    "TL-DATA-015": Message(
        "The contract {name} has the basis {basis}, which the plan does not know; it costs nothing in this plan.",
        "Choose flat, student, staff or device.",
    ),
    "TL-DATA-016": Message(
        "The contract {name} ends before it starts.",
        "Correct one of its two dates.",
    ),
    "TL-DATA-017": Message(
        "The staff record {role} belongs to technology but states no salary; it costs nothing in this plan.",
        "Enter salary and benefits of one full-time position.",
    ),
    "TL-DATA-018": Message(
        "The staff record {role} names the category {category}, which is none of staff; {what}.",
        "Choose a category from D4.1 to D4.5, or none for people outside technology.",
    ),
}
