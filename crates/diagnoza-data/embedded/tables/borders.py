"""Borders of the powiats and gminas of voivodeship 28."""

import json
from pathlib import Path

from .register import clean_powiat
from .table import Table, texts

DECIMALS = 5


def rounded(coordinates: list) -> list:
    if isinstance(coordinates[0], list):
        return [rounded(inner) for inner in coordinates]
    return [round(number, DECIMALS) for number in coordinates]


def borders(name: str, title_pl: str, title_en: str, path: Path, names: dict[str, str]) -> Table:
    collection = json.loads(path.read_text(encoding="utf-8"))
    features = sorted(collection["features"], key=lambda feature: feature["properties"]["terc"])
    codes = [feature["properties"]["terc"] for feature in features]
    assert codes == sorted(names), set(codes) ^ set(names)
    lines = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": names[code]},
            "geometry": {"type": f["geometry"]["type"], "coordinates": rounded(f["geometry"]["coordinates"])},
        }
        for code, f in zip(codes, features, strict=True)
    ]
    # One feature a line, so that a change of one border is a change of one line.
    body = ",\n".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    table = Table(
        name=name,
        title_pl=title_pl,
        title_en=title_en,
        publisher="Państwowy Rejestr Granic (state register of borders)",
        publication="simplified outlines of jusuff/PolandGeoJson",
        date="codes of 2024",
        basis=["not_population"],
        licence="Unlicense (public domain)",
        status="derived: simplified outlines for maps, WGS 84, not for measuring; joins the register on code",
        sources=[path],
        columns={
            "code": ("code", "TERYT code of the unit: 4 digits powiat, 7 gmina"),
            "name": ("text", "name as in the register"),
        },
        text=f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n',
    )
    table.rows = len(features)
    return table


def tables(sources: Path) -> list[Table]:
    folder = sources / "territory"
    gminas = texts(folder / "gminas_28.csv")
    units = texts(sources / "gus_projection_2023_2060/units.csv").rows()
    powiats = {code: clean_powiat(label) for code, label in units if code.startswith("28") and len(code) == 4}
    return [
        borders(
            "borders_powiaty_28",
            "Granice powiatów województwa warmińsko-mazurskiego",
            "Borders of the powiats of voivodeship 28",
            folder / "powiaty_28.geojson",
            powiats,
        ),
        borders(
            "borders_gminy_28",
            "Granice gmin województwa warmińsko-mazurskiego",
            "Borders of the gminas of voivodeship 28",
            folder / "gminy_28.geojson",
            dict(gminas.select("teryt", "name").rows()),
        ),
    ]
