"""Borders for a map: read from GeoJSON, turned the way the renderer fills, and a place for each label."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from diagnoza.errors import InputError

__all__ = ["Area", "read_borders"]

Point = tuple[float, float]
Ring = list[Point]

_CELLS = 14
_REFINEMENTS = 3


@dataclass(frozen=True)
class Area:
    """One unit's border: its code, name, polygons (each a list of rings) and where its label stands."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    def feature(self, properties: Mapping[str, object]) -> dict[str, Any]:
        """Return the area as a GeoJSON feature with these properties at its top level."""
        coordinates = [[[list(point) for point in ring] for ring in rings] for rings in self.polygons]
        return {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": coordinates},
            **properties,
        }

    def label_point(self) -> Point:
        """Return the point furthest from every border, to about a fiftieth of the area's width.

        A centroid would put the name of a powiat that surrounds a city onto the city.
        """
        rings = max(self.polygons, key=lambda polygon: abs(_signed_area(polygon[0])))
        xs, ys = [x for x, _ in rings[0]], [y for _, y in rings[0]]
        # a degree of longitude is shorter than one of latitude
        squeeze = math.cos(math.radians((min(ys) + max(ys)) / 2))
        flat = [[(x * squeeze, y) for x, y in ring] for ring in rings]
        left, right, low, high = min(xs) * squeeze, max(xs) * squeeze, min(ys), max(ys)
        best, reach = ((left + right) / 2, (low + high) / 2), -math.inf
        width, height = right - left, high - low
        for _ in range(_REFINEMENTS):
            for i in range(_CELLS):
                for j in range(_CELLS):
                    point = (left + (i + 0.5) * width / _CELLS, low + (j + 0.5) * height / _CELLS)
                    distance = _inside_distance(point, flat)
                    if distance > reach:
                        best, reach = point, distance
            width, height = width * 2 / _CELLS, height * 2 / _CELLS
            left, low = best[0] - width / 2, best[1] - height / 2
        return best[0] / squeeze, best[1]


def read_borders(borders: Mapping[str, Any] | str) -> list[Area]:
    """Return the areas of a GeoJSON FeatureCollection, exterior rings clockwise as d3-geo needs them.

    RFC 7946 wants the opposite; a map library on the sphere then fills everything outside.

    Raises:
        InputError: if it is not such a collection, or a feature has no code, name or polygon.
    """
    if isinstance(borders, str):
        try:
            borders = json.loads(borders)
        except json.JSONDecodeError as error:
            raise InputError(f"borders are not JSON: {error}") from error
    features = borders.get("features") if isinstance(borders, Mapping) else None
    if not isinstance(features, list) or not features:
        raise InputError("borders must be a GeoJSON FeatureCollection with at least one feature")
    areas = [_area(index, feature) for index, feature in enumerate(features)]
    codes = [area.code for area in areas]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise InputError(f"borders have these codes more than once: {', '.join(twice)}")
    return areas


def _area(index: int, feature: Any) -> Area:
    where = f"feature {index + 1} of the borders"
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping) or "code" not in properties or "name" not in properties:
        have = ", ".join(map(str, properties)) if isinstance(properties, Mapping) else "none"
        raise InputError(f"{where} needs the properties 'code' and 'name'; it has {have}")
    geometry = feature.get("geometry")
    kind = geometry.get("type") if isinstance(geometry, Mapping) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise InputError(f"{where} ({properties['name']}) is a {kind}: a Polygon or MultiPolygon is needed")
    shapes = geometry["coordinates"] if kind == "MultiPolygon" else [geometry["coordinates"]]
    polygons = []
    for shape in shapes:
        rings = []
        for place, ring in enumerate(shape):
            points = [(float(point[0]), float(point[1])) for point in ring]
            if len(points) < 4:
                raise InputError(f"{where} ({properties['name']}) has a ring of {len(points)} points: 4 are needed")
            clockwise = _signed_area(points) < 0
            rings.append(points if clockwise == (place == 0) else points[::-1])
        polygons.append(tuple(rings))
    if not polygons or not all(polygons):
        raise InputError(f"{where} ({properties['name']}) has no coordinates")
    return Area(code=str(properties["code"]), name=str(properties["name"]), polygons=tuple(polygons))


def _signed_area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:], strict=False)) / 2


def _inside_distance(point: Point, rings: list[Ring]) -> float:
    """Return the distance to the nearest border, negative outside (even-odd over all rings)."""
    x, y = point
    inside, nearest = False, math.inf
    for ring in rings:
        for (ax, ay), (bx, by) in zip(ring, ring[1:], strict=False):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
            dx, dy = bx - ax, by - ay
            length = dx * dx + dy * dy
            along = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length > 0 else 0.0
            nearest = min(nearest, math.hypot(x - ax - along * dx, y - ay - along * dy))
    return nearest if inside else -nearest
