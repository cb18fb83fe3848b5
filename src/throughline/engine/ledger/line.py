"""CostLine: one ledger entry read as a value, for export and explanation."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CostLine:
    """Stable id (`producer/...`), cents and the label of every dimension."""

    id: str
    producer: str
    cents: int
    labels: Mapping[str, str]
