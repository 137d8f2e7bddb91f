"""Methods of multi-criteria ranking on arrays: normalisation, weights, aggregation.

Arrays are alternatives (rows) x criteria (columns) of finite numbers. Directions are one word for all criteria or
one entry each: ``"stimulant"`` (``"s"``), ``"destimulant"`` (``"d"``), ``("nominant", value)`` or
``("nominant", low, high)``. Weights are numbers of 0 or more, which are scaled to sum to 1, or ``"equal"``. Errors
count alternatives and criteria from 0.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from diagnoza import _native
from diagnoza.arguments import check_word, number, numbers, whole
from diagnoza.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import polars as pl
    from numpy.typing import ArrayLike, NDArray

    Direction = str | tuple[str, float] | tuple[str, float, float]
    Directions = Direction | Sequence[Direction]
    Weights = ArrayLike | Literal["equal"]

__all__ = [
    "Ahp",
    "Scores",
    "ahp",
    "borda",
    "copeland",
    "critic_weights",
    "electre3",
    "entropy_weights",
    "gdm",
    "generalised_mean",
    "hellwig",
    "lexicographic",
    "normalise",
    "promethee2",
    "std_weights",
    "topsis",
    "weighted_product",
    "weighted_sum",
]

_FORMULAS = tuple(f"n{which}" for which in "0 1 2 3 3a 4 5 5a 6 6a 7 8 9 9a 10 11 12 12a 13".split())
_METHODS = (*_FORMULAS, "zero_unitarisation", "rank", "percentile", "goalposts", "vector", "minmax", "linear", "sum")
_SAME = {"vector": "n11", "minmax": "zero_unitarisation", "linear": "n8", "sum": "n10"}
_TIES = ("competition", "average", "last", "dense")
_PREFERENCES = {
    "usual": (),
    "u_shape": ("q",),
    "v_shape": ("p",),
    "level": ("q", "p"),
    "linear": ("q", "p"),
    "gaussian": ("s",),
}
# Other names in use for the same functions.
_ALSO = {"ushape": "u_shape", "vshape": "v_shape", "vshape2": "linear", "v_shape_2": "linear"}
_DIRECTIONS = {"stimulant": "stimulant", "s": "stimulant", "destimulant": "destimulant", "d": "destimulant"}


@dataclass(frozen=True, eq=False)
class Scores:
    """What a method says of each alternative; the intermediate quantities are attributes of their names.

    >>> import diagnoza as dg
    >>> found = dg.topsis([[7, 3], [8, 1], [2, 3]], "equal", ["s", "d"])
    >>> found.rank.tolist(), found.score.round(3).tolist()
    ([2, 1, 3], [0.497, 1.0, 0.0])
    """

    method: str
    score: NDArray[np.float64]
    """More is better."""
    rank: NDArray[np.int64]
    """1 for the best; equal scores share the best of their places: 1, 2, 2, 4."""
    order: NDArray[np.int64]
    """The alternatives from the first place to the last, counted from 0."""
    parts: dict[str, Any] = field(repr=False)
    """Intermediate quantities by name."""
    options: dict[str, Any]
    """Choices of the method, as named."""

    def __getattr__(self, name: str) -> Any:
        """Return an intermediate quantity by its name."""
        parts = self.__dict__.get("parts", {})
        if name in parts:
            return parts[name]
        raise AttributeError(f"{self.__dict__.get('method')} has no '{name}': it has {', '.join(['score', *parts])}")

    def __dir__(self) -> list[str]:
        """Name the intermediate quantities too."""
        return [*super().__dir__(), *self.parts]

    def frame(self, names: Sequence[Any] | None = None) -> pl.DataFrame:
        """Columns rank, alternative (its name or number) and score, the best first."""
        import polars as pl

        labels = list(range(len(self.score)) if names is None else names)
        if len(labels) != len(self.score):
            raise InputError(f"names has {len(labels)} values: expected {len(self.score)}")
        columns = {"rank": self.rank[self.order], "alternative": [labels[i] for i in self.order]}
        return pl.DataFrame({**columns, "score": self.score[self.order]}, strict=False)

    def _repr_html_(self) -> str:
        return str(self.frame()._repr_html_())


def normalise(
    x: ArrayLike,
    *,
    method: str = "zero_unitarisation",
    direction: Directions = "stimulant",
    constant: Literal["zero", "half", "one", "refuse"] = "zero",
    ties: Literal["competition", "average", "last", "dense"] = "average",
    goalposts: ArrayLike | None = None,
    clip: bool = True,
) -> NDArray[np.float64]:
    """Bring criteria to one scale on which more is better; the result has the shape of ``x``.

    >>> import diagnoza as dg
    >>> dg.normalise([900, 1000, 1100], method="zero_unitarisation", direction="destimulant").tolist()
    [1.0, 0.5, 0.0]

    Args:
        x: one criterion, or alternatives x criteria.
        method: clusterSim's ``n0`` to ``n13`` (``n3a``, ``n5a``, ``n6a``, ``n9a``, ``n12a`` positional),
            ``zero_unitarisation`` (also ``minmax``), ``rank`` (1 for the worst), ``percentile`` (0 to 1),
            ``goalposts``; ``vector`` is n11, ``linear`` n8, ``sum`` n10. Formulas that subtract turn a destimulant by
            its sign, the quotients n6 to n11 by ``1 / x`` (above 0 only).
        direction: see the module.
        constant: what a constant criterion counts as where the formula would divide by 0.
        ties: what equal values share, for ``rank`` and ``percentile``.
        goalposts: pair of lower and upper end, or one pair for each criterion.
        clip: whether values outside the goalposts count as the nearer end.

    Raises:
        InputError: names the criterion and, where one is to blame, the alternative.
    """
    values = numbers("x", x, (1, 2))
    table = values.reshape(-1, 1) if values.ndim == 1 else values
    check_word("constant", constant, ("zero", "half", "one", "refuse"))
    asked = _normalisation("method", method, table.shape[1], ties, goalposts, clip)
    found = _native.normalise_criteria(
        table, _directions(direction, table.shape[1]), json.dumps(asked), json.dumps(constant)
    )
    normalised: NDArray[np.float64] = found.reshape(values.shape)
    return normalised


def entropy_weights(x: ArrayLike) -> NDArray[np.float64]:
    """Weights by entropy, of values of 0 or more: the more uneven a criterion, the more it weighs."""
    weights: NDArray[np.float64] = _native.data_weights(numbers("x", x, 2), "entropy", None)
    return weights


def critic_weights(x: ArrayLike, directions: Directions | None = None) -> NDArray[np.float64]:
    """Weights by CRITIC: spread times disagreement with the other criteria, on values unitarised to 0..1.

    With directions, destimulants are turned before the correlations (the usual way); without, values count as they
    stand, which gives other weights.
    """
    table = numbers("x", x, 2)
    given = None if directions is None else _directions(directions, table.shape[1])
    weights: NDArray[np.float64] = _native.data_weights(table, "critic", given)
    return weights


def std_weights(x: ArrayLike) -> NDArray[np.float64]:
    """Weights in proportion to the standard deviations of the values as given; they follow the units."""
    weights: NDArray[np.float64] = _native.data_weights(numbers("x", x, 2), "std", None)
    return weights


@dataclass(frozen=True, eq=False)
class Ahp:
    """Weights from pairwise comparisons. Made by `ahp`."""

    weights: NDArray[np.float64]
    eigenvalue: float
    """Largest eigenvalue; the number of criteria where comparisons are consistent."""
    consistency_index: float
    random_index: float | None
    """Saaty's of 1980; none above 15 criteria. His later texts print another, e.g. 0.52 for 0.58 of three."""
    consistency_ratio: float | None
    """Index over random index; up to 0.1 is commonly held acceptable."""


def ahp(matrix: ArrayLike) -> Ahp:
    """Weights by the analytic hierarchy process (Saaty 1980).

    >>> import diagnoza as dg
    >>> dg.ahp([[1, 3], [1 / 3, 1]]).weights.round(6).tolist()
    [0.75, 0.25]

    Args:
        matrix: how many times more important the criterion of the row is than that of the column; reciprocal to 2 %.
    """
    return Ahp(*_native.ahp(numbers("matrix", matrix, 2)))


def weighted_sum(x: ArrayLike, weights: Weights) -> Scores:
    """Weighted sum of criteria on one scale, more is better. Also ``contribution``, alternatives x criteria."""
    table, given = _table(x, weights)
    return _scores("weighted_sum", _native.weighted_sum(table, given))


def weighted_product(x: ArrayLike, weights: Weights) -> Scores:
    """Weighted product of criteria on one scale, none below 0. Also ``factor``, alternatives x criteria."""
    table, given = _table(x, weights)
    return _scores("weighted_product", _native.weighted_product(table, given))


def generalised_mean(x: ArrayLike, weights: Weights, *, power: float = 1.0) -> Scores:
    """Weighted mean with a power: 1 arithmetic, 0 geometric, -1 harmonic; the lower, the less good makes up for bad."""
    table, given = _table(x, weights)
    power = number("power", power)
    return _scores("generalised_mean", _native.generalised_mean(table, given, power), power=power)


def borda(
    x: ArrayLike,
    directions: Directions,
    *,
    weights: Weights | None = None,
    ties: Literal["competition", "average", "last", "dense"] = "average",
) -> Scores:
    """Sum of ranks (Borda count). Also ``rank_sum`` and ``ranks``, alternatives x criteria, 1 for the best."""
    table, given = _table(x, weights)
    check_word("ties", ties, _TIES)
    found = _native.borda(table, _directions(directions, table.shape[1]), given, json.dumps(ties))
    return _scores("borda", found, ties=ties)


def copeland(x: ArrayLike, weights: Weights, directions: Directions) -> Scores:
    """Majorities of weight, wins less losses. Also ``outranking``: the share of weight for the row, ties half."""
    table, given = _table(x, weights)
    return _scores("copeland", _native.copeland(table, given, _directions(directions, table.shape[1])))


def hellwig(x: ArrayLike, directions: Directions, ddof: int = 1, *, weights: Weights | None = None) -> Scores:
    """Measure of development by Hellwig (1968), 1 - d / d0. Also ``distance``, ``critical_distance``, ``pattern``.

    Args:
        x: alternatives x criteria as measured.
        directions: see the module.
        ddof: 1 divides by n - 1 in both standard deviations, 0 by n; scores differ by about 0.01.
        weights: of the squared differences; without them all count alike.
    """
    table, given = _table(x, weights)
    ddof = whole("ddof", ddof, 0, 1)
    found = _native.hellwig(table, _directions(directions, table.shape[1]), given, ddof)
    return _scores("hellwig", found, ddof=ddof)


def gdm(
    x: ArrayLike,
    weights: Weights,
    directions: Directions,
    *,
    scale: Literal["metric", "ordinal"] = "metric",
    normalisation: str = "n1",
) -> Scores:
    """Generalised distance measure from the pattern of best values. Also ``distance`` and ``pattern``.

    Args:
        x: alternatives x criteria as measured.
        weights: see the module.
        directions: see the module.
        scale: ``metric`` (GDM1) or ``ordinal`` (GDM2, only orders count).
        normalisation: of metric criteria, pattern included: ``n0`` to ``n13``.
    """
    table, given = _table(x, weights)
    check_word("scale", scale, ("metric", "ordinal"))
    check_word("normalisation", normalisation, _FORMULAS)
    asked = {"metric": {"normalisation": normalisation}} if scale == "metric" else "ordinal"
    found = _native.gdm(table, given, _directions(directions, table.shape[1]), json.dumps(asked))
    options = {"normalisation": normalisation} if scale == "metric" else {}
    return _scores("gdm", found, scale=scale, **options)


def topsis(x: ArrayLike, weights: Weights, directions: Directions, *, normalisation: str = "vector") -> Scores:
    """TOPSIS: near to the ideal, far from the anti-ideal.

    Also ``to_ideal``, ``to_anti_ideal``, and in each criterion ``ideal`` and ``anti_ideal``.

    Args:
        x: alternatives x criteria as measured.
        weights: see the module.
        directions: see the module.
        normalisation: ``vector`` (n11, Hwang and Yoon), ``minmax`` or another of `normalise`; scores depend on it much.
    """
    table, given = _table(x, weights)
    asked = _normalisation("normalisation", normalisation, table.shape[1], "average", None, False)
    found = _native.topsis(table, given, _directions(directions, table.shape[1]), json.dumps(asked))
    return _scores("topsis", found, normalisation=normalisation)


def promethee2(
    x: ArrayLike,
    weights: Weights,
    directions: Directions,
    *,
    preference: str | Sequence[str] = "usual",
    q: ArrayLike | None = None,
    p: ArrayLike | None = None,
    s: ArrayLike | None = None,
) -> Scores:
    """Net flow by PROMETHEE II.

    Also ``positive``, ``negative`` and ``net`` flow (the score), and ``by_criterion``, net and unweighted.

    Args:
        x: alternatives x criteria as measured.
        weights: see the module.
        directions: see the module.
        preference: ``usual``, ``u_shape`` (q), ``v_shape`` (p), ``level`` (q, p), ``linear`` (q, p), ``gaussian``
            (s); one word or one for each criterion.
        q: indifference, the largest lead that does not count; one number or one for each criterion.
        p: preference, the lead from which it counts in full.
        s: bend of the Gaussian.
    """
    table, given = _table(x, weights)
    criteria = table.shape[1]
    words = [preference] * criteria if isinstance(preference, str) else list(preference)
    if len(words) != criteria:
        raise InputError(f"preference has {len(words)} values: expected {criteria}")
    values = {name: _each(name, value, criteria) for name, value in (("q", q), ("p", p), ("s", s))}
    asked: list[Any] = []
    for criterion, word in enumerate(_ALSO.get(word, word) for word in words):
        check_word("preference", word, tuple(_PREFERENCES))
        wanted = {name: values[name] for name in _PREFERENCES[word]}
        for name, value in wanted.items():
            if value is None:
                raise InputError(f"preference='{word}' of criterion {criterion} needs {name}")
        asked.append({word: {name: value[criterion] for name, value in wanted.items() if value}} if wanted else word)
    found = _native.promethee2(table, given, _directions(directions, criteria), json.dumps(asked))
    found["net"] = found["score"]
    return _scores("promethee2", found, preference=asked)


def electre3(
    x: ArrayLike,
    weights: Weights,
    directions: Directions,
    *,
    q: ArrayLike,
    p: ArrayLike,
    v: ArrayLike | None = None,
) -> Scores:
    """Net credibility by ELECTRE III. Also ``credibility``, ``concordance`` and the largest ``discordance``.

    The matrices say how far the row is at least as good as the column.

    Args:
        x: alternatives x criteria as measured.
        weights: see the module.
        directions: see the module.
        q: indifference; one number or one for each criterion.
        p: preference.
        v: veto, above p; none for no veto, ``None`` among the numbers for no veto in that criterion.
    """
    table, given = _table(x, weights)
    criteria = table.shape[1]
    single = v is None or isinstance(v, (int, float))
    vetoes = [v] * criteria if single else list(v)  # type: ignore[arg-type]
    if len(vetoes) != criteria:
        raise InputError(f"v has {len(vetoes)} values: expected {criteria}")
    low, high = _each("q", q, criteria) or [], _each("p", p, criteria) or []
    thresholds = [
        {"q": low[j], "p": high[j], "v": None if veto is None else number("v", veto)} for j, veto in enumerate(vetoes)
    ]
    found = _native.electre3(table, given, _directions(directions, criteria), json.dumps(thresholds))
    return _scores("electre3", found, thresholds=thresholds)


def lexicographic(
    x: ArrayLike,
    directions: Directions,
    *,
    compare: str | tuple[Any, ...] | Sequence[str | tuple[Any, ...]] = "strict",
) -> Scores:
    """Criteria one after another, each only among those equal so far. Also ``groups`` and ``decided_by``.

    Args:
        x: alternatives x criteria as measured, the most important criterion first.
        directions: see the module.
        compare: when two are equal, for all criteria or for each: ``"strict"``; ``("bands", width)`` or
            ``("bands", width, begin)``, in the same fixed band; ``("leader", distance)`` or
            ``("leader_share", share)``, both so near to the best of those still equal.
    """
    table = numbers("x", x, 2)
    criteria = table.shape[1]
    each = [compare] * criteria if isinstance(compare, (str, tuple)) else list(compare)
    asked = [_comparison(one) for one in each]
    found = _native.lexicographic(table, _directions(directions, criteria), json.dumps(asked))
    return _scores("lexicographic", found, compare=asked)


def _comparison(asked: str | tuple[Any, ...]) -> Any:
    word, *values = (asked,) if isinstance(asked, str) else asked
    check_word("compare", word, ("strict", "bands", "leader", "leader_share"))
    expected = {"strict": (0,), "bands": (1, 2)}.get(word, (1,))
    if len(values) not in expected:
        raise InputError(f"compare={asked!r}: expected {' or '.join(map(str, expected))} numbers after '{word}'")
    given = [number(f"compare '{word}'", value) for value in values]
    if word == "strict":
        return word
    if word == "bands":
        return {"bands": dict(zip(("width", "from"), given, strict=False))}
    return {{"leader": "leader_distance"}.get(word, word): {"within": given[0]}}


def _normalisation(option: str, method: str, criteria: int, ties: str, goalposts: Any, clip: bool) -> Any:
    check_word(option, method, _METHODS)
    if method == "goalposts":
        if goalposts is None:
            raise InputError(f"{option}='goalposts' needs goalposts: the lower and the upper end, or a pair for each")
        ends = numbers("goalposts", goalposts, (1, 2))
        if ends.shape not in ((2,), (criteria, 2)):
            raise InputError(f"goalposts has shape {ends.shape}: expected (2,) or ({criteria}, 2)")
        pairs = [ends] * criteria if ends.ndim == 1 else list(ends)
        posts = [{"low": number("goalposts", low), "high": number("goalposts", high)} for low, high in pairs]
        return {"goalposts": {"posts": posts, "clip": bool(clip)}}
    if method in ("rank", "percentile"):
        check_word("ties", ties, _TIES)
        return {method: {"ties": ties}}
    return _SAME.get(method, method)


def _directions(directions: Any, criteria: int) -> str:
    """Directions as JSON of the core's type."""
    single = isinstance(directions, str) or (
        isinstance(directions, tuple) and len(directions) in (2, 3) and directions[0] == "nominant"
    )
    each = [directions] * criteria if single else list(directions)
    if len(each) != criteria:
        raise InputError(f"directions has {len(each)} values: expected {criteria}, one for each criterion")
    return json.dumps([_direction(one) for one in each])


def _direction(one: Any) -> Any:
    if isinstance(one, str) and one in _DIRECTIONS:
        return _DIRECTIONS[one]
    if isinstance(one, (tuple, list)) and len(one) in (2, 3) and one[0] == "nominant":
        low, high = number("nominant", one[1]), number("nominant", one[-1])
        return {"nominant": {"low": low, "high": high}}
    expected = "'stimulant', 'destimulant', ('nominant', value) or ('nominant', low, high)"
    raise InputError(f"direction {one!r} is not known: expected {expected}")


def _table(x: ArrayLike, weights: Any) -> tuple[NDArray[np.float64], Any]:
    table = numbers("x", x, 2)
    if isinstance(weights, str):
        check_word("weights", weights, ("equal",))
        weights = [1.0] * table.shape[1]
    return table, None if weights is None else numbers("weights", weights).tolist()


def _each(name: str, value: Any, criteria: int) -> list[float] | None:
    """One number for each criterion; a single one counts for all."""
    if value is None:
        return None
    found = numbers(name, value, (0, 1))
    if found.ndim == 1 and len(found) != criteria:
        raise InputError(f"{name} has {len(found)} values: expected {criteria}, or one for all")
    each = found.tolist() if found.ndim else [float(found)] * criteria
    return [number(name, one) for one in each]


def _scores(method: str, found: dict[str, Any], **options: Any) -> Scores:
    score, rank, order = (found.pop(name) for name in ("score", "rank", "order"))
    return Scores(method, score, rank, order, found, options)
