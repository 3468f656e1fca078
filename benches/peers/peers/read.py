"""From `case.toml` and the school table to a case, as far as the shipped cases go: no workbooks, no kept plans."""

import math
import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from peers.case import (
    Case,
    Floats,
    Fund,
    Horizon,
    Measure,
    Norm,
    Objective,
    Policy,
    Resource,
    Scope,
    rounded,
)
from peers.schools import read_schools

Record = dict[str, Any]

#: Shipped standards, as the engine has them.
STANDARDS = Path(__file__).parents[3] / "src" / "read" / "standards"


def read_case(folder: Path) -> Case:
    """The case of a folder, without scenarios."""
    stated = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    head = stated["case"]
    factor = float(head.get("money_factor", 1.0))
    years = head["years"]
    return Case(
        horizon=Horizon(years, float(head.get("terminal_years", 5.0))),
        money_factor=factor,
        schools=read_schools(folder, stated["schools"], stated["resource"], head["name"]),
        enrolment=enrolment(stated.get("enrolment", {}), years),
        resources=tuple(resource(record) for record in stated["resource"]),
        norms=norms(stated["standard"]),
        measures=tuple(measure(record, factor) for record in stated["measure"]),
        funds=tuple(fund(record, years, factor) for record in stated["fund"]),
        policies=tuple(policy(record) for record in stated.get("policy", [])),
        objective=objective(stated.get("objective", {})),
        no_school_below_today=head.get("no_school_below_today", True),
    )


def scope(record: Record) -> Scope:
    """What a rule, fund, measure or tilt speaks of, from the keys that are there."""
    names = Scope.__dataclass_fields__
    return Scope(**{key: frozenset(record[key]) for key in names if key in record})


def yearly(value: float | list[float], years: int) -> list[float]:
    """One number a plan year."""
    return [float(one) for one in value] if isinstance(value, list) else [float(value)] * years


def enrolment(record: Record, years: int) -> Floats:
    """Factor on pupils, section × plan year; 1 where none is stated."""
    both = record.get("both", 1.0)
    return np.array([yearly(record.get(key, both), years) for key in ("primary", "junior")])


def resource(record: Record) -> Resource:
    """A resource."""
    step = record.get("step", 1.0 if record.get("whole", False) else 0.01)
    return Resource(record["id"], float(step), float(record.get("weight", 1.0)))


def norms(record: Record) -> dict[str, Norm]:
    """The norms of a standard by resource: those of the shipped set it uses, then its own."""
    known: dict[str, Norm] = {}
    if "use" in record:
        shipped = tomllib.loads((STANDARDS / f"{record['use']}.toml").read_text(encoding="utf-8"))
        known = norms(shipped["standard"])
    for one in record.get("norm", []):
        change_norm(known, one)
    return known


def change_norm(known: dict[str, Norm], record: Record) -> None:
    """Puts a stated norm in place of that of its resource, or takes it away."""
    known.pop(record["resource"], None)
    if not record.get("none", False):
        known[record["resource"]] = Norm(
            per=record["per"],
            amount=(record.get("primary", math.nan), record.get("junior", math.nan)),
            classes=record.get("classes", 1.0),
            table=tuple((row["up_to"], row["amount"]) for row in record.get("table", [])),
        )


def measure(record: Record, factor: float) -> Measure:
    """A measure; `factor` is the main units of the currency in one of the case's money."""
    lever = "buy" if record["kind"] == "build" else record["kind"]
    return Measure(
        id=record["id"],
        resource=record["resource"],
        lever=lever,
        cost=rounded(record["cost"], factor),
        nature=record.get("nature", "capital" if lever == "buy" else "recurrent"),
        scope=scope(record),
        lead=record.get("lead", 0),
        life=record.get("life", 0),
        term=record.get("term", 1),
    )


def fund(record: Record, years: int, factor: float) -> Fund:
    """A fund; one that may pay recurrent spending goes on as in the last year unless the case says otherwise."""
    amounts = tuple(rounded(amount, factor) for amount in yearly(record["amounts"], years))
    pays = scope(record.get("pays", {}))
    goes_on = not pays.natures or "recurrent" in pays.natures
    after = rounded(record["after"], factor) if "after" in record else amounts[-1] * goes_on
    return Fund(record["id"], amounts, after, record.get("carry_over", False), pays)


def policy(record: Record) -> Policy:
    """A rule."""
    bound, amount, of_stock = "max", 0.0, False
    for key in ("min", "max", "min_of_stock", "max_of_stock"):
        if key in record:
            bound, amount, of_stock = key[:3], float(record[key]), key.endswith("of_stock")
    return Policy(
        id=record["id"],
        kind=record["kind"],
        scope=scope(record.get("scope", {})),
        bound=bound,
        amount=amount,
        of=record.get("of", "spent"),
        funds=frozenset(record.get("funds", [])),
        of_stock=of_stock,
        each_year=record.get("each_year", True),
        each_county=record.get("each", "all") == "county",
    )


def tilt(record: Record) -> tuple[Scope, float]:
    """More weight for some schools."""
    return scope(record), float(record["weight"])


def bands(records: list[Record]) -> tuple[tuple[float, float], ...]:
    """Severity bands, a single one of weight 1 when none are stated."""
    return tuple((band["below"], band["weight"]) for band in records) or ((1.0, 1.0),)


def objective(record: Record) -> Objective:
    """How shortfalls are weighed."""
    return Objective(
        count=record.get("count", "pupils"),
        tilts=tuple(tilt(one) for one in record.get("tilt", [])),
        bands=bands(record.get("bands", [])),
    )
