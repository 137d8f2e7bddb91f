/// Why a relational model cannot be fitted to an area.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum SmallAreaError {
    /// Arrays of different shapes.
    #[error(
        "{deaths} counts of deaths were given for {groups} groups of ages: expected one for each, at least one"
    )]
    Deaths {
        /// Counts of deaths of an area.
        deaths: usize,
        /// Groups of ages.
        groups: usize,
    },
    /// Not as many rows of exposure as of deaths.
    #[error(
        "there are deaths of {deaths} areas and exposures of {exposure}: expected the same areas, at least one"
    )]
    Areas {
        /// Rows of deaths.
        deaths: usize,
        /// Rows of exposure.
        exposure: usize,
    },
    /// Exposure that fits neither the groups nor single ages.
    #[error(
        "{got} exposures were given: expected one for each of the {groups} groups, or single ages from {first} on, \
         at least {single}, the last open"
    )]
    Exposure {
        /// Exposures of an area.
        got: usize,
        /// Groups of ages.
        groups: usize,
        /// First age.
        first: u8,
        /// Single ages needed.
        single: usize,
    },
    /// Groups do not follow each other.
    #[error(
        "the group from age {got} comes after that from {before}: expected the first ages of the groups in order"
    )]
    Order {
        /// First age of the group before.
        before: u8,
        /// First age found.
        got: u8,
    },
    /// The standard ends before the area's ages do.
    #[error(
        "the standard ends with the open group from age {standard}, but ages from {got} on are asked for"
    )]
    Standard {
        /// Open age of the standard.
        standard: usize,
        /// Age asked for.
        got: usize,
    },
    /// A number that counts nobody.
    #[error("{what} of area {area} at age {age} is {got}: expected a finite number, not below zero")]
    NotACount {
        /// Deaths or exposure.
        what: &'static str,
        /// Position of the area, 0 for the first.
        area: usize,
        /// First age of the group.
        age: usize,
        /// The number.
        got: f64,
    },
    /// Somebody died where nobody lived.
    #[error(
        "{deaths} deaths of area {area} in the group from age {age}, but no exposure: correct one of them"
    )]
    DeathsWithoutExposure {
        /// Position of the area, 0 for the first.
        area: usize,
        /// First age of the group.
        age: u8,
        /// Deaths.
        deaths: f64,
    },
    /// A level cannot follow from no deaths.
    #[error("nobody died{}, so no level of mortality follows: join areas or years, or fit the areas together", place(*area))]
    NoDeaths {
        /// Position of the area, 0 for the first; none for all areas together.
        area: Option<usize>,
    },
    /// The likelihood has no maximum within reach.
    #[error(
        "no level between -5 and 5{} fits area {area}: its deaths are too far from the standard, or too few",
        if *slope { " with a slope between 0.1 and 5" } else { "" }
    )]
    NoMaximum {
        /// Position of the area, 0 for the first.
        area: usize,
        /// Whether the slope was fitted too.
        slope: bool,
    },
}

fn place(area: Option<usize>) -> String {
    area.map_or_else(|| " in any area".to_owned(), |area| format!(" in area {area}"))
}
