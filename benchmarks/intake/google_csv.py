"""Writes a Google Admin export of any size: real model names, invented serials and places, names of persons to be dropped."""

import random
from pathlib import Path

MODELS = (
    ("Dell Chromebook 3110 2-in-1", "Jun 2032"),
    ("Acer Chromebook 311 (C722/C722T)", "Jun 2030"),
    ("Acer Chromebook 512 (C851, C851T, CB512)", "Jun 2029"),
    ("HP Chromebook 11 G8 EE", "Jun 2029"),
    ("Lenovo 100e Chromebook Gen 3", "Jun 2031"),
    ("ASUS Chromebook CR1100", "Jun 2031"),
)
HEADER = (
    "deviceId,serialNumber,annotatedAssetId,annotatedLocation,annotatedUser,notes,orgUnitPath,model,osVersion,status,"
    "macAddress,autoUpdateExpiration,firstEnrollmentTime,lastSync,recentUsers"
)
STATUSES = ["ACTIVE"] * 18 + ["DEPROVISIONED", "DISABLED"]


def write_export(path: Path, rows: int, seed: int = 7) -> None:
    """A plain file: no quoted line breaks, every row as wide as the header; model names with commas are quoted."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(HEADER + "\n")
        for number in range(rows):
            model, support = MODELS[rng.randrange(len(MODELS))]
            shown = f'"{model}"' if "," in model else model
            school = rng.randrange(900)
            day = f"{rng.randrange(2019, 2026)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
            out.write(
                f"{number:08x}-0d1a-4c,5CD{number:07d}X,{number:06d},Room {number % 40},user{number}@example.org,,"
                f"/Schools/School {school:03d}/Students/Grade {number % 13},{shown},131.0.6778.96,{STATUSES[number % 20]},"
                f"a4bb6d{number % 16777216:06x},{support},{day}T14:{number % 60:02d}:07.123Z,"
                f"2026-11-{number % 20 + 1:02d}T07:{number % 60:02d}:33.456Z,user{number}@example.org\n"
            )
