//! A step: Newton's direction towards the optimum, and once more towards the middle of the way there, with what the
//! first one overlooks.

use super::normal::Normal;
use super::point::{Model, Point, State};

/// What part of the way to the nearest bound a step goes.
const SHORT_OF_BOUND: f64 = 0.9995;
/// A step shorter than this leads nowhere.
const NOWHERE: f64 = 1e-6;

/// How far a step went in the values and in the multipliers, 1 being the whole way.
pub struct Gone {
    pub values: f64,
    multipliers: f64,
}

/// Takes steps, and keeps the room they need.
pub struct Stepper {
    weights: Vec<f64>,
    direction: Point,
    /// What z·x and v·room are to become, less what they are.
    lower: Vec<f64>,
    upper: Vec<f64>,
    pull: Vec<f64>,
}

impl Stepper {
    pub fn new(model: &Model) -> Stepper {
        let direction = Point::blank(model);
        Stepper {
            weights: direction.x.clone(),
            lower: direction.x.clone(),
            pull: direction.x.clone(),
            upper: direction.room.clone(),
            direction,
        }
    }

    /// Takes one step from a point of this state; `None` when there is none.
    pub fn step(
        &mut self,
        model: &Model,
        normal: &mut Normal,
        state: &State,
        point: &mut Point,
    ) -> Option<Gone> {
        for (col, weight) in self.weights.iter_mut().enumerate() {
            let room = point.room.get(col);
            let upper = room.map_or(0.0, |room| point.v[col] / room);
            *weight = (point.z[col] / point.x[col] + upper).recip();
        }
        normal.factorise(&self.weights)?;
        self.aim(point, 0.0);
        self.turn(model, normal, state, point);
        let most = self.reach(point);
        let after = self.mean_after(point, &most);
        self.aim(point, state.mean * (after / state.mean).powi(3).min(1.0));
        for (aim, (x, z)) in self
            .lower
            .iter_mut()
            .zip(self.direction.x.iter().zip(&self.direction.z))
        {
            *aim -= x * z;
        }
        for (aim, (room, v)) in self
            .upper
            .iter_mut()
            .zip(self.direction.room.iter().zip(&self.direction.v))
        {
            *aim -= room * v;
        }
        self.turn(model, normal, state, point);
        let gone = self.reach(point);
        self.go(point, &gone);
        (gone.values.max(gone.multipliers) > NOWHERE).then_some(gone)
    }

    /// Wants all products to become `mean`.
    fn aim(&mut self, point: &Point, mean: f64) {
        for (aim, (x, z)) in self.lower.iter_mut().zip(point.x.iter().zip(&point.z)) {
            *aim = mean - x * z;
        }
        for (aim, (room, v)) in self.upper.iter_mut().zip(point.room.iter().zip(&point.v)) {
            *aim = mean - room * v;
        }
    }

    /// The direction that removes all residuals of the state and brings the products where they are wanted.
    fn turn(&mut self, model: &Model, normal: &mut Normal, state: &State, point: &Point) {
        let (equations, weights) = (model.equations, &self.weights);
        let Point { x, room, y, z, v } = &mut self.direction;
        for (col, pull) in self.pull.iter_mut().enumerate() {
            *pull = state.duals[col] - self.lower[col] / point.x[col];
            if let Some(room) = point.room.get(col) {
                *pull += (self.upper[col] - point.v[col] * state.bounds[col]) / room;
            }
            x[col] = weights[col] * *pull;
        }
        for (row, y) in y.iter_mut().enumerate() {
            *y = state.rows[row] + equations.rows.times(row, x);
        }
        normal.solve(y);
        for (col, x) in x.iter_mut().enumerate() {
            *x = weights[col] * (equations.cols.times(col, y) - self.pull[col]);
            z[col] = (self.lower[col] - point.z[col] * *x) / point.x[col];
        }
        for (col, room) in room.iter_mut().enumerate() {
            *room = state.bounds[col] - x[col];
            v[col] = (self.upper[col] - point.v[col] * *room) / point.room[col];
        }
    }

    /// How far one can go before a value or a multiplier of a bound is 0, a little short of it.
    fn reach(&self, point: &Point) -> Gone {
        let direction = &self.direction;
        let least = |pairs: [(&[f64], &[f64]); 2]| {
            let pairs = pairs.iter().flat_map(|(now, step)| now.iter().zip(*step));
            let falling = pairs.filter(|(_, step)| **step < 0.0);
            let most = falling
                .map(|(now, step)| -now / step)
                .fold(f64::INFINITY, f64::min);
            (SHORT_OF_BOUND * most).min(1.0)
        };
        Gone {
            values: least([(&point.x, &direction.x), (&point.room, &direction.room)]),
            multipliers: least([(&point.z, &direction.z), (&point.v, &direction.v)]),
        }
    }

    /// The mean of the products after going so far.
    fn mean_after(&self, point: &Point, gone: &Gone) -> f64 {
        let product = |(now, step): (&f64, &f64), (then, other): (&f64, &f64)| {
            (now + gone.values * step) * (then + gone.multipliers * other)
        };
        let direction = &self.direction;
        let x = point.x.iter().zip(&direction.x);
        let room = point.room.iter().zip(&direction.room);
        let lower = x.zip(point.z.iter().zip(&direction.z));
        let upper = room.zip(point.v.iter().zip(&direction.v));
        let products = lower
            .chain(upper)
            .map(|(value, other)| product(value, other));
        products.sum::<f64>() / (point.x.len() + point.room.len()) as f64
    }

    fn go(&self, point: &mut Point, gone: &Gone) {
        let direction = &self.direction;
        let parts = [
            (&mut point.x, &direction.x, gone.values),
            (&mut point.room, &direction.room, gone.values),
            (&mut point.y, &direction.y, gone.multipliers),
            (&mut point.z, &direction.z, gone.multipliers),
            (&mut point.v, &direction.v, gone.multipliers),
        ];
        for (values, steps, part) in parts {
            for (value, step) in values.iter_mut().zip(steps) {
                *value += part * step;
            }
        }
    }
}
