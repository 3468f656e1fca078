"""The school table: from the rows of a CSV to arrays."""

import csv
import gzip
from collections.abc import Callable, Iterable
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from peers.case import SECTIONS, STAGES, Floats, Ints, Labels, Schools
from peers.cells import fold, number

USUAL_STAGES = {
    "小学": "primary",
    "初中": "junior",
    "九年一贯制": "nine-year",
    "九年一贯制学校": "nine-year",
    "primary": "primary",
    "junior": "junior",
    "nine-year": "nine-year",
}


class Table:
    """A CSV or CSV.gz in UTF-8, by columns; of its columns those asked for, of its rows those planned for."""

    def __init__(self, file: Path, columns: Iterable[str], missing: Iterable[str], only: list[dict[str, Any]]) -> None:
        self.missing = frozenset(fold(mark) for mark in missing)
        wanted = list(dict.fromkeys(fold(column) for column in columns))
        opened = gzip.open if file.suffix == ".gz" else open
        with opened(file, "rt", encoding="utf-8-sig", newline="") as text:
            rows = csv.reader(text)
            header = [fold(cell) for cell in next(rows)]
            conditions = [(header.index(fold(one["column"])), self.condition(one)) for one in only]
            pick = itemgetter(*map(header.index, wanted))
            kept = [pick(row) for row in rows if any(row) and all(holds(row[at]) for at, holds in conditions)]
        self.columns = dict(zip(wanted, zip(*kept, strict=True), strict=True))
        self.length = len(kept)

    def condition(self, stated: dict[str, Any]) -> Callable[[str], bool]:
        """Whether a cell is one of some words, or a number above one."""
        if "above" in stated:
            return lambda cell: number(cell, self.missing) > stated["above"]
        words = {fold(word) for word in stated["values"]}
        return lambda cell: fold(cell) in words

    def text(self, column: str) -> list[str]:
        """The texts of a column."""
        return [cell.strip() for cell in self.columns[fold(column)]]

    def numbers(self, column: str | None) -> Floats:
        """The numbers of a column, NaN where there are none or no column is named."""
        if column is None:
            return np.full(self.length, np.nan)
        return np.array([number(cell, self.missing) for cell in self.columns[fold(column)]])

    def sum(self, columns: str | list[str]) -> Floats:
        """The sum of one or several columns; NaN where one of them says nothing."""
        return sum(self.numbers(one) for one in listed(columns))


def listed(columns: str | list[str]) -> list[str]:
    """One or several headers as a list."""
    return [columns] if isinstance(columns, str) else columns


def read_schools(folder: Path, stated: dict[str, Any], resources: list[dict[str, Any]], name: str) -> Schools:
    """The school table that `[schools]` describes; `name` is the county where no column names one."""
    columns, constant = stated["columns"], stated.get("constant", {})
    wanted = list(columns.values())
    for resource in resources:
        wanted += listed(resource["stock"]) + listed(resource.get("unusable", []))
    table = Table(folder / stated["file"], wanted, stated.get("missing", []), stated.get("only", []))

    def texts(key: str, otherwise: str) -> list[str]:
        if key in columns:
            return [text or otherwise for text in table.text(columns[key])]
        return [constant.get(key, otherwise)] * table.length

    ids = table.text(columns["id"])
    if len(set(ids)) < len(ids):
        raise ValueError(f"{stated['file']}: a school code stands twice")
    stage = stages(texts("stage", ""), stated.get("stages", {}))
    province = texts("province", "")
    return Schools(
        ids=tuple(ids),
        stage=Labels(tuple((name,) for name in STAGES), stage),
        area=labels(texts("area", "unclassified")),
        county=counties(texts("county", name), province),
        province=labels(province),
        pupils=pupils(counted(table, columns, "pupils", stage)),
        classes=counted(table, columns, "classes", stage),
        stock=np.column_stack([stock(table, resource) for resource in resources]),
    )


def labels(texts: list[str]) -> Labels:
    """Labels in the order of their first appearance."""
    at = {name: code for code, name in enumerate(dict.fromkeys(texts))}
    return Labels(tuple((name,) for name in at), np.array([at[text] for text in texts]))


def counties(names: list[str], provinces: list[str]) -> Labels:
    """Counties, each of its province; they go by their own name and by `province/county`."""
    pairs = list(zip(provinces, names, strict=True))
    at = {pair: code for code, pair in enumerate(dict.fromkeys(pairs))}
    known = tuple((name, f"{province}/{name}") for province, name in at)
    return Labels(known, np.array([at[pair] for pair in pairs]))


def stages(texts: list[str], own: dict[str, list[str]]) -> Ints:
    """The position in `STAGES` of each school's stage, by the usual words and those of the case."""
    words = USUAL_STAGES | {word: stage for stage, words in own.items() for word in words}
    known = {fold(word): STAGES.index(stage) for word, stage in words.items()}
    return np.array([known[fold(text)] for text in texts])


def counted(table: Table, columns: dict[str, str], key: str, stage: Ints) -> Floats:
    """Pupils or classes, school × section: the total or the section's own column, by stage; NaN where unknown."""
    total, *parts = (table.numbers(columns.get(name)) for name in (key, f"{key}_primary", f"{key}_junior"))
    counts = np.zeros((table.length, 2))
    for section, (own, other) in enumerate([parts, parts[::-1]]):
        rest = np.where(total >= other, total - other, np.nan)
        single = np.where(np.isnan(total), own, total)
        both = np.where(np.isnan(own), rest, own)
        counts[:, section] = np.where(SECTIONS[stage].all(axis=1), both, single)
    counts[~SECTIONS[stage]] = 0.0
    counts[np.isnan(counts).any(axis=1)] = np.nan
    return counts


def pupils(counts: Floats) -> Floats:
    """Pupils, where there are any: a school without a pupil is one of which nothing is known."""
    return np.where(counts.sum(axis=1, keepdims=True) == 0.0, np.nan, counts)


def stock(table: Table, resource: dict[str, Any]) -> Floats:
    """Usable stock of a resource in units: what there is less what is unusable."""
    there = table.sum(resource["stock"])
    unusable = table.sum(resource["unusable"]) if "unusable" in resource else np.zeros(table.length)
    if resource.get("zero_is_missing", False):
        there = np.where(there == 0.0, np.nan, there)
    return np.where(unusable > there, np.nan, there - unusable)
