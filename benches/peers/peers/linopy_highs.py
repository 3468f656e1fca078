"""The program in linopy, as labelled arrays, solved by HiGHS through highspy."""

from dataclasses import dataclass

import linopy
import numpy as np
import pandas as pd
import xarray as xr

from peers.case import Bools, Floats, Policy
from peers.rules import Quota
from peers.terms import Terms

# Where a mask leaves a variable out, it counts as absent; `fillna(0)` below makes it count as nothing.
linopy.options["semantics"] = "v1"


@dataclass
class Stated:
    """Data and decisions under common labels. Absent decisions count as 0."""

    terms: Terms
    model: linopy.Model
    axes: dict[str, pd.Index]
    short: linopy.LinearExpression
    bring: linopy.LinearExpression
    #: None where posts cannot rotate.
    take: linopy.LinearExpression | None
    #: None where no posts can be exchanged.
    exchange: linopy.LinearExpression | None
    pay: linopy.LinearExpression

    def data(self, values: Floats | Bools, *dims: str) -> xr.DataArray:
        """An array under the labels of its axes."""
        return xr.DataArray(values, coords=[self.axes[dim] for dim in dims], dims=dims)


@dataclass
class Model:
    """The program, and the part of the gap index that linopy has no room for: its objective takes no constant."""

    linopy: linopy.Model
    fixed_gap: float


def build(terms: Terms) -> Model:
    """The program."""
    stated = decide(terms)
    add_needs(stated)
    add_pools(stated)
    add_lines(stated)
    add_funds(stated)
    add_shares(stated)
    add_quotas(stated)
    return Model(stated.model, terms.fixed_gap)


def optimum(model: Model) -> float:
    """The smallest gap index. The solver gets the matrix itself, which linopy calls the faster way."""
    status, why = model.linopy.solve(solver_name="highs", io_api="direct", output_flag=False)
    if status != "ok":
        raise RuntimeError(f"linopy says {status}: {why}")
    return model.linopy.objective.value + model.fixed_gap


def size(model: Model) -> tuple[int, int]:
    """Rows and columns."""
    return model.linopy.ncons, model.linopy.nvars


def decide(terms: Terms) -> Stated:
    """All decisions that are open, with their bounds, and the gap index as objective."""
    case, model = terms.case, linopy.Model()
    lengths = {
        "school": len(case.schools.ids),
        "resource": len(case.resources),
        "measure": len(case.measures),
        "start": case.horizon.years,
        "period": case.horizon.periods,
        "band": len(case.objective.bands),
        "fund": len(case.funds),
        "group": int(terms.budget.group.max()) + 1,
        "exchange": len(terms.exchanges),
    }
    axes = {name: pd.RangeIndex(length, name=name) for name, length in lengths.items()}
    axes["rotation"] = pd.Index(terms.rotations, name="measure")

    def choose(name: str, most: Floats, *dims: str) -> linopy.Variable:
        upper = xr.DataArray(most, coords=[axes[dim] for dim in dims])
        return model.add_variables(lower=0.0, upper=upper, mask=upper > 0.0, name=name)

    short = choose("short", terms.shorts.width, "school", "resource", "period", "band").fillna(0.0)
    bring = choose("bring", terms.bring, "measure", "start", "school")
    take = exchange = None
    if terms.rotations:
        take = choose("take", terms.take[terms.rotations], "rotation", "start", "school").fillna(0.0)
    if terms.exchanges:
        posts = np.array([[one.posts] * case.horizon.years for one in terms.exchanges])
        exchange = choose("exchange", posts, "exchange", "start").fillna(0.0)
    payers = np.repeat(np.where(terms.payers, np.inf, 0.0)[..., None], case.horizon.periods, axis=3)
    pay = choose("pay", payers, "fund", "measure", "group", "period").fillna(0.0)
    stated = Stated(terms, model, axes, short, bring.fillna(0.0), take, exchange, pay)
    cost = stated.data(terms.shorts.cost, "school", "resource", "period", "band")
    model.add_objective((short * cost).sum())
    return stated


def add_needs(stated: Stated) -> None:
    """What is short and brought, less what is taken, makes up what is missing; no more in use than the ceiling."""
    terms, years = stated.terms, stated.axes["start"]
    served = stated.data(terms.served, "measure", "start", "period")
    balance = stated.short.sum("band") + by_resource(stated, stated.bring * served)
    if stated.take is not None:
        balance = balance - by_resource(stated, stated.take * served.sel(measure=terms.rotations))
    missing = stated.data(np.nan_to_num(terms.missing), "school", "resource", "period")
    demands = stated.data(terms.demands, "school", "resource", "period")
    stated.model.add_constraints(balance >= missing, mask=demands, name="needs")
    if terms.crowded.any():
        serves = (served > 0.0).astype(float).sel(period=years)
        ceiling = stated.data(np.nan_to_num(terms.ceiling, posinf=0.0), "school", "resource")
        crowded = xr.DataArray(terms.crowded, coords=[*ceiling.indexes.values(), years.rename("period")])
        in_use = by_resource(stated, stated.bring * serves)
        stated.model.add_constraints(in_use <= ceiling, mask=crowded, name="ceilings")


def by_resource(stated: Stated, moved: linopy.LinearExpression) -> linopy.LinearExpression:
    """Units that measures bring or take, over all starts, added up by the resource they supply."""
    resource_of = stated.terms.resource_of[moved.indexes["measure"]]
    group = xr.DataArray(resource_of, coords=[moved.indexes["measure"]], name="resource")
    return moved.sum("start").groupby(group).sum().reindex(resource=stated.axes["resource"]).fillna(0.0)


def add_pools(stated: Stated) -> None:
    """Posts that arrive in a pool are posts that leave others of it."""
    if stated.take is not None:
        pool = stated.data(stated.terms.pool, "school").rename("pool")
        moved = stated.bring.sel(measure=stated.terms.rotations) - stated.take
        stated.model.add_constraints(moved.groupby(pool).sum() == 0.0, name="pools")


def add_lines(stated: Stated) -> None:
    """What a budget line costs is paid by the funds that may."""
    terms = stated.terms
    price = stated.data(np.array([measure.cost for measure in terms.case.measures]), "measure")
    cost = price * stated.data(terms.paid.astype(float), "measure", "start", "period")
    group = stated.data(terms.budget.group, "school").rename("group")
    spent = (stated.bring.groupby(group).sum() * cost).sum("start")
    for measure in sorted({exchange.measure for exchange in terms.exchanges}):
        exchanges = [at for at, exchange in enumerate(terms.exchanges) if exchange.measure == measure]
        of_group = xr.DataArray(
            [terms.exchanges[at].group for at in exchanges],
            coords=[pd.Index(exchanges, name="exchange")],
            name="group",
        )
        changed = stated.exchange.sel(exchange=exchanges).groupby(of_group).sum() * cost.sel(measure=[measure])
        like = {"measure": stated.axes["measure"], "group": stated.axes["group"]}
        spent = spent + changed.sum("start").reindex(**like).fillna(0.0)
    open_lines = stated.data(terms.payers.any(axis=0), "measure", "group")
    stated.model.add_constraints(spent - stated.pay.sum("fund") == 0.0, mask=open_lines, name="lines")


def add_funds(stated: Stated) -> None:
    """No fund pays more than there is: in a period, or up to it when what is left may be carried over."""
    terms, horizon = stated.terms, stated.terms.case.horizon
    spent = stated.pay.sum(["measure", "group"])
    available = stated.data(
        np.array([terms.available(fund) for fund in range(len(terms.case.funds))]), "fund", "period"
    )
    carries = np.array([fund.carry_over for fund in terms.case.funds])[:, None]
    carried = stated.data(carries & (np.arange(horizon.periods) < horizon.years), "fund", "period")
    stated.model.add_constraints(spent <= available, mask=~carried, name="funds")
    if carried.any():
        stated.model.add_constraints(spent.cumsum("period") <= available, mask=carried, name="funds carried over")


def add_shares(stated: Stated) -> None:
    """Money for what a rule speaks of, as a share of what is spent or available."""
    terms = stated.terms
    years = range(terms.case.horizon.years)
    for at, policy in enumerate(terms.case.policies):
        if policy.kind != "share":
            continue
        of_spent = policy.amount if policy.of == "spent" else 0.0
        inside = stated.data(terms.budget.inside[at] - of_spent, "measure", "group")
        payments = stated.pay.sel(fund=terms.counted(policy), period=years)
        share = (payments * inside).sum(["fund", "measure", "group"])
        given = np.array([terms.given(policy, (year,)) for year in years])
        least = xr.DataArray(given * (policy.amount - of_spent), coords=[share.indexes["period"]])
        if not policy.each_year:
            share, least = share.sum("period"), least.sum("period")
        add_rule(stated, policy, share, least)


def add_quotas(stated: Stated) -> None:
    """Units handed out by what a rule speaks of; a rotated post counts where it leaves."""
    terms = stated.terms
    first_years = {quota.policy: quota for quota in reversed(terms.quotas)}
    for at, quota in sorted(first_years.items()):
        policy = terms.case.policies[at]
        units = counted_units(stated, quota)
        if units is None:
            if policy.bound == "min" and quota.units.max() > 0.0:
                raise RuntimeError(f"nothing can fill the quota {policy.id}")
            continue
        size = xr.DataArray(quota.units, coords=[pd.RangeIndex(len(quota.units), name="size")])
        add_rule(stated, policy, units if policy.each_year else units.sum("start"), size)


def counted_units(stated: Stated, quota: Quota) -> linopy.LinearExpression | None:
    """Units that a quota counts, by start and size of the quota; None when nothing is open to it."""
    terms = stated.terms
    case, policy = terms.case, terms.case.policies[quota.policy]
    parts = []
    for number, measure in enumerate(case.measures):
        covered = np.flatnonzero(policy.scope.covers(measure, case.schools))
        moves = stated.take if number in terms.rotations else stated.bring
        if len(covered):
            moved = moves.sel(measure=number, school=covered, drop=True)
            parts.append(by_size(moved, "school", case.schools.county.code[covered], quota))
    exchanges = [at for at, exchange in enumerate(terms.exchanges) if quota.policy in exchange.policies]
    if exchanges:
        county = np.array([terms.exchanges[at].county for at in exchanges])
        parts.append(by_size(stated.exchange.sel(exchange=exchanges), "exchange", county, quota))
    return sum(parts[1:], start=parts[0]) if parts else None


def by_size(moved: linopy.LinearExpression, dim: str, county: np.ndarray, quota: Quota) -> linopy.LinearExpression:
    """Moves of schools or exchanges in some counties, added up by the size of the quota that holds there."""
    group = xr.DataArray(quota.of_county[county], coords=[moved.indexes[dim]], name="size")
    return moved.groupby(group).sum().reindex(size=range(len(quota.units))).fillna(0.0)


def add_rule(stated: Stated, policy: Policy, units: linopy.LinearExpression, limit: xr.DataArray | float) -> None:
    """A rule that holds at least or at most so much."""
    rule = units >= limit if policy.bound == "min" else units <= limit
    stated.model.add_constraints(rule, name=f"rule {policy.id}")
