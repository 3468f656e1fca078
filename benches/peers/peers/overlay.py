"""Scenarios: small named changes on a case."""

import tomllib
from dataclasses import replace
from pathlib import Path

from peers.case import Case, Fund, Measure, Policy
from peers.read import Record, bands, change_norm, enrolment, norms, policy, scope, tilt


def with_scenarios(case: Case, folder: Path, names: list[str]) -> Case:
    """The case with the scenarios of its folder applied in order, what each includes first and once."""
    for name in names:
        case = with_scenario(case, folder, name, done=[])
    return case


def with_scenario(case: Case, folder: Path, name: str, done: list[str]) -> Case:
    """The case with one scenario, unless it is done already."""
    if name in done:
        return case
    text = (folder / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    record = tomllib.loads(text)
    for inner in record.get("include", []):
        case = with_scenario(case, folder, inner, done)
    done.append(name)
    return changed(case, record)


def with_funds(case: Case, factor: float, fund: str | None = None) -> Case:
    """The case with the money of one fund (of all when None) times a factor, afterwards too."""

    def scaled(one: Fund) -> Fund:
        if fund not in (None, one.id):
            return one
        amounts = tuple(case.money(amount * factor) for amount in one.amounts)
        return replace(one, amounts=amounts, after=case.money(one.after * factor))

    return replace(case, funds=tuple(scaled(one) for one in case.funds))


def changed(case: Case, record: Record) -> Case:
    """The case with the changes of one scenario file."""
    for one in record.get("fund", []):
        case = with_funds(case, one["factor"], one.get("id"))
    if "terminal_years" in record:
        case = replace(case, horizon=replace(case.horizon, terminal=float(record["terminal_years"])))
    known = norms(record["standard"]) if "standard" in record else dict(case.norms)
    for one in record.get("norm", []):
        change_norm(known, one)
    weights = {one["resource"]: one["weight"] for one in record.get("weight", [])}
    return replace(
        case,
        norms=known,
        resources=tuple(replace(one, weight=weights.get(one.id, one.weight)) for one in case.resources),
        enrolment=case.enrolment * enrolment(record.get("enrolment", {}), case.horizon.years),
        measures=repriced(case, record.get("cost", [])),
        policies=ruled(case, record),
        objective=replace(
            case.objective,
            tilts=case.objective.tilts + tuple(tilt(one) for one in record.get("tilt", [])),
            bands=bands(record["bands"]) if "bands" in record else case.objective.bands,
        ),
    )


def repriced(case: Case, records: list[Record]) -> tuple[Measure, ...]:
    """The measures at other prices."""
    measures = list(case.measures)
    for record in records:
        covered = scope(record)
        for at, measure in enumerate(measures):
            if covered.covers_measure(measure):
                measures[at] = replace(measure, cost=case.money(measure.cost * record["factor"]))
    return tuple(measures)


def ruled(case: Case, record: Record) -> tuple[Policy, ...]:
    """The rules, less those dropped, and more."""
    dropped = record.get("drop", {}).get("policies", [])
    kept = tuple(one for one in case.policies if one.id not in dropped)
    return kept + tuple(policy(one) for one in record.get("policy", []))
