"""What the texts of an inventory mean: places to sites and roles, model names to catalog models and asset classes.

Entered rules come first. A place that names a site in one of its segments becomes a remembered rule, shown in the preview;
what nothing explains stands under Unassigned with its money. Model names are matched with a score and a runner-up; only
certain matches are used, the others wait for a person.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site, SiteRule
from throughline.engine.refs import UNASSIGNED
from throughline.engine.rulebook.book import Rulebook
from throughline.fleet.resolve import ModelText, Resolutions, Texts
from throughline.packs.classify import classify, load_device_words
from throughline.packs.matching import Decision, Match, Matcher, full_name

ROLE_WORDS = {
    "student": ("student", "students", "pupil", "pupils", "1:1", "take home"),
    "staff": ("staff", "faculty", "teacher", "teachers", "employee", "employees", "admin", "administration", "office"),
    "shared": ("cart", "carts", "lab", "labs", "library", "shared", "kiosk", "testing", "loaner", "loaners"),
}


@dataclass(frozen=True)
class Resolved:
    """Resolutions with what should be shown: rules made now, places and models that nothing explains, with their units."""

    resolutions: Resolutions
    new_rules: tuple[SiteRule, ...]
    unknown_places: tuple[tuple[str, int], ...]
    to_review: tuple[tuple[str, Match, int], ...]


def resolve(texts: Texts, plan: Plan, book: Rulebook) -> Resolved:
    """Resolve every distinct text of an inventory."""
    places, rules, unknown = _places(texts.places, plan)
    models, review = _models(texts.models, plan, book)
    return Resolved(Resolutions(places, models), tuple(rules), tuple(unknown), tuple(review))


def recount(resolved: Resolved, fleet: Texts) -> Resolved:
    """The same with the devices that are in the fleet now, each once; what stands for none of them is left out."""
    places = dict(fleet.places)
    models: dict[str, int] = {}
    for (model_raw, _, maker), units in fleet.models:
        named = full_name(maker, model_raw)
        models[named] = models.get(named, 0) + units
    unknown = sorted(
        ((p, places[p]) for p, _ in resolved.unknown_places if p in places), key=lambda item: (-item[1], item[0])
    )
    review = [(name, match, models[name]) for name, match, _ in resolved.to_review if name in models]
    review.sort(key=lambda item: (-item[2], item[0]))
    return replace(resolved, unknown_places=tuple(unknown), to_review=tuple(review))


def _places(
    found: Iterable[tuple[str, int]], plan: Plan
) -> tuple[dict[str, tuple[str, str]], list[SiteRule], list[tuple[str, int]]]:
    rules = sorted(plan.site_rules, key=lambda rule: (rule.order, -len(rule.pattern), rule.id))
    names = _site_names(plan.sites)
    made: dict[str, SiteRule] = {}
    out: dict[str, tuple[str, str]] = {}
    unknown: list[tuple[str, int]] = []
    for place, units in found:
        role = role_of(place)
        rule = next((rule for rule in rules if _fits(rule, place)), None)
        if rule is None:
            rule = _named_site(place, names)
            if rule is not None:
                made[rule.id] = rule
        if rule is None:
            out[place] = (UNASSIGNED, role)
            unknown.append((place, units))
        else:
            out[place] = (rule.site, rule.role or role)
    return out, [made[key] for key in sorted(made)], unknown


def _fits(rule: SiteRule, place: str) -> bool:
    text, pattern = place.casefold(), rule.pattern.casefold()
    if rule.match == "exact":
        return text == pattern
    return text.startswith(pattern) if rule.match == "prefix" else pattern in text


def _site_names(sites: Iterable[Site]) -> dict[str, str]:
    """Spellings that name one site only: its id, its name, and its name without the word school."""
    out: dict[str, str] = {}
    twice: set[str] = set()
    for site in sites:
        for name in {_plain(site.id), _plain(site.name), _plain(site.name).replace(" school", "")}:
            if out.get(name, site.id) != site.id:
                twice.add(name)
            out[name] = site.id
    return {name: site for name, site in out.items() if name and name not in twice}


def _named_site(place: str, names: dict[str, str]) -> SiteRule | None:
    segments = re.split(r"([/,;|>]| - )", place)
    for position in range(0, len(segments), 2):
        plain = _plain(segments[position])
        site = names.get(plain) or names.get(plain.replace(" school", ""))
        if site is not None:
            pattern = "".join(segments[: position + 1])
            return SiteRule(f"auto-{_plain(pattern).replace(' ', '-')}", pattern, site, "prefix", order=200)
    return None


def role_of(place: str) -> str:
    """The role a place text implies, '' when it says nothing or two things."""
    words = f" {_plain(place)} "
    hits = [role for role, spellings in ROLE_WORDS.items() if any(f" {_plain(s)} " in words for s in spellings)]
    return hits[0] if len(hits) == 1 else "shared" if "shared" in hits else ""


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.casefold()))


def _models(
    found: Iterable[tuple[ModelText, int]], plan: Plan, book: Rulebook
) -> tuple[dict[ModelText, tuple[str, str]], list[tuple[str, Match, int]]]:
    confirmed = {choice.raw: choice for choice in plan.model_choices}
    words = load_device_words()
    score = Decimal(str(book.parameters["matching/review-score"][-1].value))
    matcher = Matcher(book.models.values())
    out: dict[ModelText, tuple[str, str]] = {}
    review: dict[str, tuple[Match, int]] = {}
    for (model_raw, category_raw, maker), units in found:
        named = full_name(maker, model_raw)
        choice = confirmed.get(named) or confirmed.get(model_raw)
        spoken_class = classify(category_raw, named, words)
        if choice is not None:
            known = book.models.get(choice.model)
            asset_class = choice.asset_class or spoken_class or (known.asset_class if known else "")
            out[model_raw, category_raw, maker] = (choice.model, asset_class)
            continue
        match = matcher.match(named, score) if model_raw else None
        accepted = match.model_id if match is not None and match.decision is Decision.ACCEPTED else ""
        default = book.models[accepted].asset_class if accepted else ""
        out[model_raw, category_raw, maker] = (accepted, spoken_class or default)
        if match is not None and match.decision is Decision.REVIEW:
            seen = review.get(named)
            review[named] = (match, units + (seen[1] if seen else 0))
    ordered = sorted(review.items(), key=lambda item: (-item[1][1], item[0]))
    return out, [(name, match, units) for name, (match, units) in ordered]
