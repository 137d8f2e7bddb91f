"""SMAA: which places alternatives take when the weights are not known."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from diagnoza import _native
from diagnoza.arguments import count, numbers, numbers_if_given, whole
from diagnoza.errors import InputError
from diagnoza.progress import Progress, bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import ArrayLike, NDArray

__all__ = ["Smaa", "smaa"]


@dataclass(frozen=True, eq=False)
class Smaa:
    """Places of alternatives over draws of weights. Made by `smaa`."""

    counts: NDArray[np.uint32]
    """In how many draws the alternative (row) had the rank (column, rank 1 first); ties share the best rank."""
    central_weights: np.ma.MaskedArray[Any, np.dtype[np.float64]]
    """Mean weights of the draws in which the alternative was first; masked where it never was."""
    draws: int
    law: dict[str, Any]
    """Where the weights come from."""
    _input: tuple[Any, Any, Any, Any] = field(repr=False)

    @property
    def rank_acceptability(self) -> NDArray[np.float64]:
        """Share of draws in which the alternative (row) had the rank (column)."""
        return self.counts / self.draws

    @property
    def standard_error(self) -> NDArray[np.float64]:
        """Monte Carlo standard error of each share, at most 0.5 / sqrt(draws)."""
        share = self.rank_acceptability
        return (share * (1.0 - share) / self.draws) ** 0.5

    @property
    def mean_rank(self) -> NDArray[np.float64]:
        """Mean rank over the draws."""
        import numpy as np

        return self.counts @ np.arange(1.0, len(self.counts) + 1) / self.draws

    @cached_property
    def pairwise_winning(self) -> NDArray[np.float64]:
        """Share of draws in which the row beats the column; computed when first asked for."""
        x, given, drawn, order = self._input
        with bar("SMAA, pairs", True) as tell:
            won: NDArray[np.float64] = _native.smaa_pairwise(x, given, drawn, order, progress=tell)
        return won


def smaa(
    x: ArrayLike,
    weights_draws: ArrayLike | None = None,
    *,
    draws: int = 10_000,
    seed: int = 0,
    order: Sequence[tuple[int, int]] | None = None,
    progress: Progress = True,
) -> Smaa:
    """Count the ranks of weighted sums over draws of weights.

    >>> import diagnoza as dg
    >>> found = dg.smaa([[1, 0], [0, 1], [0.2, 0.2]], draws=1000, seed=7)
    >>> found.counts[2].tolist()[0]  # the third is never first
    0

    Args:
        x: alternatives x criteria on one scale, more is better (`normalise`).
        weights_draws: weights draw by draw, draws x criteria; without them weights are drawn, all that sum to 1
            equally likely.
        draws: how many to draw.
        seed: the same seed, the same draws.
        order: pairs ``(a, b)`` of criteria, counted from 0, of which a weighs at least as much as b; weights are then
            drawn uniformly among those that keep the order.
        progress: a bar that shows after a second, nothing, or a function of the steps done and all of them.

    Raises:
        InputError: names the draw, criterion or pair.
    """
    import numpy as np

    table = numbers("x", x, 2)
    given = numbers_if_given("weights_draws", weights_draws, 2)
    if given is not None and order is not None:
        raise InputError("give weights_draws or order, not both")
    number_of, seed = count("draws", draws), whole("seed", seed, 0, 2**64 - 1)
    pairs = None if order is None else [_pair(pair) for pair in order]
    drawn = (number_of, seed)
    with bar("SMAA", progress) as tell:
        counts, central, made, law = _native.smaa(table, given, drawn, pairs, progress=tell)
    hidden = [[np.nan] * table.shape[1] if weights is None else weights for weights in central]
    weights = np.ma.masked_invalid(np.array(hidden))
    found = json.loads(law)
    return Smaa(counts, weights, made, {found: {}} if isinstance(found, str) else found, (table, given, drawn, pairs))


def _pair(pair: Any) -> tuple[int, int]:
    if not isinstance(pair, (tuple, list)) or len(pair) != 2:
        raise InputError(f"order: {pair!r} is no pair of criteria: expected (heavier, lighter)")
    return whole("order", pair[0]), whole("order", pair[1])
