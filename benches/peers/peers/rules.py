"""Who may pay for what, which posts may change places, and how many units rules allow or demand."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from peers.case import Bools, Case, Ints, Measure, Policy


@dataclass(frozen=True)
class Line:
    """A line of the budget: a measure at schools of which the same funds and share rules speak."""

    measure: int
    schools: Ints
    #: The funds that may pay it and the share rules that count it, by position.
    funds: tuple[int, ...]
    shares: tuple[int, ...]


@dataclass(frozen=True)
class Exchange:
    """Posts of a rotation that may change places one against one among some schools: no stock changes."""

    measure: int
    #: The budget line of the allowances; None when they cost nothing.
    line: int | None
    county: int
    #: The quotas that count them, by position.
    policies: frozenset[int]
    #: The most posts a year: all that these schools have.
    posts: float


@dataclass(frozen=True)
class Quota:
    """A rule on units in some plan years: Σ over the schools and measures it covers ≥ or ≤ `units`."""

    policy: int
    years: tuple[int, ...]
    #: One county, or None for all together.
    county: int | None
    units: float


def lines(case: Case) -> list[Line]:
    """The budget: the schools of each measure, told apart by who may pay and which share rules count."""
    found = []
    for at, measure in enumerate(case.measures):
        inside = measure.scope.covers_schools(case.schools)
        funds = [inside & fund.scope.covers(measure, case.schools) for fund in case.funds]
        shares = {
            number: policy.scope.covers(measure, case.schools)
            for number, policy in enumerate(case.policies)
            if policy.kind == "share"
        }
        for schools in alike([*funds, *shares.values()]):
            first = schools[0]
            payers = tuple(number for number, covered in enumerate(funds) if covered[first])
            counting = tuple(number for number, covered in shares.items() if covered[first])
            if payers and measure.cost > 0.0:
                found.append(Line(at, schools, payers, counting))
    return found


def alike(marks: list[Bools]) -> list[Ints]:
    """The schools with the same marks, group by group."""
    packed = np.packbits(np.column_stack(marks), axis=1)
    keys, group = np.unique(packed, axis=0, return_inverse=True)
    order = np.argsort(group.ravel(), kind="stable")
    return np.split(order, np.cumsum(np.bincount(group.ravel(), minlength=len(keys)))[:-1])


def allowed(case: Case, measure: Measure) -> Bools:
    """Where a measure may be used: its own scope says so and no rule forbids it."""
    inside = measure.scope.covers_schools(case.schools)
    for policy in case.policies:
        if policy.kind == "forbid":
            inside &= ~policy.scope.covers(measure, case.schools)
    return inside


def spans(case: Case, policy: Policy) -> list[tuple[int, ...]]:
    """The plan years a rule adds up: each by itself, or all together."""
    years = range(case.horizon.years)
    return [(year,) for year in years] if policy.each_year else [tuple(years)]


def quotas(case: Case) -> list[Quota]:
    """All quotas, with their size in units."""
    found = []
    for at, policy in enumerate(case.policies):
        if policy.kind != "quota":
            continue
        counties = range(len(case.schools.county.names)) if policy.each_county else [None]
        size = quota_units(case, policy)
        for years in spans(case, policy):
            found += [Quota(at, years, county, float(size[county or 0])) for county in counties]
    return found


def quota_units(case: Case, policy: Policy) -> np.ndarray:
    """The size of a quota in units, by county or as a single entry."""
    groups = len(case.schools.county.names) if policy.each_county else 1
    if not policy.of_stock:
        return np.full(groups, policy.amount)
    spoken_of = {measure.resource for measure in case.measures if policy.scope.covers_measure(measure)}
    columns = [at for at, resource in enumerate(case.resources) if resource.id in spoken_of]
    stock = np.nan_to_num(case.schools.stock[:, columns]).sum(axis=1)
    stock[~policy.scope.covers_schools(case.schools)] = 0.0
    county = case.schools.county.code if policy.each_county else np.zeros(len(stock), int)
    return policy.amount * np.bincount(county, weights=stock, minlength=groups)


def exchanges(case: Case, budget: list[Line]) -> list[Exchange]:
    """Where a rule demands moves, posts may also change places, among schools that all rules treat alike."""
    found = []
    for at, measure in enumerate(case.measures):
        if measure.lever != "rotate":
            continue
        counts = {
            number: policy.scope.covers(measure, case.schools)
            for number, policy in enumerate(case.policies)
            if policy.kind == "quota"
        }
        demanded = [covered for number, covered in counts.items() if case.policies[number].bound == "min"]
        if not demanded:
            continue
        found += exchanges_of(case, at, measure, np.any(demanded, axis=0), counts, budget)
    return found


def exchanges_of(
    case: Case, at: int, measure: Measure, demanded: Bools, counts: dict[int, Bools], budget: list[Line]
) -> list[Exchange]:
    """The exchanges of one rotation at the schools of which a rule demands moves."""
    schools = case.schools
    line_of = np.full(len(schools.ids), -1)
    for number, line in enumerate(budget):
        if line.measure == at:
            line_of[line.schools] = number
    open_here = demanded & allowed(case, measure)
    if measure.cost > 0.0:
        open_here &= line_of >= 0

    def place(school: int) -> tuple:
        counted = tuple(number for number, covered in counts.items() if covered[school])
        return (schools.county.code[school], schools.stage.code[school], line_of[school], counted)

    stock = np.nan_to_num(schools.stock[:, case.resource_at(measure)])
    members = sorted(np.flatnonzero(open_here).tolist(), key=place)
    return [
        Exchange(
            measure=at,
            line=int(line) if line >= 0 else None,
            county=int(county),
            policies=frozenset(counted),
            posts=float(stock[list(same)].sum()),
        )
        for (county, _, line, counted), same in groupby(members, key=place)
    ]
