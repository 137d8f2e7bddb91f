//! The linear programmes: least and greatest value of an unknown, and the cheapest change of a table.

use std::collections::BTreeSet;

use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, microlp, variable};

use super::bounds::{Equation, TOLERANCE, agrees};
use super::layout::Sum;

/// A table of the unknowns in which `unknown` is as small or as great as it can be, or why there is none. An
/// unknown without upper bound stops at `cap`.
pub(super) fn extreme(
    equations: &[Equation],
    lower: &[f64],
    upper: &[f64],
    unknown: usize,
    greatest: bool,
    cap: f64,
) -> Result<Vec<f64>, String> {
    let mut made = ProblemVariables::new();
    let variables: Vec<Variable> = (0..lower.len())
        .map(|i| {
            let high = if i == unknown { upper[i].min(cap) } else { upper[i] };
            made.add(variable().min(lower[i]).max(high))
        })
        .collect();
    let objective = Expression::from(variables[unknown]);
    let mut model = if greatest { made.maximise(objective) } else { made.minimise(objective) }.using(microlp);
    for equation in equations {
        let mut sum = Expression::with_capacity(equation.terms.len());
        for (i, sign) in &equation.terms {
            sum.add_mul(*sign, variables[*i]);
        }
        model.add_constraint(sum.eq(equation.constant));
    }
    let solution = model.solve().map_err(|error| error.to_string())?;
    let table: Vec<f64> = variables.iter().map(|variable| solution.value(*variable)).collect();
    // The solver has been wrong: the table itself is the proof that the value can be reached.
    if agrees(equations, lower, upper, &table) {
        Ok(table)
    } else {
        Err("the solver's table does not agree with the published sums".to_owned())
    }
}

/// A cell as the choice of suppressed cells sees it.
pub(super) struct Choice {
    /// What its suppression loses.
    pub(super) cost: f64,
    /// How far its count could be lower, or higher, for all a reader knows if it is suppressed.
    pub(super) down: f64,
    pub(super) up: f64,
    /// Whether it may be suppressed.
    pub(super) free: bool,
}

/// What a primary cell needs: another table in which it is `up` higher, and two that are `width` apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Need {
    pub(super) cell: usize,
    pub(super) up: f64,
    pub(super) width: f64,
}

impl Need {
    /// The furthest any cell has to move: in a network a change of one cell runs round cycles.
    fn reach(self) -> f64 {
        self.up.max(self.width)
    }
}

/// The cells that move in the cheapest change of the table that meets `need`, where moving a cell of
/// `suppressed` costs nothing and others may move only if `all`; none if there is no such change.
pub(super) fn cheapest_change(
    choices: &[Choice],
    sums: &[Sum],
    suppressed: &BTreeSet<usize>,
    need: Need,
    all: bool,
) -> Option<BTreeSet<usize>> {
    let mut made = ProblemVariables::new();
    let mut cost = Expression::default();
    let mut tables = Vec::new();
    for greatest in directions(need) {
        let table: Vec<Option<(Variable, Variable)>> = choices
            .iter()
            .enumerate()
            .map(|(i, choice)| {
                let held = suppressed.contains(&i);
                let moves = held || all && choice.free;
                if !moves {
                    return None;
                }
                let (low, high) = range(choices, i, need, greatest);
                let more = made.add(variable().min(low.max(0.0)).max(high.max(0.0)));
                let less = made.add(variable().min((-high).max(0.0)).max((-low).max(0.0)));
                if !held {
                    cost.add_mul(choice.cost, more);
                    cost.add_mul(choice.cost, less);
                }
                Some((more, less))
            })
            .collect();
        tables.push(table);
    }
    let moves = |table: &[Option<(Variable, Variable)>], i: usize| {
        table[i].map_or_else(Expression::default, |(more, less)| more - less)
    };
    let mut model = made.minimise(cost).using(microlp);
    for table in &tables {
        for sum in sums {
            if let Some(balance) = balance(sum, table, |(more, less)| more - less) {
                model.add_constraint(balance.eq(0.0));
            }
        }
    }
    if let [high, low] = tables.as_slice() {
        model.add_constraint((moves(high, need.cell) - moves(low, need.cell)).geq(need.width));
    }
    let solution = model.solve().ok()?;
    let value = |pair: &Option<(Variable, Variable)>| {
        pair.map_or(0.0, |(more, less)| solution.value(more) - solution.value(less))
    };
    let moved: Vec<Vec<f64>> = tables.iter().map(|table| table.iter().map(value).collect()).collect();
    meets(sums, &moved, need)
        .then(|| (0..choices.len()).filter(|i| moved.iter().any(|m| m[*i].abs() > TOLERANCE)).collect())
}

/// The cheapest set of cells, `primary` included, in which every need can be met; none if the solver finds none.
pub(super) fn cheapest_set(
    choices: &[Choice],
    sums: &[Sum],
    primary: &BTreeSet<usize>,
    needs: &[Need],
) -> Option<BTreeSet<usize>> {
    let mut made = ProblemVariables::new();
    let chosen: Vec<Option<Variable>> = choices
        .iter()
        .enumerate()
        .map(|(i, choice)| (choice.free && !primary.contains(&i)).then(|| made.add(variable().binary())))
        .collect();
    let mut cost = Expression::default();
    for (variable, choice) in chosen.iter().zip(choices) {
        if let Some(variable) = variable {
            // Of equal losses the one of fewer cells.
            cost.add_mul(choice.cost, *variable);
        }
    }
    let mut tables = Vec::new();
    for need in needs {
        let of_need: Vec<Vec<Option<Variable>>> = directions(*need)
            .map(|greatest| {
                (0..choices.len())
                    .map(|i| {
                        let there = primary.contains(&i) || chosen[i].is_some();
                        let (low, high) = range(choices, i, *need, greatest);
                        there.then(|| made.add(variable().min(low).max(high)))
                    })
                    .collect()
            })
            .collect();
        tables.push(of_need);
    }
    let mut model = made.minimise(cost).using(microlp);
    for (need, of_need) in needs.iter().zip(&tables) {
        for (greatest, table) in directions(*need).zip(of_need) {
            for sum in sums {
                if let Some(balance) = balance(sum, table, Expression::from) {
                    model.add_constraint(balance.eq(0.0));
                }
            }
            for (i, (moved, chosen)) in table.iter().zip(&chosen).enumerate() {
                if let (Some(moved), Some(chosen)) = (moved, chosen) {
                    let (low, high) = range(choices, i, *need, greatest);
                    model.add_constraint((*moved - high * *chosen).leq(0.0));
                    model.add_constraint((*moved - low * *chosen).geq(0.0));
                }
            }
        }
        if let [high, low] = of_need.as_slice()
            && let (Some(high), Some(low)) = (high[need.cell], low[need.cell])
        {
            model.add_constraint((high - low).geq(need.width));
        }
    }
    let solution = model.solve().ok()?;
    let taken = (0..choices.len()).filter(|i| chosen[*i].is_some_and(|x| solution.value(x) > 0.5));
    Some(taken.chain(primary.iter().copied()).collect())
}

/// One other table where going up is enough for the width, else one up and one down.
fn directions(need: Need) -> impl Iterator<Item = bool> {
    [true, false].into_iter().take(1 + usize::from(need.up < need.width))
}

/// How far a cell may move in a table.
fn range(choices: &[Choice], cell: usize, need: Need, greatest: bool) -> (f64, f64) {
    let (low, high) = (-choices[cell].down.min(need.reach()), choices[cell].up.min(need.reach()));
    match (cell == need.cell, greatest) {
        (false, _) => (low, high),
        (true, true) => (need.up.min(high), high),
        (true, false) => (low, 0.0),
    }
}

/// Parts less total of a sum, of the cells that move; none if none does.
fn balance<T: Copy>(sum: &Sum, table: &[Option<T>], of: impl Fn(T) -> Expression) -> Option<Expression> {
    let mut found: Option<Expression> = None;
    for (cell, sign) in sum.parts.iter().map(|part| (*part, 1.0)).chain([(sum.total, -1.0)]) {
        if let Some(Some(moved)) = table.get(cell) {
            found.get_or_insert_with(Expression::default).add_mul(sign, of(*moved));
        }
    }
    found
}

/// Whether the changes of the solver keep every sum and reach what is needed.
fn meets(sums: &[Sum], moved: &[Vec<f64>], need: Need) -> bool {
    let at = |table: &[f64], cell: usize| table.get(cell).copied().unwrap_or_default();
    let balanced = |table: &Vec<f64>| {
        sums.iter().all(|sum| {
            let parts: f64 = sum.parts.iter().map(|part| at(table, *part)).sum();
            (parts - at(table, sum.total)).abs() <= TOLERANCE
        })
    };
    let of = |place: usize| moved.get(place).map_or(0.0, |table| at(table, need.cell));
    moved.iter().all(balanced) && of(0) >= need.up - TOLERANCE && of(0) - of(1) >= need.width - TOLERANCE
}
