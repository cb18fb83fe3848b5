"""`python -m tests.golden.regenerate [name ...]`: write the golden figures anew. Read the difference before you commit it."""

import sys

from tests.golden.districts import DISTRICTS, built
from tests.golden.figures import as_json, figures, money_table, stored


def main(names: list[str]) -> None:
    """Rewrite the files of the named districts, of all when none is named."""
    for name in names or DISTRICTS:
        district = built(name)
        shown, money = stored(name)
        shown.write_text(as_json(figures(district)), encoding="utf-8")
        money.write_text(money_table(district.result), encoding="utf-8")
        print(f"{name}: {shown.name}, {money.name}")


if __name__ == "__main__":
    main(sys.argv[1:])
