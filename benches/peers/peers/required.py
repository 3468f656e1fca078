"""What each school should have, and what a missing unit counts for in the gap index."""

import numpy as np

from peers.case import SECTIONS, Case, Floats, Norm


def required(case: Case) -> Floats:
    """Units the standard asks, school × resource × period; NaN where it asks nothing or pupils are unknown."""
    plan_years = np.full((len(case.schools.ids), len(case.resources), case.horizon.years), np.nan)
    pupils = pupils_by_year(case)
    classes = np.ceil(case.schools.classes[:, :, None] * case.enrolment - 1e-9).clip(min=0.0)
    for at, resource in enumerate(case.resources):
        if resource.id in case.norms:
            plan_years[:, at] = by_norm(case.norms[resource.id], pupils, classes, SECTIONS[case.schools.stage.code])
    units = np.where(plan_years > 0.0, plan_years, np.nan)
    return units[:, :, case.horizon.year_of]


def pupils_by_year(case: Case) -> Floats:
    """Pupils, school × section × plan year."""
    return case.schools.pupils[:, :, None] * case.enrolment


def by_norm(norm: Norm, pupils: Floats, classes: Floats, has: np.ndarray) -> Floats:
    """Units one norm asks, school × plan year; `has` says which sections a school has."""
    known = np.where(np.isnan(pupils.sum(axis=1)), np.nan, 1.0)
    if norm.per == "enrolment":
        up_to, units = np.array(norm.table).T
        row = np.searchsorted(up_to, np.nan_to_num(pupils.sum(axis=1)))
        return units[row.clip(max=len(units) - 1)] * known
    amount = np.array(norm.amount)[None, :, None]
    stated = has[:, :, None] & ~np.isnan(amount)
    counted = {
        "pupil": lambda: amount * pupils,
        "100-pupils": lambda: amount * pupils / 100.0,
        "class": lambda: amount * classes,
        "classes-or-part": lambda: amount * np.ceil(classes / norm.classes - 1e-9),
        "school": lambda: amount * np.ones_like(pupils),
    }[norm.per]()
    parts = np.where(stated, counted, 0.0)
    together = parts.max(axis=1) if norm.per == "school" else parts.sum(axis=1)
    return np.where(stated.any(axis=1), together, np.nan) * known


def gap_per_unit(case: Case, required: Floats) -> Floats:
    """What a unit missing through a period counts for, school × resource × period: w · ω · P / R · years."""
    weight = np.array([resource.weight for resource in case.resources])
    tilt = np.ones(len(case.schools.ids))
    for scope, factor in case.objective.tilts:
        tilt = np.where(scope.covers_schools(case.schools), tilt * factor, tilt)
    counted = pupils_by_year(case).sum(axis=1)[:, case.horizon.year_of]
    if case.objective.count == "schools":
        counted = np.ones_like(counted)
    return weight[:, None] * (tilt[:, None] * counted * case.horizon.duration)[:, None, :] / required
