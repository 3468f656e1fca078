"""The program in PuLP, solved by the CBC that PuLP brings."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pulp

from peers.rules import spans
from peers.terms import Terms

#: Terms of a linear expression: PuLP's documentation builds large ones from (variable, coefficient) pairs.
Pairs = list[tuple[pulp.LpVariable, float]]


@dataclass
class Variables:
    """The decisions, by their place in the case."""

    short: dict[tuple[int, int, int, int], pulp.LpVariable]
    bring: dict[tuple[int, int, int], pulp.LpVariable]
    take: dict[tuple[int, int, int], pulp.LpVariable]
    exchange: dict[tuple[int, int], pulp.LpVariable]
    pay: dict[tuple[int, int, int, int], pulp.LpVariable]


def build(terms: Terms) -> pulp.LpProblem:
    """The program."""
    problem = pulp.LpProblem("gap", pulp.LpMinimize)
    chosen = variables(terms)
    cost = terms.shorts.cost
    problem += pulp.LpAffineExpression(
        [(variable, float(cost[key])) for key, variable in chosen.short.items()], constant=terms.fixed_gap
    )
    add_needs(problem, terms, chosen)
    add_pools(problem, terms, chosen)
    add_money(problem, terms, chosen)
    add_shares(problem, terms, chosen)
    add_quotas(problem, terms, chosen)
    return problem


def optimum(problem: pulp.LpProblem) -> float:
    """The smallest gap index."""
    status = problem.solve(pulp.PULP_CBC_CMD(msg=False, mip=False))
    if status != pulp.LpStatusOptimal:
        raise RuntimeError(f"CBC says {pulp.LpStatus[status]}")
    return pulp.value(problem.objective)


def size(problem: pulp.LpProblem) -> tuple[int, int]:
    """Rows and columns."""
    return problem.numConstraints(), problem.numVariables()


def variables(terms: Terms) -> Variables:
    """All decisions that are open, with their bounds."""

    def bounded(name: str, most: np.ndarray) -> dict:
        return {
            key: pulp.LpVariable(f"{name}_{'_'.join(map(str, key))}", 0.0, float(most[key]))
            for key in map(tuple, np.argwhere(most > 0.0).tolist())
        }

    years = range(terms.case.horizon.years)
    exchange = [(at, year) for at in range(len(terms.exchanges)) for year in years]
    posts = np.array([[one.posts] * len(years) for one in terms.exchanges]).reshape(-1, len(years))
    periods = range(terms.case.horizon.periods)
    pay = [(*line, period) for line in np.argwhere(terms.payers).tolist() for period in periods]
    return Variables(
        short=bounded("short", terms.shorts.width),
        bring=bounded("bring", terms.bring),
        take=bounded("take", terms.take),
        exchange={key: pulp.LpVariable(f"exchange_{key[0]}_{key[1]}", 0.0, float(posts[key])) for key in exchange},
        pay=pulp.LpVariable.dicts("pay", pay, lowBound=0.0),
    )


def add_needs(problem: pulp.LpProblem, terms: Terms, chosen: Variables) -> None:
    """What is short and what is brought, less what is taken, makes up what is missing; nothing beyond the ceiling."""
    needs: dict[tuple[int, int, int], Pairs] = defaultdict(list)
    in_use: dict[tuple[int, int, int], Pairs] = defaultdict(list)
    for (school, resource, period, _), variable in chosen.short.items():
        needs[school, resource, period].append((variable, 1.0))
    served, resource_of = terms.served.tolist(), terms.resource_of.tolist()
    crowded, years = terms.crowded.tolist(), terms.case.horizon.years
    for sign, moves in ((1.0, chosen.bring), (-1.0, chosen.take)):
        for (measure, start, school), variable in moves.items():
            resource = resource_of[measure]
            for period, share in enumerate(served[measure][start]):
                if share > 0.0:
                    needs[school, resource, period].append((variable, sign * share))
                    if period < years and crowded[school][resource][period]:
                        in_use[school, resource, period].append((variable, 1.0))
    missing = terms.missing
    for key in map(tuple, np.argwhere(terms.demands).tolist()):
        problem += pulp.LpAffineExpression(needs[key]) >= float(missing[key])
    for (school, resource, _), pairs in in_use.items():
        problem += pulp.LpAffineExpression(pairs) <= float(terms.ceiling[school, resource])


def add_pools(problem: pulp.LpProblem, terms: Terms, chosen: Variables) -> None:
    """Posts that arrive in a pool are posts that leave others of it."""
    pools: dict[tuple[int, int, int], Pairs] = defaultdict(list)
    pool_of, rotations = terms.pool.tolist(), set(terms.rotations)
    for sign, moves in ((1.0, chosen.bring), (-1.0, chosen.take)):
        for (measure, start, school), variable in moves.items():
            if measure in rotations:
                pools[measure, start, pool_of[school]].append((variable, sign))
    for pairs in pools.values():
        problem += pulp.LpAffineExpression(pairs) == 0.0


def add_money(problem: pulp.LpProblem, terms: Terms, chosen: Variables) -> None:
    """What a budget line costs is paid by the funds that may; no fund pays more than there is."""
    periods = range(terms.case.horizon.periods)
    group, paid = terms.budget.group.tolist(), terms.paid.tolist()
    price = [measure.cost for measure in terms.case.measures]
    costs: dict[tuple[int, int, int], Pairs] = defaultdict(list)
    for (measure, start, school), variable in chosen.bring.items():
        for period in periods:
            if price[measure] > 0.0 and paid[measure][start][period]:
                costs[measure, group[school], period].append((variable, price[measure]))
    for (at, start), variable in chosen.exchange.items():
        exchange = terms.exchanges[at]
        for period in periods:
            if price[exchange.measure] > 0.0 and paid[exchange.measure][start][period]:
                costs[exchange.measure, exchange.group, period].append((variable, price[exchange.measure]))
    for (_, measure, line_of, period), payment in chosen.pay.items():
        costs[measure, line_of, period].append((payment, -1.0))
    for pairs in costs.values():
        problem += pulp.LpAffineExpression(pairs) == 0.0
    payments: dict[tuple[int, int], list[pulp.LpVariable]] = defaultdict(list)
    for (fund, _, _, period), payment in chosen.pay.items():
        payments[fund, period].append(payment)
    for fund in range(len(terms.case.funds)):
        available = terms.available(fund)
        for period in periods:
            spent = [payment for at in terms.paid_until(fund, period) for payment in payments[fund, at]]
            problem += pulp.lpSum(spent) <= float(available[period])


def add_shares(problem: pulp.LpProblem, terms: Terms, chosen: Variables) -> None:
    """Money for what a rule speaks of, as a share of what is spent or available."""
    for at, policy in enumerate(terms.case.policies):
        if policy.kind != "share":
            continue
        counted, inside = terms.counted(policy), terms.budget.inside[at].tolist()
        of_spent = policy.amount if policy.of == "spent" else 0.0
        for years in spans(terms.case, policy):
            pairs = [
                (variable, inside[measure][group] - of_spent)
                for (fund, measure, group, period), variable in chosen.pay.items()
                if fund in counted and period in years
            ]
            least = policy.amount * terms.given(policy, years) if policy.of == "available" else 0.0
            share = pulp.LpAffineExpression(pairs)
            problem += share >= least if policy.bound == "min" else share <= least


def add_quotas(problem: pulp.LpProblem, terms: Terms, chosen: Variables) -> None:
    """Units handed out by what a rule speaks of; a rotated post counts where it leaves."""
    case, rotations = terms.case, set(terms.rotations)
    moves = [(key, variable) for key, variable in chosen.bring.items() if key[0] not in rotations]
    moves += chosen.take.items()
    for quota in terms.quotas:
        policy, years = case.policies[quota.policy], set(quota.years)
        covered = [policy.scope.covers(measure, case.schools).tolist() for measure in case.measures]
        size_of = quota.of_county[case.schools.county.code].tolist()
        counted: list[list[pulp.LpVariable]] = [[] for _ in quota.units]
        for (measure, start, school), variable in moves:
            if start in years and covered[measure][school]:
                counted[size_of[school]].append(variable)
        for (at, start), variable in chosen.exchange.items():
            exchange = terms.exchanges[at]
            if start in years and quota.policy in exchange.policies:
                counted[quota.of_county[exchange.county]].append(variable)
        for units, size in zip(map(pulp.lpSum, counted), quota.units.tolist(), strict=True):
            if policy.bound == "min":
                problem += units >= size
            elif units:
                problem += units <= size
