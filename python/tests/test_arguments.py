"""Arguments from the caller: the same words and the same kinds of numbers everywhere."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import polars as pl
import pytest

from diagnoza.arguments import age_range, ages_of, check_word, count, number, numbers, whole, whole_numbers
from diagnoza.errors import InputError


@pytest.mark.parametrize(
    "given", [[1, 2], (1.0, 2.0), np.array([1, 2], dtype=np.int32), pl.Series([1, 2]), range(1, 3)]
)
def test_any_row_of_numbers_is_taken(given: object) -> None:
    assert numbers("x", given).tolist() == [1.0, 2.0]
    assert numbers("x", given).dtype == np.float64
    assert whole_numbers("x", given) == ages_of(given, 5) == [1, 2]
    assert all(type(value) is int for value in whole_numbers("x", given))


def test_tables_keep_their_shape_in_rows() -> None:
    turned = np.arange(6.0).reshape(2, 3).T
    assert numbers("x", turned, 2).flags.c_contiguous
    assert np.array_equal(numbers("x", turned, 2), turned)
    assert numbers("x", pl.DataFrame({"a": [1, 2], "b": [3, 4]}), 2).tolist() == [[1, 3], [2, 4]]
    assert numbers("x", 3, (0, 1)).shape == ()
    assert ages_of(None, 3) == [0, 1, 2]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: numbers("births", ["x"]), "births: expected numbers"),
        (lambda: numbers("births", [[1.0, 2.0], [3.0]]), "births: expected numbers"),
        (lambda: numbers("births", 1.0), r"births has 0 dimensions \(shape \(\)\): expected 1"),
        (lambda: numbers("births", [[1.0]], (1, 3)), "births has 2 dimensions .*: expected 1 or 3"),
        (lambda: number("level", float("nan")), "level is nan: expected a number"),
        (lambda: number("level", [0.8]), "level has 1 dimensions"),
        (lambda: whole("step", 1.5), "step is 1.5: expected a whole number"),
        (lambda: whole("step", "5"), "step is '5': expected a whole number"),
        (lambda: whole("step", np.float64("inf")), "step is inf: expected a whole number"),
        (lambda: whole("age", -1), "age is -1: expected a whole number, 0 or more"),
        (lambda: count("draws", 0), "draws is 0: expected a whole number, 1 or more"),
        (lambda: count("clip", 1000, 999), "clip is 1000: expected a whole number, 999 at most"),
        (lambda: whole_numbers("ages", [0, 1, None]), "ages at position 2 is None: expected a whole number"),
        (lambda: whole_numbers("ages", 5), "ages is 5: expected a list of whole numbers"),
        (lambda: age_range("fit", [80]), "fit has 1 ages: expected the first and the last"),
        (lambda: check_word("adjust", "dtx", ("dt", "e0")), "adjust='dtx' is not known: expected one of dt, e0"),
    ],
)
def test_wrong_arguments_are_named(call, words: str) -> None:
    with pytest.raises(InputError, match=words):
        call()


def test_import_loads_neither_numpy_nor_polars() -> None:
    code = "import diagnoza, sys; print(sorted({'numpy', 'polars', 'altair', 'jinja2'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
