"""What a planner states: the case of `case.toml`, typed. Money in the case's own unit (such as 万元 or NGN million)."""

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

STAGES = ("primary", "junior", "nine-year")
#: For each stage, whether it has a primary and a junior section.
SECTIONS = np.array([[True, False], [False, True], [True, True]])


@dataclass(frozen=True)
class Labels:
    """One label a school, `code[school]`, and the names it goes by."""

    names: tuple[tuple[str, ...], ...]
    code: Ints

    def among(self, wanted: frozenset[str]) -> Bools:
        """Whether each school's label is wanted; every one is when none is named."""
        if not wanted:
            return np.ones(len(self.code), bool)
        return np.array([not wanted.isdisjoint(names) for names in self.names], bool)[self.code]


@dataclass(frozen=True)
class Schools:
    """The school table, one entry a row. NaN is "not known", never 0."""

    ids: tuple[str, ...]
    stage: Labels
    area: Labels
    #: The same name in two provinces is two counties, which also go by `province/county`.
    county: Labels
    province: Labels
    #: Pupils, school × section (primary, junior).
    pupils: Floats
    #: Classes, school × section.
    classes: Floats
    #: Usable stock in units, school × resource.
    stock: Floats


@dataclass(frozen=True)
class Horizon:
    """The plan years, and the period after them."""

    years: int
    #: Length of the terminal period in years; 0 for none.
    terminal: float

    @property
    def periods(self) -> int:
        """How many periods there are: the plan years and the terminal one."""
        return self.years + (self.terminal > 0)

    @property
    def duration(self) -> Floats:
        """Years each period lasts."""
        return np.array([1.0] * self.years + [self.terminal] * (self.periods - self.years))

    @property
    def year_of(self) -> Ints:
        """The plan year whose enrolment holds in each period."""
        return np.minimum(np.arange(self.periods), self.years - 1)


@dataclass(frozen=True)
class Scope:
    """A part of the case; an empty field means any."""

    resources: frozenset[str] = frozenset()
    measures: frozenset[str] = frozenset()
    natures: frozenset[str] = frozenset()
    stages: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    provinces: frozenset[str] = frozenset()
    counties: frozenset[str] = frozenset()
    schools: frozenset[str] = frozenset()

    def covers_measure(self, measure: "Measure") -> bool:
        """Whether it speaks of this measure, whatever the school."""
        pairs = (
            (self.measures, measure.id),
            (self.resources, measure.resource),
            (self.natures, measure.nature),
        )
        return all(not named or one in named for named, one in pairs)

    def covers_schools(self, schools: Schools) -> Bools:
        """Whether it speaks of each school, whatever the measure."""
        inside = (
            schools.stage.among(self.stages)
            & schools.area.among(self.areas)
            & schools.province.among(self.provinces)
            & schools.county.among(self.counties)
        )
        if self.schools:
            inside &= np.array([one in self.schools for one in schools.ids], bool)
        return inside

    def covers(self, measure: "Measure", schools: Schools) -> Bools:
        """Whether it speaks of this measure at each school."""
        if self.covers_measure(measure):
            return self.covers_schools(schools)
        return np.zeros(len(schools.ids), bool)


@dataclass(frozen=True)
class Resource:
    """What schools need. `step` is the smallest amount handed out, in units; `weight` that in the gap index."""

    id: str
    step: float
    weight: float


@dataclass(frozen=True)
class Norm:
    """How much of a resource a school should have."""

    #: pupil, 100-pupils, class, classes-or-part, school or enrolment.
    per: str
    #: Units per basis for the primary and the junior section; NaN where the standard says nothing.
    amount: tuple[float, float]
    #: Classes a unit serves (classes-or-part only).
    classes: float = 1.0
    #: Rows (pupils at most, units), rising (enrolment only).
    table: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Measure:
    """A way of meeting needs. `cost` in money a unit, or a unit and year when it is paid every year."""

    id: str
    resource: str
    #: buy (and build), hire or rotate.
    lever: str
    cost: float
    nature: str
    scope: Scope
    #: Years from payment to use, years of use, years a rotated post stays away.
    lead: int = 0
    life: int = 0
    term: int = 1


@dataclass(frozen=True)
class Fund:
    """Money by plan year, what it may pay, and what goes on coming each year after the plan."""

    id: str
    amounts: tuple[float, ...]
    after: float
    carry_over: bool
    scope: Scope


@dataclass(frozen=True)
class Policy:
    """A rule. `amount` is a share from 0 to 1, a number of units, or a share of the stock (`of_stock`)."""

    id: str
    #: share, quota or forbid.
    kind: str
    scope: Scope
    #: min or max.
    bound: str = "max"
    amount: float = 0.0
    #: Share rules: spent or available, and the funds that count (all when empty).
    of: str = "spent"
    funds: frozenset[str] = frozenset()
    of_stock: bool = False
    each_year: bool = True
    each_county: bool = False

    @property
    def demands_more(self) -> bool:
        """Whether it may force supply beyond what is missing."""
        return self.bound == "min" and (self.kind == "quota" or (self.kind == "share" and self.of == "available"))


@dataclass(frozen=True)
class Objective:
    """How shortfalls are weighed."""

    #: pupils or schools.
    count: str = "pupils"
    #: (scope, weight); where several speak of a school, weights multiply.
    tilts: tuple[tuple[Scope, float], ...] = ()
    #: (upper edge as a share of the standard, weight), from the lowest band up.
    bands: tuple[tuple[float, float], ...] = ((1.0, 1.0),)


def rounded(amount: float, money_factor: float) -> float:
    """An amount of the case's money, half away from zero to hundredths of the currency's main unit."""
    hundredths = money_factor * 100.0
    return math.floor(amount * hundredths + 0.5) / hundredths


@dataclass(frozen=True)
class Case:
    """Everything a planner states."""

    horizon: Horizon
    #: Main units of the currency in one unit of the case's money.
    money_factor: float
    schools: Schools
    #: Factor on the pupils of the table, section × plan year.
    enrolment: Floats
    resources: tuple[Resource, ...]
    #: By resource; a resource without norm is asked of nobody.
    norms: dict[str, Norm]
    measures: tuple[Measure, ...]
    funds: tuple[Fund, ...]
    policies: tuple[Policy, ...]
    objective: Objective = field(default_factory=Objective)
    no_school_below_today: bool = True

    def money(self, amount: float) -> float:
        """An amount rounded as money is; see `rounded`."""
        return rounded(amount, self.money_factor)

    def resource_at(self, measure: Measure) -> int:
        """Position of the resource that a measure supplies."""
        return [resource.id for resource in self.resources].index(measure.resource)
