"""Half a matrix says what the whole one would."""

import numpy as np
import pytest

from bot.answers.ngrams import Floats
from bot.answers.triangle import Triangle

SIZES = (1, 2, 5, 8)


def whole(size: int) -> Floats:
    rows = np.random.default_rng(size).random((size, size), dtype=np.float32)
    matrix: Floats = rows @ rows.T + size * np.eye(size, dtype=np.float32)
    return matrix


def factored(matrix: Floats, block: int) -> Triangle:
    triangle = Triangle(len(matrix))
    for start in range(0, len(matrix), block):
        end = start + block
        triangle.put(start, matrix[:end, start:end])
    triangle.factor()
    return triangle


@pytest.mark.parametrize("block", [1, 3, 8])
@pytest.mark.parametrize("size", SIZES)
def test_it_solves_what_the_whole_matrix_solves(size: int, block: int) -> None:
    matrix = whole(size)
    targets = matrix[:, :1] * 2 + np.eye(size, 3, dtype=np.float32)

    assert factored(matrix, block).solved(targets) == pytest.approx(
        np.linalg.solve(matrix, targets), abs=1e-4
    )


@pytest.mark.parametrize(("size", "start"), [(size, start) for size in SIZES for start in range(size + 1)])
def test_a_corner_of_its_factor_is_that_of_the_whole(size: int, start: int) -> None:
    matrix = whole(size)
    upper = np.linalg.cholesky(matrix).T

    assert factored(matrix, 3).corner(start) == pytest.approx(upper[start:, start:], abs=1e-4)


def test_what_is_not_positive_definite_is_refused() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="not positive definite"):
        factored(-whole(5), 5)
