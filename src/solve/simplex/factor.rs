//! A basis as factors: B = L · U (CSparse's method, by rsparse), and one elementary matrix for each exchange since.

use rsparse::data::{Nmrc, Sprs, Symb};

use super::matrix::Columns;

/// An entry may be pivot where the order wants it as long as no other in its column is this many times larger.
const PIVOT_TOLERANCE: f64 = 0.05;

/// The basis columns replaced one another too often, or were not independent from the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Singular;

/// B⁻¹ in product form.
#[derive(Clone)]
pub struct Factor {
    lu: Nmrc<f64>,
    /// For each column of the factorised matrix its place in the order of elimination.
    order: Vec<usize>,
    /// For each place in the basis its column of the factorised matrix.
    column: Vec<usize>,
    exchanges: Vec<Exchange>,
    work: Vec<f64>,
}

/// One exchange: the column of the one that came in, in terms of the basis it came into.
#[derive(Clone)]
struct Exchange {
    place: usize,
    pivot: f64,
    others: Vec<(usize, f64)>,
}

impl Factor {
    /// Factorises the columns `basis` of a matrix.
    pub fn of(columns: &Columns, basis: &[usize]) -> Result<Factor, Singular> {
        let size = basis.len();
        let order = Order::of(columns, basis);
        // Column `row` of the matrix is the one that shall be pivotal in that row: rsparse prefers the diagonal.
        let mut matrix = Sprs::new();
        (matrix.m, matrix.n) = (size, size);
        matrix.p.push(0);
        for row in 0..size {
            for &(at, value) in columns.of(basis[order.place_of_row[row]]) {
                matrix.i.push(at);
                matrix.x.push(value);
            }
            matrix.p.push(matrix.i.len() as isize);
        }
        matrix.nzmax = matrix.i.len();
        let mut symbolic = Symb::new();
        symbolic.q = Some(order.rows.iter().map(|&row| row as isize).collect());
        symbolic.lnz = 2 * matrix.nzmax + size;
        symbolic.unz = 2 * matrix.nzmax + size;
        let lu = rsparse::lu(&matrix, &mut symbolic, PIVOT_TOLERANCE).map_err(|_| Singular)?;
        let mut column = vec![0; size];
        for (row, &place) in order.place_of_row.iter().enumerate() {
            column[place] = row;
        }
        Ok(Factor {
            lu,
            order: order.rows,
            column,
            exchanges: Vec::new(),
            work: vec![0.0; size],
        })
    }

    /// How many exchanges there were since the factors were made.
    pub fn age(&self) -> usize {
        self.exchanges.len()
    }

    /// B x = b: takes b by row, gives x by place in the basis.
    pub fn forward(&mut self, b: &mut [f64]) {
        if let Some(pinv) = &self.lu.pinv {
            for (value, &at) in b.iter().zip(pinv) {
                self.work[at as usize] = *value;
            }
        }
        lower(&self.lu.l, &mut self.work);
        upper(&self.lu.u, &mut self.work);
        // Column `order[k]` of the matrix was eliminated as the k-th.
        for (&col, value) in self.order.iter().zip(&self.work) {
            b[col] = *value;
        }
        self.work.copy_from_slice(b);
        for (value, &col) in b.iter_mut().zip(&self.column) {
            *value = self.work[col];
        }
        for exchange in &self.exchanges {
            let share = b[exchange.place] / exchange.pivot;
            if share != 0.0 {
                for &(at, value) in &exchange.others {
                    b[at] -= value * share;
                }
            }
            b[exchange.place] = share;
        }
    }

    /// Bᵀ y = c: takes c by place in the basis, gives y by row.
    pub fn backward(&mut self, c: &mut [f64]) {
        for exchange in self.exchanges.iter().rev() {
            let mut value = c[exchange.place];
            for &(at, other) in &exchange.others {
                value -= other * c[at];
            }
            c[exchange.place] = value / exchange.pivot;
        }
        for (value, &col) in c.iter().zip(&self.column) {
            self.work[col] = *value;
        }
        c.copy_from_slice(&self.work);
        for (value, &col) in self.work.iter_mut().zip(&self.order) {
            *value = c[col];
        }
        rsparse::utsolve(&self.lu.u, &mut self.work);
        rsparse::ltsolve(&self.lu.l, &mut self.work);
        if let Some(pinv) = &self.lu.pinv {
            for (value, &at) in c.iter_mut().zip(pinv) {
                *value = self.work[at as usize];
            }
        }
    }

    /// Puts a column in a place of the basis; `entering` is that column in terms of the basis so far.
    pub fn exchange(&mut self, place: usize, entering: &[f64]) {
        let others = entering.iter().enumerate();
        let others = others.filter(|&(at, &value)| at != place && value != 0.0);
        self.exchanges.push(Exchange {
            place,
            pivot: entering[place],
            others: others.map(|(at, &value)| (at, value)).collect(),
        });
    }
}

/// L x = b, passing over zeros, of which right-hand sides have many.
fn lower(l: &Sprs<f64>, x: &mut [f64]) {
    for j in 0..l.n {
        let value = x[j];
        if value != 0.0 {
            for p in (l.p[j] + 1) as usize..l.p[j + 1] as usize {
                x[l.i[p]] -= l.x[p] * value;
            }
        }
    }
}

/// U x = b, passing over zeros.
fn upper(u: &Sprs<f64>, x: &mut [f64]) {
    for j in (0..u.n).rev() {
        if x[j] != 0.0 {
            let last = (u.p[j + 1] - 1) as usize;
            let value = x[j] / u.x[last];
            x[j] = value;
            for p in u.p[j] as usize..last {
                x[u.i[p]] -= u.x[p] * value;
            }
        }
    }
}

/// In which order to eliminate, and which place of the basis is pivotal in which row: first the columns that have one
/// row left, then the rows that have one column left, and between them the few that are neither, shortest first. A
/// basis of needs and limits is nearly a triangle, so that hardly anything is filled in.
struct Order {
    rows: Vec<usize>,
    place_of_row: Vec<usize>,
}

impl Order {
    fn of(columns: &Columns, basis: &[usize]) -> Order {
        let size = basis.len();
        let mut peel = Peel::of(columns, basis);
        let [first, second] = peel.run();
        let mut place_of_row = vec![usize::MAX; size];
        let mut rows = Vec::with_capacity(size);
        for &(row, place) in first.iter().chain(&second) {
            place_of_row[row] = place;
            rows.push(row);
        }
        let mut rest: Vec<usize> = (0..size).filter(|&place| peel.open_places[place]).collect();
        rest.sort_by_key(|&place| (peel.in_place[place], place));
        for place in rest {
            // Any open row will do, one with an entry is better.
            let entries = columns.of(basis[place]).iter().map(|&(row, _)| row);
            let fit = entries.filter(|&row| peel.open_rows[row]);
            let fit = fit.min_by_key(|&row| (peel.in_row[row], row));
            let row = fit.or_else(|| peel.open_rows.iter().position(|&open| open));
            if let Some(row) = row {
                peel.open_rows[row] = false;
                place_of_row[row] = place;
                rows.push(row);
            }
        }
        Order { rows, place_of_row }
    }
}

/// The peeling off of lone columns and rows.
struct Peel<'a> {
    columns: &'a Columns,
    basis: &'a [usize],
    places_of_row: Vec<Vec<usize>>,
    open_rows: Vec<bool>,
    open_places: Vec<bool>,
    in_row: Vec<usize>,
    in_place: Vec<usize>,
}

impl<'a> Peel<'a> {
    fn of(columns: &'a Columns, basis: &'a [usize]) -> Peel<'a> {
        let size = basis.len();
        let mut places_of_row = vec![Vec::new(); size];
        for (place, &col) in basis.iter().enumerate() {
            for &(row, _) in columns.of(col) {
                places_of_row[row].push(place);
            }
        }
        Peel {
            columns,
            basis,
            in_row: places_of_row.iter().map(Vec::len).collect(),
            in_place: basis.iter().map(|&col| columns.of(col).len()).collect(),
            places_of_row,
            open_rows: vec![true; size],
            open_places: vec![true; size],
        }
    }

    /// (row, place) of the lone columns and of the lone rows, in the order in which they come off.
    fn run(&mut self) -> [Vec<(usize, usize)>; 2] {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        let mut lone: Vec<usize> = (0..self.basis.len()).rev().collect();
        lone.retain(|&place| self.in_place[place] == 1);
        while let Some(place) = lone.pop() {
            let open = |&&(row, _): &&(usize, f64)| self.open_rows[row];
            let Some(&(row, _)) = self.columns.of(self.basis[place]).iter().find(open) else {
                continue;
            };
            if self.open_places[place] {
                self.close(row, place);
                first.push((row, place));
                for &other in &self.places_of_row[row] {
                    if self.open_places[other] && self.in_place[other] == 1 {
                        lone.push(other);
                    }
                }
            }
        }
        let mut lone: Vec<usize> = (0..self.basis.len()).rev().collect();
        lone.retain(|&row| self.open_rows[row] && self.in_row[row] == 1);
        while let Some(row) = lone.pop() {
            let open = |&&place: &&usize| self.open_places[place];
            let Some(&place) = self.places_of_row[row].iter().find(open) else {
                continue;
            };
            if self.open_rows[row] {
                self.close(row, place);
                second.push((row, place));
                for &(other, _) in self.columns.of(self.basis[place]) {
                    if self.open_rows[other] && self.in_row[other] == 1 {
                        lone.push(other);
                    }
                }
            }
        }
        [first, second]
    }

    fn close(&mut self, row: usize, place: usize) {
        self.open_rows[row] = false;
        self.open_places[place] = false;
        for &other in &self.places_of_row[row] {
            self.in_place[other] -= 1;
        }
        for &(other, _) in self.columns.of(self.basis[place]) {
            self.in_row[other] -= 1;
        }
    }
}
