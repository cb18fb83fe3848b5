import pytest

from tests.contracts.purity import impurities
from tests.contracts.repository import SOURCE, modules, shown


def test_the_engine_depends_on_its_arguments_alone() -> None:
    found = [
        f"{shown(path)}:{line} {sentence}"
        for path in modules(SOURCE / "engine")
        for line, sentence in impurities(path.read_text(encoding="utf-8"))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("open('plan.json')", "calls open()"),
        ("print(1)", "calls print()"),
        ("date.today()", "asks the clock with .today()"),
        ("datetime.datetime.now(tz=UTC)", "asks the clock with .now()"),
        ("import random", "imports random"),
        ("from os import environ", "imports os"),
        ("import numpy as np\nnp.random.normal()", "global random state"),
        ("import numpy as np\nnp.random.default_rng()", "without a seed"),
        ("os.environ['HOME']", "reads the environment"),
        ("try:\n    pass\nexcept Exception:\n    pass", "catches every exception"),
        ("try:\n    pass\nexcept (ValueError, BaseException):\n    pass", "catches every exception"),
        ("try:\n    pass\nexcept:\n    pass", "catches everything"),
        ("assert (x, 'message')", "asserts a tuple"),
        ("def f():\n    global cache", "keeps global state in cache"),
        ("import scipy.sparse", "at the top of the module"),
        ("import duckdb", "imports duckdb"),
    ],
)
def test_each_kind_of_impurity_is_seen(source: str, sentence: str) -> None:
    assert any(sentence in found for _, found in impurities(source))


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\nnp.random.default_rng(seed)",
        "from decimal import Decimal",
        "def product(a, b):\n    from scipy import sparse\n    return sparse.csr_array(a) @ b",
        "try:\n    int(text)\nexcept ValueError:\n    pass",
        "assert x, 'message'",
    ],
)
def test_pure_code_is_left_alone(source: str) -> None:
    assert not list(impurities(source))
