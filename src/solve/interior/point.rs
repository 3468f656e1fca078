//! Where the method stands and how far that is from the optimum.

use super::matrix::Equations;
use super::normal::Normal;

/// The distance of objective and bound at which it is done: relative, and in the scaled program at least absolute.
const CLOSE: f64 = 1e-10;
const CLOSE_TO_NOTHING: f64 = 1e-11;
/// What of a row may be left (scaled program), relative to the larger of its right-hand side and 1.
const KEPT: f64 = 1e-9;
/// How far from its bounds a first value is kept: as a part of their distance, and of a slack.
const INSIDE: f64 = 0.1;
/// The least multiplier of a bound at first.
const LEAST: f64 = 1e-8;

/// min costs · x, the equations kept, 0 ≤ x ≤ uppers; the slacks follow, without cost and upper bound.
pub struct Model<'a> {
    pub equations: &'a Equations,
    pub costs: Vec<f64>,
    pub uppers: Vec<f64>,
}

impl Model<'_> {
    fn cost(&self, col: usize) -> f64 {
        self.costs.get(col).copied().unwrap_or(0.0)
    }
}

/// Values and multipliers. All but y are above 0, and a direction in which to change them has the same parts.
pub struct Point {
    /// Columns, then slacks.
    pub x: Vec<f64>,
    /// What is left to the upper bounds; columns only.
    pub room: Vec<f64>,
    /// Multipliers of the rows.
    pub y: Vec<f64>,
    /// Multipliers of the lower bounds.
    pub z: Vec<f64>,
    /// Multipliers of the upper bounds; columns only.
    pub v: Vec<f64>,
}

impl Point {
    /// Room for a point or a direction.
    pub fn blank(model: &Model) -> Point {
        let cols = model.equations.cols.len();
        Point {
            x: vec![0.0; cols],
            room: vec![0.0; model.uppers.len()],
            y: vec![0.0; model.equations.rows.len()],
            z: vec![0.0; cols],
            v: vec![0.0; model.uppers.len()],
        }
    }

    /// From the middle of the bounds as near to the equations as the bounds allow, and multipliers as near to the
    /// costs as they come; `None` when the normal equations have no factors.
    pub fn first(model: &Model, normal: &mut Normal) -> Option<Point> {
        let equations = model.equations;
        let mut point = Point::blank(model);
        normal.factorise(&vec![1.0; point.x.len()])?;
        for (x, upper) in point.x.iter_mut().zip(&model.uppers) {
            *x = 0.5 * upper;
        }
        equations.left(&point.x, &mut point.y);
        normal.solve(&mut point.y);
        for (col, x) in point.x.iter_mut().enumerate() {
            *x += equations.cols.times(col, &point.y);
            *x = match model.uppers.get(col) {
                Some(upper) => x.clamp(INSIDE * upper, (1.0 - INSIDE) * upper),
                None => x.max(INSIDE),
            };
        }
        for (room, (upper, x)) in point.room.iter_mut().zip(model.uppers.iter().zip(&point.x)) {
            *room = upper - x;
        }
        let costs: Vec<f64> = (0..point.x.len()).map(|col| model.cost(col)).collect();
        for (row, y) in point.y.iter_mut().enumerate() {
            *y = equations.rows.times(row, &costs);
        }
        normal.solve(&mut point.y);
        for (col, z) in point.z.iter_mut().enumerate() {
            *z = costs[col] - equations.cols.times(col, &point.y);
        }
        let mean = point.z.iter().map(|d| d.abs()).sum::<f64>() / point.z.len() as f64;
        let least = mean.max(LEAST);
        for (v, d) in point.v.iter_mut().zip(&point.z) {
            *v = (-d).max(0.0) + least;
        }
        for z in &mut point.z {
            *z = z.max(0.0) + least;
        }
        Some(point)
    }
}

/// How far a point is from the optimum.
pub struct State {
    /// b − A x
    pub rows: Vec<f64>,
    /// u − x − room
    pub bounds: Vec<f64>,
    /// c − Aᵀy − z + v
    pub duals: Vec<f64>,
    /// The mean of z·x and v·room.
    pub mean: f64,
    objective: f64,
    /// What no feasible point goes below, by y alone.
    bound: f64,
    /// The largest part of a row that is left.
    left: f64,
}

impl State {
    /// Room for a state.
    pub fn blank(model: &Model) -> State {
        State {
            rows: vec![0.0; model.equations.rows.len()],
            bounds: vec![0.0; model.uppers.len()],
            duals: vec![0.0; model.equations.cols.len()],
            mean: 0.0,
            objective: 0.0,
            bound: 0.0,
            left: 0.0,
        }
    }

    /// Looks at a point.
    pub fn see(&mut self, model: &Model, point: &Point) {
        let equations = model.equations;
        equations.left(&point.x, &mut self.rows);
        let left = self.rows.iter().zip(&equations.rhs);
        self.left = left
            .map(|(left, rhs)| left.abs() / rhs.abs().max(1.0))
            .fold(0.0, f64::max);
        self.bound = equations.rhs.iter().zip(&point.y).map(|(b, y)| b * y).sum();
        self.objective = 0.0;
        let mut together = 0.0;
        for (col, dual) in self.duals.iter_mut().enumerate() {
            let reduced = model.cost(col) - equations.cols.times(col, &point.y);
            *dual = reduced - point.z[col];
            together += point.x[col] * point.z[col];
            if let Some(&upper) = model.uppers.get(col) {
                *dual += point.v[col];
                self.bounds[col] = upper - point.x[col] - point.room[col];
                self.bound += reduced.min(0.0) * upper;
                self.objective += model.costs[col] * point.x[col];
                together += point.room[col] * point.v[col];
            }
        }
        self.mean = together / (self.duals.len() + self.bounds.len()) as f64;
    }

    /// How far it is from the optimum, in what is allowed: 1 and less is done.
    pub fn away(&self) -> f64 {
        let apart = (self.objective - self.bound).abs();
        let close = apart / (CLOSE * self.bound.abs()).max(CLOSE_TO_NOTHING);
        close.max(self.left / KEPT)
    }
}
