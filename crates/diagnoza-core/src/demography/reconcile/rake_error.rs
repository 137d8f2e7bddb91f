/// Why a table cannot be raked. Margins are numbered from 1 in the order given, positions from 0.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RakeError {
    /// Nothing to rake to.
    #[error("no margin was given: expected at least one")]
    NoMargin,
    /// A table without cells.
    #[error("the seed has shape {shape:?} and so no cell: expected at least one")]
    Empty {
        /// Shape of the seed.
        shape: Vec<usize>,
    },
    /// A setting that cannot be.
    #[error("{option} is {got}: expected {expected}")]
    Option {
        /// Name of the setting.
        option: &'static str,
        /// Value given.
        got: f64,
        /// What it should be.
        expected: &'static str,
    },
    /// A margin names an axis twice or one the seed does not have.
    #[error("margin {margin} has axes {axes:?}: expected different axes of the seed's {dimensions}, from 0")]
    Axes {
        /// Number of the margin.
        margin: usize,
        /// Axes given.
        axes: Vec<usize>,
        /// Number of axes of the seed.
        dimensions: usize,
    },
    /// A target has another shape than its axes of the seed.
    #[error("margin {margin} over axes {axes:?} has shape {got:?}, expected {expected:?}")]
    Shape {
        /// Number of the margin.
        margin: usize,
        /// Its axes.
        axes: Vec<usize>,
        /// Shape given.
        got: Vec<usize>,
        /// Shape of the seed along these axes.
        expected: Vec<usize>,
    },
    /// A cell of the seed is negative or no number.
    #[error("the seed is {got} at {position:?}: expected zero or more")]
    Seed {
        /// Value given.
        got: f64,
        /// Where.
        position: Vec<usize>,
    },
    /// A target is negative or no number.
    #[error("margin {margin} is {got} at {position:?}: expected zero or more")]
    Target {
        /// Number of the margin.
        margin: usize,
        /// Value given.
        got: f64,
        /// Where in the margin.
        position: Vec<usize>,
    },
    /// Two margins say different things of what they share.
    #[error(
        "margins {first} and {second} disagree over axes {axes:?} at {position:?}: {first_total} and \
         {second_total}, a difference of {difference}; correct one of them"
    )]
    Inconsistent {
        /// Number of the one margin.
        first: usize,
        /// Number of the other margin.
        second: usize,
        /// Axes that both have; none for the grand total.
        axes: Vec<usize>,
        /// Where along these axes.
        position: Vec<usize>,
        /// Total of the one.
        first_total: f64,
        /// Total of the other.
        second_total: f64,
        /// First less second.
        difference: f64,
    },
    /// A positive target for cells that are all zero.
    #[error(
        "margin {margin} at {position:?} is {target}, but every cell there is zero in the seed or by a zero \
         of another margin: nothing can be scaled to it"
    )]
    Unreachable {
        /// Number of the margin.
        margin: usize,
        /// Where in the margin.
        position: Vec<usize>,
        /// Target that cannot be reached.
        target: f64,
    },
    /// The margins cannot be met, or not in so many iterations.
    #[error(
        "after {iterations} iterations margin {margin} at {position:?} is {got} instead of {target}: allow \
         more iterations, or give cells that are zero in the seed a value if the target cannot be met without"
    )]
    NotConverged {
        /// Iterations made.
        iterations: usize,
        /// Number of the margin that is farthest off.
        margin: usize,
        /// Where in the margin.
        position: Vec<usize>,
        /// Sum of the table there.
        got: f64,
        /// Target there.
        target: f64,
    },
}
