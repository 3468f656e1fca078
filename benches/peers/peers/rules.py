"""Who may pay for what, which posts may change places, and how many units rules allow or demand."""

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from peers.case import Bools, Case, Floats, Ints, Measure, Policy


@dataclass(frozen=True)
class Budget:
    """Who may pay for what. A line of the budget is a measure at a group of schools (m × g)."""

    #: The group of each school: schools of which the same funds and share rules speak.
    group: Ints
    #: Whether a fund may pay a line, fund × m × g.
    payers: Bools
    #: Whether a share rule speaks of a line, by the rule's position, each m × g.
    inside: dict[int, Bools]


@dataclass(frozen=True)
class Exchange:
    """Posts of a rotation that may change places one against one among some schools: no stock changes."""

    measure: int
    #: The group of schools whose budget line pays the allowances.
    group: int
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
    #: The size in units: one a county, or a single one for all together.
    units: Floats
    #: Which of the sizes holds in each county.
    of_county: Ints


def budget(case: Case) -> Budget:
    """The budget of a case: its schools told apart by funds and share rules, and what these speak of."""
    shares = [(at, policy) for at, policy in enumerate(case.policies) if policy.kind == "share"]
    scopes = [fund.scope for fund in case.funds] + [policy.scope for _, policy in shares]
    marks = np.array([scope.covers_schools(case.schools) for scope in scopes])
    groups = alike(marks)
    group = np.empty(len(case.schools.ids), int)
    for at, schools in enumerate(groups):
        group[schools] = at
    of_group = marks[:, [schools[0] for schools in groups]]
    of_measure = np.array([[scope.covers_measure(measure) for measure in case.measures] for scope in scopes])
    spoken_of = of_measure[:, :, None] & of_group[:, None, :]
    funds = len(case.funds)
    return Budget(group, spoken_of[:funds], {at: spoken_of[funds + n] for n, (at, _) in enumerate(shares)})


def alike(marks: Bools) -> list[Ints]:
    """The schools with the same marks (mark × school), group by group."""
    packed = np.packbits(marks.T, axis=1)
    _, group = np.unique(packed, axis=0, return_inverse=True)
    order = np.argsort(group.ravel(), kind="stable")
    return np.split(order, np.cumsum(np.bincount(group.ravel()))[:-1])


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
    """All quotas, one a rule and span of years."""
    found = []
    for at, policy in enumerate(case.policies):
        if policy.kind != "quota":
            continue
        counties = np.arange(len(case.schools.county.names))
        of_county = counties if policy.each_county else np.zeros_like(counties)
        size = quota_units(case, policy, of_county)
        found += [Quota(at, years, size, of_county) for years in spans(case, policy)]
    return found


def quota_units(case: Case, policy: Policy, of_county: Ints) -> Floats:
    """The sizes of a quota in units: as stated, or a share of the known stock of what it speaks of."""
    sizes = int(of_county.max()) + 1
    if not policy.of_stock:
        return np.full(sizes, policy.amount)
    spoken_of = {measure.resource for measure in case.measures if policy.scope.covers_measure(measure)}
    columns = [at for at, resource in enumerate(case.resources) if resource.id in spoken_of]
    stock = np.nan_to_num(case.schools.stock[:, columns]).sum(axis=1)
    stock[~policy.scope.covers_schools(case.schools)] = 0.0
    return policy.amount * np.bincount(of_county[case.schools.county.code], weights=stock, minlength=sizes)


def exchanges(case: Case, budget: Budget) -> list[Exchange]:
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
    case: Case, at: int, measure: Measure, demanded: Bools, counts: dict[int, Bools], budget: Budget
) -> list[Exchange]:
    """The exchanges of one rotation at the schools of which a rule demands moves."""
    schools = case.schools
    open_here = demanded & allowed(case, measure)
    if measure.cost > 0.0:
        open_here &= budget.payers[:, at, budget.group].any(axis=0)

    def place(school: int) -> tuple:
        counted = tuple(number for number, covered in counts.items() if covered[school])
        return (schools.county.code[school], schools.stage.code[school], budget.group[school], counted)

    stock = np.nan_to_num(schools.stock[:, case.resource_at(measure)])
    members = sorted(np.flatnonzero(open_here).tolist(), key=place)
    return [
        Exchange(at, int(group), int(county), frozenset(counted), float(stock[list(same)].sum()))
        for (county, _, group, counted), same in groupby(members, key=place)
    ]
