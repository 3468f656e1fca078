"""The program as arrays, passed to HiGHS through highspy in one call."""

from dataclasses import dataclass

import highspy
import numpy as np

from peers.case import Bools, Floats, Ints, Policy
from peers.rules import spans
from peers.terms import Terms

INFINITE = highspy.kHighsInf


class Columns:
    """Columns in the order in which they are added."""

    def __init__(self) -> None:
        self.count = 0
        self.upper: list[Floats] = []
        self.cost: list[Floats] = []

    def add(self, most: Floats, cost: Floats | float = 0.0) -> Ints:
        """Columns for the entries of an array that are above 0: their numbers in its shape, −1 elsewhere."""
        is_open = most > 0.0
        number = np.full(most.shape, -1)
        number[is_open] = self.count + np.arange(is_open.sum())
        self.upper.append(most[is_open])
        self.cost.append(np.broadcast_to(cost, most.shape)[is_open])
        self.count += len(self.upper[-1])
        return number


class Rows:
    """Rows in the order in which they are added, as triplets of row, column and coefficient."""

    def __init__(self) -> None:
        self.count = 0
        self.lower: list[Floats] = []
        self.upper: list[Floats] = []
        self.entries: list[tuple[Ints, Ints, Floats]] = []

    def add(self, lower: Floats | float, upper: Floats | float, wanted: Bools) -> Ints:
        """Rows for the true entries of an array: their numbers in its shape, −1 elsewhere."""
        number = np.full(wanted.shape, -1)
        number[wanted] = self.count + np.arange(wanted.sum())
        self.lower.append(np.broadcast_to(lower, wanted.shape)[wanted])
        self.upper.append(np.broadcast_to(upper, wanted.shape)[wanted])
        self.count += len(self.lower[-1])
        return number

    def enter(self, rows: Ints, columns: Ints, values: Floats | float) -> None:
        """Coefficients of columns in rows, where both are there and the coefficient is not 0."""
        rows, columns, values = np.broadcast_arrays(rows, columns, values)
        there = (rows >= 0) & (columns >= 0) & (values != 0.0)
        self.entries.append((rows[there], columns[there], values[there].astype(float)))


@dataclass
class Numbers:
    """Numbers of the columns, in the shapes of `Terms`."""

    #: s × r × p × b
    short: Ints
    #: m × t × s
    bring: Ints
    take: Ints
    #: exchange × t
    exchange: Ints
    #: fund × m × g × p
    pay: Ints


@dataclass
class Money:
    """Rows whose bounds are amounts of money."""

    #: fund × p, −1 where there is none
    funds: Ints
    #: Each share rule of what is available, with its years.
    shares: list[tuple[int, Policy, tuple[int, ...]]]


def build(terms: Terms) -> highspy.Highs:
    """The program, column by column."""
    return build_for_money(terms)[0]


def build_for_money(terms: Terms) -> tuple[highspy.Highs, Money]:
    """The program, and which of its rows depend on how much money there is."""
    columns, rows = Columns(), Rows()
    numbers = decisions(terms, columns)
    add_needs(rows, terms, numbers)
    add_pools(rows, terms, numbers)
    add_lines(rows, terms, numbers)
    funds = add_funds(rows, terms, numbers)
    shares = add_shares(rows, terms, numbers)
    add_quotas(rows, terms, numbers)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    pass_arrays(highs, columns, rows, terms.fixed_gap)
    return highs, Money(funds, shares)


def rebudget(highs: highspy.Highs, money: Money, terms: Terms) -> None:
    """Puts the program to other money; its basis stays, so that the next run starts hot."""
    for fund, rows in enumerate(money.funds):
        for row, amount in zip(rows, terms.available(fund), strict=True):
            if row >= 0:
                highs.changeRowBounds(int(row), -INFINITE, float(amount))
    for row, policy, years in money.shares:
        lower, upper = either_side(policy.bound, policy.amount * terms.given(policy, years))
        highs.changeRowBounds(int(row), float(lower), float(upper))


def optimum(highs: highspy.Highs) -> float:
    """The smallest gap index."""
    highs.run()
    status = highs.getModelStatus()
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS says {highs.modelStatusToString(status)}")
    return highs.getInfo().objective_function_value


def size(highs: highspy.Highs) -> tuple[int, int]:
    """Rows and columns."""
    return highs.getNumRow(), highs.getNumCol()


def pass_arrays(highs: highspy.Highs, columns: Columns, rows: Rows, offset: float) -> None:
    """Hands the program over, column-wise. Arrays are taken whole; through `HighsLp` each number would be turned."""
    row, column, value = (np.concatenate(part) for part in zip(*rows.entries, strict=True))
    order = np.argsort(column, kind="stable")
    status = highs.passModel(
        columns.count,
        rows.count,
        len(value),
        int(highspy.MatrixFormat.kColwise),
        int(highspy.ObjSense.kMinimize),
        offset,
        np.concatenate(columns.cost),
        np.zeros(columns.count),
        np.concatenate(columns.upper),
        np.concatenate(rows.lower),
        np.concatenate(rows.upper),
        np.append(0, np.cumsum(np.bincount(column, minlength=columns.count))).astype(np.int32),
        row[order].astype(np.int32),
        value[order],
        np.full(columns.count, int(highspy.HighsVarType.kContinuous), np.int32),
    )
    if status == highspy.HighsStatus.kError:
        raise RuntimeError("HiGHS does not take the program")


def decisions(terms: Terms, columns: Columns) -> Numbers:
    """All decisions that are open, with their bounds."""
    case = terms.case
    posts = np.array([one.posts for one in terms.exchanges]).reshape(-1, 1)
    return Numbers(
        short=columns.add(terms.shorts.width, terms.shorts.cost),
        bring=columns.add(terms.bring),
        take=columns.add(terms.take),
        exchange=columns.add(np.repeat(posts, case.horizon.years, axis=1)),
        pay=columns.add(np.repeat(np.where(terms.payers, INFINITE, 0.0)[..., None], case.horizon.periods, axis=3)),
    )


def add_needs(rows: Rows, terms: Terms, numbers: Numbers) -> None:
    """What is short and brought, less what is taken, makes up what is missing; no more in use than the ceiling."""
    need = rows.add(terms.missing, INFINITE, terms.demands)
    rows.enter(need[..., None], numbers.short, 1.0)
    ceiling = rows.add(-INFINITE, terms.ceiling[:, :, None], terms.crowded)
    for measure, resource in enumerate(terms.resource_of):
        served = terms.served[measure, :, None, :]
        bring, take = numbers.bring[measure, :, :, None], numbers.take[measure, :, :, None]
        rows.enter(need[None, :, resource], bring, served)
        rows.enter(need[None, :, resource], take, -served)
        serves = served[..., : terms.case.horizon.years] > 0.0
        rows.enter(ceiling[None, :, resource], bring, serves)


def add_pools(rows: Rows, terms: Terms, numbers: Numbers) -> None:
    """Posts that arrive in a pool are posts that leave others of it."""
    pools = terms.pool.max() + 1
    for measure in terms.rotations:
        bring, take = numbers.bring[measure], numbers.take[measure]
        moved = (bring >= 0) | (take >= 0)
        used = np.array([np.bincount(terms.pool, weights=year, minlength=pools) > 0.0 for year in moved])
        row = rows.add(0.0, 0.0, used)[:, terms.pool]
        rows.enter(row, bring, 1.0)
        rows.enter(row, take, -1.0)


def add_lines(rows: Rows, terms: Terms, numbers: Numbers) -> None:
    """What a budget line costs is paid by the funds that may."""
    row = rows.add(0.0, 0.0, (numbers.pay >= 0).any(axis=0))
    for at, measure in enumerate(terms.case.measures):
        cost = measure.cost * terms.paid[at]
        rows.enter(row[at, terms.budget.group], numbers.bring[at, :, :, None], cost[:, None, :])
    for at, exchange in enumerate(terms.exchanges):
        cost = terms.case.measures[exchange.measure].cost * terms.paid[exchange.measure]
        rows.enter(row[exchange.measure, exchange.group], numbers.exchange[at, :, None], cost)
    rows.enter(row, numbers.pay, -1.0)


def add_funds(rows: Rows, terms: Terms, numbers: Numbers) -> Ints:
    """No fund pays more than there is. Returns the rows, fund × p."""
    available = np.array([terms.available(fund) for fund in range(len(terms.case.funds))])
    row = rows.add(-INFINITE, available, (numbers.pay >= 0).any(axis=(1, 2)))
    for fund in range(len(terms.case.funds)):
        for period in range(terms.case.horizon.periods):
            payments = numbers.pay[fund][..., terms.paid_until(fund, period)]
            rows.enter(row[fund, period], payments, 1.0)
    return row


def add_shares(rows: Rows, terms: Terms, numbers: Numbers) -> list[tuple[int, Policy, tuple[int, ...]]]:
    """Money for what a rule speaks of, as a share of what is spent or available. Returns the rows of the latter."""
    of_available = []
    for at, policy in enumerate(terms.case.policies):
        if policy.kind != "share":
            continue
        counted = terms.counted(policy)
        of_spent = policy.amount if policy.of == "spent" else 0.0
        for years in spans(terms.case, policy):
            share = policy.amount * terms.given(policy, years) if policy.of == "available" else 0.0
            row = rows.add(*either_side(policy.bound, share), np.array([True]))
            for year in years:
                rows.enter(row, numbers.pay[counted, :, :, year], terms.budget.inside[at] - of_spent)
            if policy.of == "available":
                of_available.append((int(row[0]), policy, years))
    return of_available


def add_quotas(rows: Rows, terms: Terms, numbers: Numbers) -> None:
    """Units handed out by what a rule speaks of; a rotated post counts where it leaves."""
    case = terms.case
    for quota in terms.quotas:
        policy, years = case.policies[quota.policy], list(quota.years)
        row = rows.add(*either_side(policy.bound, quota.units), np.ones(len(quota.units), bool))
        row = row[quota.of_county]
        for at, measure in enumerate(case.measures):
            covered = policy.scope.covers(measure, case.schools)
            moves = numbers.take if at in terms.rotations else numbers.bring
            rows.enter(row[case.schools.county.code], moves[at, years], covered)
        for at, exchange in enumerate(terms.exchanges):
            if quota.policy in exchange.policies:
                rows.enter(row[exchange.county], numbers.exchange[at, years], 1.0)


def either_side(bound: str, units: Floats | float) -> tuple[Floats | float, Floats | float]:
    """Lower and upper bound of rows that are at least or at most so much."""
    return (units, INFINITE) if bound == "min" else (-INFINITE, units)
