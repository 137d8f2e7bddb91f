//! A life table from death rates, probabilities, survivors, or deaths and exposure.

use super::super::Sexes;
use super::super::mortality::StandardLifeTable;
use super::constant_hazard::{probability, years_lived};
use super::greville::Neighbours;
use super::{InfantRule, Input, LifeTable, LifeTableError, OpenAge, Record, Rules, SeparationRule};
use super::{child, infant, keyfitz};

/// Births of a table whose survivors were not given.
const RADIX: f64 = 100_000.0;

const ROUNDS: usize = 500;

impl LifeTable {
    /// From death rates; the last is of the open age.
    ///
    /// An age whose rate and `a` together would mean a probability of 1 or more has deaths at a
    /// constant hazard instead, and is named in the record. Rates of 0 are allowed in closed ages.
    ///
    /// # Errors
    /// [`LifeTableError`] names the first age that is wrong.
    pub fn from_mx(ages: &[u32], mx: &[f64], sex: Sexes, rules: &Rules) -> Result<Self, LifeTableError> {
        Self::of_rates(ages, mx, sex, rules, Input::Mx)
    }

    /// From deaths and person-years of exposure: `m = D / E`.
    ///
    /// # Errors
    /// As [`from_mx`](Self::from_mx); an age without exposure is refused.
    pub fn from_deaths(
        ages: &[u32],
        deaths: &[f64],
        exposure: &[f64],
        sex: Sexes,
        rules: &Rules,
    ) -> Result<Self, LifeTableError> {
        check_ages(ages)?;
        check_length("deaths", ages, deaths)?;
        check_length("exposure", ages, exposure)?;
        check_column("deaths", ages, deaths, |got| got >= 0.0, "a number of deaths, 0 or more")?;
        check_column(
            "exposure",
            ages,
            exposure,
            |got| got > 0.0,
            "person-years above 0; group the age with its neighbour",
        )?;
        let mx: Vec<f64> = deaths.iter().zip(exposure).map(|(d, e)| d / e).collect();
        let mut table = Self::of_rates(ages, &mx, sex, rules, Input::Deaths)?;
        table.deaths = Some(deaths.to_vec());
        Ok(table)
    }

    /// From probabilities of dying; the last, of the open age, is 1.
    ///
    /// Rates and `a` are found together. The open age is closed as [`OpenAge::Continued`] unless its
    /// life expectancy is given ([`SeparationRule::Given`]).
    ///
    /// # Errors
    /// As [`from_mx`](Self::from_mx); a probability of 1 before the open age is refused.
    pub fn from_qx(ages: &[u32], qx: &[f64], sex: Sexes, rules: &Rules) -> Result<Self, LifeTableError> {
        check_ages(ages)?;
        let (last, closed) = check_length("q", ages, qx)?;
        check_column(
            "q",
            ages,
            closed,
            |got| (0.0..1.0).contains(&got),
            "0 or more and below 1; the table ends with the first age where q is 1",
        )?;
        if last.is_nan() || (last - 1.0).abs() >= 1e-9 {
            return Err(LifeTableError::value("q", ages[ages.len() - 1], last, "1 in the open age"));
        }
        Self::of_probabilities(ages, closed, sex, rules, Input::Qx)
    }

    /// From survivors to exact ages, the open age's own last; the first is the radix.
    ///
    /// # Errors
    /// As [`from_qx`](Self::from_qx); survivors that rise or end at 0 are refused.
    pub fn from_lx(ages: &[u32], lx: &[f64], sex: Sexes, rules: &Rules) -> Result<Self, LifeTableError> {
        check_ages(ages)?;
        check_length("l", ages, lx)?;
        check_column("l", ages, lx, |got| got > 0.0, "survivors above 0")?;
        if let Some(row) = (1..lx.len()).find(|&row| lx[row] > lx[row - 1]) {
            return Err(LifeTableError::value(
                "l",
                ages[row],
                lx[row],
                "no more than the survivors to the age before",
            ));
        }
        let qx: Vec<f64> = lx.windows(2).map(|pair| (pair[0] - pair[1]) / pair[0]).collect();
        Self::of_probabilities(ages, &qx, sex, rules, Input::Lx)?.with_radix(lx[0])
    }

    /// The table as a standard of the relational model; it must have single years of age.
    ///
    /// # Errors
    /// [`LifeTableError::NotSingleYears`], or what the standard refuses.
    pub fn to_standard(&self) -> Result<StandardLifeTable, LifeTableError> {
        if let Some(pair) = self.age.windows(2).find(|pair| pair[1] - pair[0] > 1) {
            return Err(LifeTableError::NotSingleYears { age: pair[0] });
        }
        Ok(StandardLifeTable::new(&self.lx, &self.ax)?)
    }

    fn of_rates(
        ages: &[u32],
        mx: &[f64],
        sex: Sexes,
        rules: &Rules,
        input: Input,
    ) -> Result<Self, LifeTableError> {
        check_ages(ages)?;
        check_length("m", ages, mx)?;
        check_column("m", ages, mx, |got| got >= 0.0, "a death rate, 0 or more")?;
        let open_age = ages[ages.len() - 1];
        if mx[mx.len() - 1] <= 0.0 {
            return Err(LifeTableError::OpenRate { age: open_age });
        }
        let (rules, given) = check_rules(ages, rules)?;
        let mut ax = separation(ages, mx, None, sex, &rules)?;
        let mut constant_hazard_at = Vec::new();
        let mut qx = Vec::with_capacity(ages.len());
        let table = Neighbours { ages, mx };
        for (row, a) in ax.iter_mut().enumerate() {
            let (n, m) = (table.width(row), mx[row]);
            let q = n * m / (1.0 + (n - *a) * m);
            if q < 1.0 {
                qx.push(q);
            } else {
                qx.push(probability(n, m));
                *a = years_lived(n, m);
                constant_hazard_at.push(ages[row]);
            }
        }
        let closing = given.map_or(OpenAge::Rate, |_| OpenAge::Given);
        let record = Record {
            sex,
            input,
            rules,
            open_age: closing,
            constant_hazard_at,
            closed_from: None,
            grouped: false,
        };
        Self::assemble(ages, mx.to_vec(), ax, qx, given, record)
    }

    fn of_probabilities(
        ages: &[u32],
        qx: &[f64],
        sex: Sexes,
        rules: &Rules,
        input: Input,
    ) -> Result<Self, LifeTableError> {
        let (rules, given) = check_rules(ages, rules)?;
        let constant = rules.separation == SeparationRule::ConstantHazard;
        let n: Vec<f64> = ages.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
        let rate = |row: usize, a: f64| qx[row] / (n[row] - (n[row] - a) * qx[row]);
        let hazard = |row: usize| -(-qx[row]).ln_1p() / n[row];
        let mut ax: Vec<f64> = n.iter().map(|n| n / 2.0).collect();
        let mut mx = Vec::new();
        let mut settled = false;
        for _ in 0..ROUNDS {
            mx = (0..qx.len()).map(|row| if constant { hazard(row) } else { rate(row, ax[row]) }).collect();
            if rules.infant == InfantRule::ConstantHazard {
                mx[0] = hazard(0);
            } else if constant {
                mx[0] = rate(0, ax[0]);
            }
            mx.push(open_rate(ages, &mx, given)?);
            let next = separation(ages, &mx, Some(qx[0]), sex, &rules)?;
            let moved = next.iter().zip(&ax).fold(0.0_f64, |most, (b, a)| most.max((b - a).abs()));
            ax = next;
            if moved < 1e-13 {
                settled = true;
                break;
            }
        }
        if !settled {
            return Err(LifeTableError::NotConverged { rule: rules.separation.name(), rounds: ROUNDS });
        }
        let closing = given.map_or(OpenAge::Continued, |_| OpenAge::Given);
        let record = Record {
            sex,
            input,
            rules,
            open_age: closing,
            constant_hazard_at: Vec::new(),
            closed_from: None,
            grouped: false,
        };
        Self::assemble(ages, mx, ax, qx.to_vec(), given, record)
    }

    /// The columns that follow from `m`, and from `a` and `q` of closed ages.
    fn assemble(
        ages: &[u32],
        mx: Vec<f64>,
        mut ax: Vec<f64>,
        mut qx: Vec<f64>,
        open_expectancy: Option<f64>,
        record: Record,
    ) -> Result<Self, LifeTableError> {
        let mut lx = vec![RADIX];
        let mut person_years = Vec::with_capacity(ages.len());
        let mut dx = Vec::with_capacity(ages.len());
        let mut survivors = RADIX;
        for (row, (q, a)) in qx.iter().zip(&ax).enumerate() {
            let next = survivors * (1.0 - q);
            if !next.is_normal() {
                return Err(LifeTableError::NoSurvivors { age: ages[row + 1] });
            }
            let n = f64::from(ages[row + 1] - ages[row]);
            dx.push(survivors * q);
            person_years.push(n * next + a * survivors * q);
            lx.push(next);
            survivors = next;
        }
        let open_expectancy = open_expectancy.unwrap_or(1.0 / mx[mx.len() - 1]);
        qx.push(1.0);
        ax.push(open_expectancy);
        dx.push(survivors);
        person_years.push(survivors * open_expectancy);
        let years_above = sums_from_the_end(&person_years);
        let ex = years_above.iter().zip(&lx).map(|(years, l)| years / l).collect();
        Ok(Self {
            record,
            age: ages.to_vec(),
            mx,
            ax,
            qx,
            lx,
            dx,
            person_years,
            years_above,
            ex,
            deaths: None,
        })
    }
}

/// `T` of `L`.
pub(super) fn sums_from_the_end(values: &[f64]) -> Vec<f64> {
    let mut sums: Vec<f64> = values
        .iter()
        .rev()
        .scan(0.0, |sum, value| {
            *sum += value;
            Some(*sum)
        })
        .collect();
    sums.reverse();
    sums
}

/// `a` of the closed ages under the rules.
fn separation(
    ages: &[u32],
    mx: &[f64],
    q0: Option<f64>,
    sex: Sexes,
    rules: &Rules,
) -> Result<Vec<f64>, LifeTableError> {
    let closed = ages.len() - 1;
    if let SeparationRule::Given(years) = &rules.separation {
        return Ok(years[..closed].to_vec());
    }
    let table = Neighbours { ages, mx };
    let above = |row: usize| {
        let n = table.width(row);
        let children = row == 1 && (n - 4.0).abs() < 0.5;
        match &rules.separation {
            SeparationRule::Greville | SeparationRule::Keyfitz if children => child::from_rate(sex, mx[0]),
            SeparationRule::Un | SeparationRule::Pas if children => child::from_probability(sex, mx[0], q0),
            SeparationRule::Greville if row > 1 => table.mortcast(row),
            SeparationRule::Un if row > 1 => table.demotools(row),
            SeparationRule::ConstantHazard => years_lived(n, mx[row]),
            _ => n / 2.0,
        }
    };
    let first = infant::separation(rules.infant, sex, mx[0], q0);
    let mut ax: Vec<f64> = std::iter::once(first).chain((1..closed).map(above)).collect();
    if rules.separation == SeparationRule::Keyfitz {
        keyfitz::iterate(&table, &mut ax)?;
    }
    Ok(ax)
}

/// Rate of the open age where only closed ages have figures.
fn open_rate(ages: &[u32], closed: &[f64], given: Option<f64>) -> Result<f64, LifeTableError> {
    if let Some(expectancy) = given {
        return Ok(1.0 / expectancy);
    }
    let (last, before) = (closed[closed.len() - 1], closed[closed.len() - 2]);
    if last <= 0.0 {
        return Err(LifeTableError::OpenRate { age: ages[closed.len()] });
    }
    Ok(if before > 0.0 && last > before { last * last / before } else { last })
}

/// Refuses ages that are not those of a life table.
pub(super) fn check_ages(ages: &[u32]) -> Result<(), LifeTableError> {
    if ages.len() < 3 {
        return Err(LifeTableError::TooFewAges { got: ages.len() });
    }
    for (position, (&got, expected)) in ages.iter().zip([0, 1]).enumerate() {
        if got != expected {
            let expected = if position == 0 { "0, the first age" } else { "1, as age 0 is a single year" };
            return Err(LifeTableError::Ages { position, got, expected });
        }
    }
    match ages.windows(2).position(|pair| pair[1] <= pair[0]) {
        Some(row) => Err(LifeTableError::Ages {
            position: row + 1,
            got: ages[row + 1],
            expected: "an age above the one before",
        }),
        None => Ok(()),
    }
}

/// The last value and those before it, one for each age.
fn check_length<'a>(
    column: &'static str,
    ages: &[u32],
    values: &'a [f64],
) -> Result<(f64, &'a [f64]), LifeTableError> {
    match values.split_last() {
        Some((&last, closed)) if values.len() == ages.len() => Ok((last, closed)),
        _ => Err(LifeTableError::Length { column, got: values.len(), ages: ages.len() }),
    }
}

/// Refuses a value that is not finite or not allowed, in a column not longer than the ages.
fn check_column(
    column: &'static str,
    ages: &[u32],
    values: &[f64],
    allowed: impl Fn(f64) -> bool,
    expected: &'static str,
) -> Result<(), LifeTableError> {
    match values.iter().position(|&got| !(got.is_finite() && allowed(got))) {
        Some(row) => Err(LifeTableError::value(column, ages[row], values[row], expected)),
        None => Ok(()),
    }
}

/// Rules as they will be recorded, and the life expectancy of the open age if given.
fn check_rules(ages: &[u32], rules: &Rules) -> Result<(Rules, Option<f64>), LifeTableError> {
    let closed = ages.len() - 1;
    let mut rules = rules.clone();
    let mut open = None;
    if let SeparationRule::Given(years) = &rules.separation {
        if years.len() != closed && years.len() != ages.len() {
            return Err(LifeTableError::Length { column: "a", got: years.len(), ages: ages.len() });
        }
        for (row, &a) in years.iter().enumerate() {
            let most = if row < closed { f64::from(ages[row + 1] - ages[row]) } else { f64::MAX };
            let least_met = if row < closed { a >= 0.0 } else { a > 0.0 };
            if !(a <= most && least_met) {
                return Err(LifeTableError::value(
                    "a",
                    ages[row],
                    a,
                    "years within the age; above 0 in the open age",
                ));
            }
        }
        open = years.get(closed).copied();
        rules.infant = InfantRule::Given(years[0]);
    } else if let InfantRule::Given(a0) = rules.infant
        && !(0.0..=1.0).contains(&a0)
    {
        return Err(LifeTableError::value("a", 0, a0, "0 to 1 year"));
    }
    Ok((rules, open))
}
