"""Matches model names as inventories print them to models of the catalog; a model number decides, likeness never does.

Accepted: the same name; or the same words with a model number in common; or the same words when neither has a number; or
a model number such as C733T that only one model has, when no word contradicts it. In each case exactly one model must qualify. All else
is offered for review with the most alike model and the runner-up (token-sort likeness, 0 to 100), or is no match.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rapidfuzz import fuzz, process, utils

from throughline.engine.rulebook.catalog import Model
from throughline.packs.model_names import NameParts, alternatives, plain_name

NOT_DEVICES = frozenset({"os", "database", "hypervisor"})


class Decision(StrEnum):
    """What may be done with a match without asking."""

    ACCEPTED = "accepted"
    REVIEW = "review"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Match:
    """The best model for a name, how alike the names are, and the next best for the reviewer. Ids are '' when absent."""

    model_id: str
    score: int
    runner_up_id: str
    runner_up_score: int
    decision: Decision


class Matcher:
    """An index of device models by name, by words and by model number, built once per rulebook."""

    def __init__(self, models: Iterable[Model]) -> None:
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._by_words: dict[frozenset[str], list[tuple[NameParts, str]]] = defaultdict(list)
        self._by_number: dict[str, list[tuple[NameParts, str]]] = defaultdict(list)
        self._series: set[str] = set()
        self._printed: list[str] = []
        self._owner: list[str] = []
        self._places: dict[str, list[int]] = defaultdict(list)
        for model in models:
            if model.device_kind not in NOT_DEVICES:
                self._add(model)

    def _add(self, model: Model) -> None:
        if model.series:
            self._series.add(model.id)
        for name in (model.name, *model.names):
            self._by_name[plain_name(name)].add(model.id)
            self._places[model.id].append(len(self._printed))
            self._printed.append(utils.default_process(plain_name(name)))
            self._owner.append(model.id)
            for parts in alternatives(name):
                self._by_words[parts.words].append((parts, model.id))
                for number in parts.numbers:
                    self._by_number[number].append((parts, model.id))

    def match(self, raw: str, review_score: Decimal) -> Match:
        """The best model for one name."""
        alike = self._alike(raw)
        if found := self._qualified(raw):
            best = sorted(
                ((self._likeness(raw, owner), owner) for owner in found), key=lambda item: (-item[0], item[1])
            )
            rest = [item for item in alike if item[1] not in found]
            return _match([*best, *rest], Decision.ACCEPTED if len(best) == 1 else Decision.REVIEW)
        says_nothing = not any(parts.words or parts.numbers for parts in alternatives(raw))
        if not alike or alike[0][0] < review_score or says_nothing:
            return Match("", 0 if says_nothing or not alike else alike[0][0], "", 0, Decision.NONE)
        return _match(alike, Decision.REVIEW)

    def _qualified(self, raw: str) -> set[str]:
        if same := self._by_name.get(plain_name(raw), set()) - self._series:
            return same
        found: set[str] = set()
        for parts in alternatives(raw):
            found |= self._with_words(parts) or self._with_number(parts)
        return found

    def _with_words(self, raw: NameParts) -> set[str]:
        near = [(parts, owner) for parts, owner in self._by_words.get(raw.words, ()) if parts.fits_maker(raw)]
        if raw.numbers:
            return {owner for parts, owner in near if parts.numbers & raw.numbers}
        if not raw.words or any(parts.numbers for parts, _ in near):
            return set()  # the name of a series: its models are told apart by a number that is missing here
        return {owner for _, owner in near} - self._series

    def _with_number(self, raw: NameParts) -> set[str]:
        found: set[str] = set()
        for number in raw.numbers:
            known = self._by_number.get(number, ())
            owners = {owner for _, owner in known}
            if owners and (len(owners) > 1 or not number[0].isalpha()):
                return set()  # 3120, 100e and 14-ca1 name families; C733T names a model
            found |= {owner for parts, owner in known if parts.fits_maker(raw) and raw.words <= parts.words}
        return found

    def _likeness(self, raw: str, model_id: str) -> int:
        query = utils.default_process(plain_name(raw))
        names = [self._printed[place] for place in self._places[model_id]]
        # token-set likeness: a name may list ten numbers of which the inventory prints one
        return max(int(max(fuzz.token_sort_ratio(query, name), fuzz.token_set_ratio(query, name))) for name in names)

    def _alike(self, raw: str) -> list[tuple[int, str]]:
        best: dict[str, int] = {}
        query = utils.default_process(plain_name(raw))
        for _, score, place in process.extract(query, self._printed, scorer=fuzz.token_sort_ratio, limit=8):
            owner = self._owner[place]
            best[owner] = max(best.get(owner, 0), int(score))
        return sorted(((score, owner) for owner, score in best.items()), key=lambda item: (-item[0], item[1]))


def match_models(raw_names: Iterable[str], models: Mapping[str, Model], review_score: Decimal) -> dict[str, Match]:
    """The best model for each distinct name. `review_score` is the parameter `matching/review-score`."""
    matcher = Matcher(models.values())
    return {raw: matcher.match(raw, review_score) for raw in dict.fromkeys(raw_names)}


def full_name(manufacturer: str, model: str) -> str:
    """Maker and model as one name, where an inventory keeps them apart; the maker is not said twice."""
    maker = manufacturer.strip()
    return model if not maker or plain_name(model).startswith(plain_name(maker)) else f"{maker} {model}"


def _match(alike: list[tuple[int, str]], decision: Decision) -> Match:
    (score, model), (next_score, runner_up) = (*alike, (0, ""))[:2]
    return Match(model, score, runner_up, next_score, decision)
