"""A large symmetric matrix by half: one triangle, factored where it lies."""

import numpy as np
import scipy

from bot.answers.ngrams import Floats


class Triangle:
    """The upper triangle of a positive definite matrix of `size` rows, in half the memory of the whole.

    LAPACK's rectangular full packed format (Gustavson, Wasniewski, Dongarra & Langou 2010): of an even number
    of columns the right half lies as it is, the triangle left of it turned over below. To an odd number one
    is added.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._half = -(-size // 2)
        self._packed = np.zeros((2 * self._half + 1, self._half), dtype=np.float32, order="F")
        if size % 2:
            self._packed[-2, -1] = 1

    def put(self, start: int, columns: Floats) -> None:
        """Columns from `start` on, each down to the diagonal at least."""
        for at, column in enumerate(columns.T, start):
            if at < self._half:
                self._packed[self._half + 1 + at, : at + 1] = column[: at + 1]
            else:
                self._packed[: at + 1, at - self._half] = column[: at + 1]

    def factor(self) -> None:
        """Puts the Cholesky factor in the place of the matrix.

        Raises LinAlgError where the matrix is not positive definite.
        """
        flat = self._packed.reshape(-1, order="F")
        factored, failed = scipy.linalg.lapack.spftrf(2 * self._half, flat, uplo="U", overwrite_a=True)
        if failed:
            raise np.linalg.LinAlgError(f"not positive definite at {failed}")
        self._packed = factored.reshape(self._packed.shape, order="F")

    def solved(self, targets: Floats) -> Floats:
        """Of the factored matrix M: M^-1 `targets` (rows x any number of columns)."""
        padded = np.zeros((2 * self._half, targets.shape[1]), dtype=np.float32, order="F")
        padded[: self._size] = targets
        found: Floats
        found, _ = scipy.linalg.lapack.spftrs(
            2 * self._half, self._packed.reshape(-1, order="F"), padded, uplo="U", overwrite_b=True
        )
        return found[: self._size]

    def corner(self, start: int) -> Floats:
        """Of the factor U: the rows and columns from `start` on."""
        half = self._half
        right, below = max(start, half), min(start, half)
        corner = np.zeros((2 * half - start,) * 2, dtype=np.float32)
        corner[:, right - start :] = self._packed[start:-1, right - half :]
        corner[: half - below, : half - below] += self._packed[half + 1 + below :, below:].T
        kept = self._size - start
        upper: Floats = np.triu(corner[:kept, :kept])
        return upper
