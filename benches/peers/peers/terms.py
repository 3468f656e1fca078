"""The program in a planner's terms: what is missing where, what each measure may do about it, who may pay.

Everything here is data of the case, computed with numpy once; each peer turns it into variables and constraints in its
own way. Axes: s school, r resource, p period, m measure, t plan year in which a measure starts, b severity band,
g group of schools in the budget.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from peers.case import Bools, Case, Floats, Ints, Measure, Policy
from peers.required import gap_per_unit, required
from peers.rules import Budget, Exchange, Quota, allowed, budget, exchanges, quotas

#: How far a need may be exceeded where a rule demands spending or units.
FORCED = 100.0
#: From how many steps on a need is large, and may be exceeded by one part in as many.
LARGE = 100.0


@dataclass(frozen=True)
class Shorts:
    """Shortfall by severity band, s × r × p × b: at most `width` units, each counting `cost` in the gap index."""

    width: Floats
    cost: Floats


class Terms:
    """A case in a planner's terms."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.resource_of: Ints = np.array([case.resource_at(measure) for measure in case.measures])
        #: R, 0 in a period without requirement.
        asked = required(case)
        self.required: Floats = np.nan_to_num(asked)
        self.unit: Floats = np.nan_to_num(gap_per_unit(case, asked))
        #: u = R − S in units, s × r × p; negative for a surplus, NaN where stock or requirement is unknown.
        self.missing: Floats = self.required - case.schools.stock[:, :, None]
        self.missing[np.isnan(asked).all(axis=2)] = np.nan
        #: The part of each period that a unit serves and whether it is paid there, m × t × p.
        self.served, self.paid = calendar(case)
        self.budget: Budget = budget(case)
        #: The most a measure may bring to a school and a rotation take from it, m × t × s; 0 for not at all.
        self.bring, self.take = self._bounds()

    @cached_property
    def planned(self) -> Bools:
        """Needs that some measure can touch, s × r."""
        touched = (self.bring > 0.0).any(axis=1) | (self.take > 0.0).any(axis=1)
        planned = np.zeros(self.missing.shape[:2], bool)
        for measure, resource in enumerate(self.resource_of):
            planned[:, resource] |= touched[measure]
        return planned

    @cached_property
    def shorts(self) -> Shorts:
        """Shortfalls of the needs that are planned. Without levelling down none exceeds today's."""
        bands = self.case.objective.bands
        left = self.missing.clip(min=0.0) if self.case.no_school_below_today else self.required.copy()
        left = np.where(self.planned[:, :, None], left, 0.0)
        width = np.zeros((*left.shape, len(bands)))
        cost = np.zeros_like(width)
        for at, (below, weight) in reversed(list(enumerate(bands))):
            floor = bands[at - 1][0] if at else 0.0
            width[..., at] = np.minimum(left, (below - floor) * self.required)
            cost[..., at] = self.unit * weight
            left = left - width[..., at]
        return Shorts(width, cost)

    @cached_property
    def fixed_gap(self) -> float:
        """The gap index of needs that no measure can touch."""
        short = np.where(self.planned[:, :, None], 0.0, np.nan_to_num(self.missing).clip(min=0.0))
        attained = 1.0 - short / np.where(self.required > 0.0, self.required, 1.0)
        weighted, floor = np.zeros_like(short), 0.0
        for below, weight in self.case.objective.bands:
            inside = (below - attained.clip(min=floor)).clip(0.0, below - floor)
            weighted += weight * inside * self.required
            floor = below
        return float((self.unit * weighted).sum())

    @cached_property
    def demands(self) -> Bools:
        """Needs of a period that ask for a constraint, s × r × p: something is missing or may be taken away."""
        taken = np.zeros(self.planned.shape, bool)
        for measure, resource in enumerate(self.resource_of):
            taken[:, resource] |= (self.take[measure] > 0.0).any(axis=0)
        with np.errstate(invalid="ignore"):
            return self.planned[:, :, None] & ((self.missing > 0.0) | taken[:, :, None])

    @cached_property
    def ceiling(self) -> Floats:
        """The most units brought that may be in use in a plan year, s × r; infinite where there is no such limit.

        What wears out is not bought anew while it is in use: no more than the largest need of the plan years, up to
        whole steps; a need of many steps may be exceeded by a hundredth instead. Posts do not wear out; and there is no
        ceiling where posts can be taken away or a rule forces more than the need.
        """
        years = self.case.horizon.years
        step = np.array([resource.step for resource in self.case.resources])
        deepest = np.nan_to_num(self.missing[:, :, :years]).max(axis=2).clip(min=0.0)
        ceiling = np.where(deepest >= LARGE * step, deepest * (1.0 + 1.0 / LARGE), np.ceil(deepest / step) * step)
        limited = ceiling > 0.0
        wears_out = np.zeros(limited.shape, bool)
        for measure, resource in enumerate(self.resource_of):
            bring, take = self.bring[measure], self.take[measure]
            if self.case.measures[measure].lever == "buy":
                short_lived = self.served[measure, :, -1] < 1.0
                wears_out[:, resource] |= (short_lived[:, None] & (bring > 0.0)).any(axis=0)
            limited[:, resource] &= ~(take > 0.0).any(axis=0)
            limited[:, resource] &= (bring <= self._deepest(measure)).all(axis=0)
        return np.where(limited & wears_out, ceiling, np.inf)

    @cached_property
    def crowded(self) -> Bools:
        """Plan years in which several measures may be in use under a ceiling, s × r × plan year.

        A single measure in use is held by its own bound.
        """
        years = self.case.horizon.years
        in_use = np.zeros((*self.ceiling.shape, years), int)
        for measure, resource in enumerate(self.resource_of):
            serves = self.served[measure, :, None, :years] > 0.0
            in_use[:, resource] += ((self.bring[measure] > 0.0)[:, :, None] & serves).sum(axis=0)
        return np.isfinite(self.ceiling)[:, :, None] & (in_use > 1)

    @cached_property
    def rotations(self) -> list[int]:
        """Measures that move posts between schools of a county and stage."""
        return [at for at, measure in enumerate(self.case.measures) if measure.lever == "rotate"]

    @cached_property
    def pool(self) -> Ints:
        """The pool of each school inside which posts rotate: its county and stage, as one number."""
        schools = self.case.schools
        return schools.county.code * len(schools.stage.names) + schools.stage.code

    @cached_property
    def exchanges(self) -> list[Exchange]:
        """Posts that may change places one against one, where a rule demands moves."""
        return exchanges(self.case, self.budget)

    @cached_property
    def quotas(self) -> list[Quota]:
        """Quotas, one a rule and span of years."""
        return quotas(self.case)

    @cached_property
    def payers(self) -> Bools:
        """Whether a fund may pay a budget line on which something can be spent, fund × m × g."""
        costs = np.array([measure.cost > 0.0 for measure in self.case.measures])
        open_lines = np.zeros(self.budget.payers.shape[1:], bool)
        for measure, bring in enumerate(self.bring):
            open_lines[measure, self.budget.group[(bring > 0.0).any(axis=0)]] = True
        for exchange in self.exchanges:
            open_lines[exchange.measure, exchange.group] = True
        return self.budget.payers & (open_lines & costs[:, None])

    def counted(self, policy: Policy) -> list[int]:
        """The funds that a share rule counts, by position."""
        return [at for at, fund in enumerate(self.case.funds) if not policy.funds or fund.id in policy.funds]

    def given(self, policy: Policy, years: tuple[int, ...]) -> float:
        """Money that the funds a share rule counts bring in some plan years."""
        funds = [self.case.funds[fund] for fund in self.counted(policy)]
        return sum(fund.amounts[year] for fund in funds for year in years)

    def available(self, fund: int) -> Floats:
        """What a fund can have paid by the end of each period: with carry-over all that has come until then."""
        stated = self.case.funds[fund]
        amounts = np.cumsum(stated.amounts) if stated.carry_over else np.array(stated.amounts)
        return np.append(amounts, stated.after)[: self.case.horizon.periods]

    def paid_until(self, fund: int, period: int) -> range:
        """The periods whose payments count against what a fund has by the end of a period."""
        carries = self.case.funds[fund].carry_over and period < self.case.horizon.years
        return range(0 if carries else period, period + 1)

    def _deepest(self, measure: int) -> Floats:
        """The largest shortfall while a measure started in t serves, t × s; 0 when there is none."""
        return self._largest(self.missing, measure).clip(min=0.0)

    def _largest(self, units: Floats, measure: int) -> Floats:
        """The largest of some units (s × r × p) over the periods in which a measure started in t serves, t × s."""
        of_need = units[:, self.resource_of[measure], :]
        serves = self.served[measure] > 0.0
        within = np.where(serves[:, None, :], of_need[None, :, :], -np.inf)
        return np.nan_to_num(within.max(axis=2), nan=-np.inf, neginf=-np.inf)

    def _bounds(self) -> tuple[Floats, Floats]:
        shape = (len(self.case.measures), self.case.horizon.years, len(self.case.schools.ids))
        bring, take = np.zeros(shape), np.zeros(shape)
        payable = self.budget.payers.any(axis=0)[:, self.budget.group]
        for at, measure in enumerate(self.case.measures):
            open_here = allowed(self.case, measure) & ~np.isnan(self.missing[:, self.resource_of[at], 0])
            spare = (-self._largest(self.missing, at)).clip(min=0.0)
            spare = np.where(np.isfinite(spare), spare, 0.0)
            may_pay = payable[at] if measure.cost > 0.0 else True
            bring[at] = np.where(open_here & may_pay, self._most(at, measure, spare), 0.0)
            if measure.lever == "rotate":
                take[at] = np.where(open_here, spare, 0.0)
        return bring, take

    def _most(self, at: int, measure: Measure, spare: Floats) -> Floats:
        """The most a measure may bring, t × s: what is missing, and FORCED times as much where a rule demands more.

        Where nothing is missing, what is to spare stands for the need, or else what is asked; but posts that nobody
        misses are only exchanged.
        """
        deepest = self._deepest(at)
        forced = np.zeros(len(self.case.schools.ids), bool)
        for policy in self.case.policies:
            if policy.demands_more:
                forced |= policy.scope.covers(measure, self.case.schools)
        if not forced.any():
            return deepest
        instead = deepest
        if measure.lever != "rotate":
            asked = self._largest(self.required, at).clip(min=0.0)
            instead = np.where(deepest > 0.0, deepest, np.where(spare > 0.0, spare, asked))
        return np.where(forced, FORCED * instead, deepest)


def calendar(case: Case) -> tuple[Floats, Bools]:
    """The share of each period that a unit serves and whether it is paid there, both m × t × p.

    What is bought is paid once, serves from `lead` years later for `life` years, and counts after the plan for the
    part of the terminal period that the rest of its life covers; what is not in use when that period begins is not
    credited at all. A post is paid as long as it serves; one still away in the last plan year is taken to stay away.
    """
    horizon = case.horizon
    served = np.zeros((len(case.measures), horizon.years, horizon.periods))
    paid = np.zeros(served.shape, bool)
    for at, measure in enumerate(case.measures):
        for start in range(horizon.years):
            if measure.lever == "buy":
                first, end = start + measure.lead, start + measure.lead + measure.life
                served[at, start, first : min(end, horizon.years)] = 1.0
                if horizon.periods > horizon.years and first <= horizon.years < end:
                    rest = (end - max(first, horizon.years)) / horizon.terminal
                    served[at, start, -1] = min(rest, 1.0)
                paid[at, start, start] = True
            else:
                end = start + measure.term if measure.lever == "rotate" else horizon.periods
                served[at, start, start : end if end < horizon.years else horizon.periods] = 1.0
                paid[at, start] = served[at, start] > 0.0
    return served, paid
