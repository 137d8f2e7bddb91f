//! One step on plain slices: every loop runs over slices of one length, so that it is compiled without
//! bounds checks and in vectors. Sexes lie one after another, `K x A` stocks and `K x (A+1)` ratios.
//!
//! The inner loops exist twice, and the machine they run on chooses the wider vectors where it has them. The
//! bytes are the same: each value goes through the same operations, and AVX2 without FMA fuses none of them.

use multiversion::multiversion;

use super::balance::TOLERANCE;

/// How the late migrants of a step, all but the first half of `even`, meet its births and deaths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrival {
    /// At the end, after the births.
    AfterBirths,
    /// At the end, yet their women count half in the births.
    WithBirths,
    /// In the middle of the step.
    Mid,
}

/// Rates of one step.
#[derive(Clone, Copy)]
pub(super) struct Rates<'a> {
    pub(super) survival: &'a [f64],
    pub(super) asfr: &'a [f64],
    pub(super) srb: f64,
    pub(super) years: f64,
}

/// Where the results of one step go.
pub(super) struct Results<'a> {
    pub(super) population: &'a mut [f64],
    pub(super) births: &'a mut [f64],
    pub(super) births_by_age: &'a mut [f64],
    pub(super) woman_years: &'a mut [f64],
    pub(super) deaths: &'a mut [f64],
}

/// One step from the stock `at_risk`, which has the early migrants, and the `late` migrants. `true` where it
/// is seen on the way that no stock is below zero and that the cohorts of closed ages balance.
pub(super) fn step(
    arrival: Arrival,
    at_risk: &[f64],
    late: &[f64],
    rates: Rates<'_>,
    to: &mut Results<'_>,
) -> bool {
    let sound = survive(arrival, at_risk, late, rates, to);
    bear(arrival, at_risk, rates, to);
    add_newborn(arrival, late, rates, to);
    let youngest = to.population.iter().step_by(rates.asfr.len());
    sound && youngest.into_iter().all(|&people| people >= 0.0)
}

/// Deaths and stocks at the end of all ages but the youngest; `true` as of [`step`].
pub(super) fn survive(
    arrival: Arrival,
    at_risk: &[f64],
    late: &[f64],
    rates: Rates<'_>,
    to: &mut Results<'_>,
) -> bool {
    let ages = rates.asfr.len();
    let mut sound = true;
    let sexes = at_risk.chunks_exact(ages).zip(late.chunks_exact(ages));
    let rows = to.population.chunks_exact_mut(ages).zip(to.deaths.chunks_exact_mut(ages + 1));
    let ratios = rates.survival.chunks_exact(ages + 1);
    for (((at_risk, late), ratios), (population, deaths)) in sexes.zip(ratios).zip(rows) {
        if arrival == Arrival::Mid {
            survive_mid(at_risk, late, ratios, population, deaths);
            sound = false;
        } else {
            sound &= survive_end(at_risk, late, ratios, population, deaths);
        }
    }
    sound
}

// Not inlined: as arguments the slices are known not to overlap, and the loop is made of vectors.
#[multiversion(targets("x86_64+avx+avx2"))]
#[inline(never)]
fn survive_end(
    at_risk: &[f64],
    late: &[f64],
    ratios: &[f64],
    population: &mut [f64],
    deaths: &mut [f64],
) -> bool {
    let open = at_risk.len() - 1;
    let mut unsound = 0; // counted without a branch; what is not a number counts as well
    let rates = at_risk[..open - 1].iter().zip(&ratios[1..open]).zip(&late[1..open]);
    let results = population[1..open].iter_mut().zip(&mut deaths[1..open]);
    for (((people, ratio), net), (after, died)) in rates.zip(results) {
        let alive = people * ratio;
        let (dying, there) = (people - alive, alive + net);
        (*died, *after) = (dying, there);
        let difference = ((people - dying) + net) - there;
        unsound += 1 - u64::from((difference.abs() <= TOLERANCE) & (there >= 0.0));
    }
    let (entering, staying) = (at_risk[open - 1] * ratios[open], at_risk[open] * ratios[open + 1]);
    deaths[open] = at_risk[open - 1] - entering;
    deaths[open + 1] = at_risk[open] - staying;
    // Survivors first, then migrants: an outflow of all survivors leaves exactly nobody.
    population[open] = (entering + staying) + late[open];
    unsound == 0 && population[open] >= 0.0
}

fn survive_mid(at_risk: &[f64], late: &[f64], ratios: &[f64], population: &mut [f64], deaths: &mut [f64]) {
    let open = at_risk.len() - 1;
    let (at_risk, ratios, late) = (&at_risk[..=open], &ratios[1..open + 2], &late[1..=open]);
    let (population, deaths) = (&mut population[1..=open], &mut deaths[1..open + 2]);
    for age in 0..open - 1 {
        let half = ratios[age].sqrt();
        let alive = (at_risk[age] * half + late[age]) * half;
        deaths[age] = (at_risk[age] + late[age]) - alive;
        population[age] = alive;
    }
    let (into_half, open_half) = (ratios[open - 1].sqrt(), ratios[open].sqrt());
    let (entering, present) = (at_risk[open - 1] * into_half, at_risk[open] * open_half);
    // Emigrants beyond the people of the open group come from those who enter it.
    let own = late[open - 1].max(-present);
    let other = late[open - 1] - own;
    let (entered, stayed) = ((entering + other) * into_half, (present + own) * open_half);
    deaths[open - 1] = (at_risk[open - 1] + other) - entered;
    deaths[open] = (at_risk[open] + own) - stayed;
    population[open - 1] = entered + stayed;
}

/// People of one sex, `A`, who are there when the late migrants move.
pub(super) fn present(arrival: Arrival, at_risk: &[f64], born: f64, ratios: &[f64], to: &mut [f64]) {
    let until_then = |ratio: f64| if arrival == Arrival::Mid { ratio.sqrt() } else { ratio };
    let open = to.len() - 1;
    to[0] = born * until_then(ratios[0]);
    for ((to, people), &ratio) in to[1..].iter_mut().zip(at_risk).zip(&ratios[1..]) {
        *to = people * until_then(ratio);
    }
    to[open] += at_risk[open] * until_then(ratios[open + 1]);
}

/// Births by age of mother and by sex.
fn bear(arrival: Arrival, at_risk: &[f64], rates: Rates<'_>, to: &mut Results<'_>) {
    let open = rates.asfr.len() - 1;
    let (women, asfr) = (&at_risk[..=open], &rates.asfr[..=open]);
    let (woman_years, births) = (&mut to.woman_years[..=open], &mut to.births_by_age[..=open]);
    let half = rates.years / 2.0;
    if arrival == Arrival::AfterBirths {
        pair_women(&women[..open], &women[1..], &rates.survival[1..=open], &mut woman_years[1..]);
        woman_years[open] += women[open] * rates.survival[open + 1];
    } else {
        let after = &to.population[1..=open];
        for ((pair, before), after) in woman_years[1..].iter_mut().zip(&women[1..]).zip(after) {
            *pair = before + after;
        }
    }
    let years = women[0] * half; // nobody has reached the first age before the births
    (woman_years[0], births[0]) = (years, women[0] * (asfr[0] * half));
    let older = apply_rates(&mut woman_years[1..], &asfr[1..], half, &mut births[1..]);
    split_by_sex(births[0] + older, rates.srb, to.births);
}

/// Women of an age at the start and those who reach it, together.
#[multiversion(targets("x86_64+avx+avx2"))]
#[inline(never)]
fn pair_women(younger: &[f64], women: &[f64], ratios: &[f64], pairs: &mut [f64]) {
    for (((pair, women), younger), ratio) in pairs.iter_mut().zip(women).zip(younger).zip(ratios) {
        *pair = women + younger * ratio;
    }
}

/// Births by age from the women of both ends of the step, who become woman-years; their sum in four partial
/// sums of a fixed order, as in blocks of areas.
#[multiversion(targets("x86_64+avx+avx2"))]
#[inline(never)]
fn apply_rates(women: &mut [f64], asfr: &[f64], half_years: f64, births: &mut [f64]) -> f64 {
    let bear = |years: &mut f64, rate: f64, born: &mut f64| {
        *born = *years * (rate * half_years);
        *years *= half_years;
    };
    let ((fours, women), (rates, asfr), (born, births)) =
        (women.as_chunks_mut::<4>(), asfr.as_chunks::<4>(), births.as_chunks_mut::<4>());
    let mut lanes = [0.0; 4];
    for ((years, rates), born) in fours.iter_mut().zip(rates).zip(born) {
        for lane in 0..4 {
            bear(&mut years[lane], rates[lane], &mut born[lane]);
            lanes[lane] += born[lane];
        }
    }
    let mut rest = 0.0;
    for ((years, &rate), born) in women.iter_mut().zip(asfr).zip(births) {
        bear(years, rate, born);
        rest += *born;
    }
    let [a, b, c, d] = lanes;
    ((a + c) + (b + d)) + rest
}

/// Girls, and boys where there are two sexes.
pub(super) fn split_by_sex(total: f64, srb: f64, births: &mut [f64]) {
    let girls = total / (1.0 + srb);
    if let Some(boys) = births.get_mut(1) {
        *boys = total - girls;
    }
    births[0] = girls;
}

/// Newborn who live at the end of the step, and their deaths.
pub(super) fn add_newborn(arrival: Arrival, late: &[f64], rates: Rates<'_>, to: &mut Results<'_>) {
    let ages = rates.asfr.len();
    for (sex, &born) in to.births.iter().enumerate() {
        let (ratio, late) = (rates.survival[sex * (ages + 1)], late[sex * ages]);
        let (alive, died) = if arrival == Arrival::Mid {
            let half = ratio.sqrt();
            let alive = (born * half + late) * half;
            (alive, (born + late) - alive)
        } else {
            let alive = born * ratio;
            (alive + late, born - alive)
        };
        to.population[sex * ages] = alive;
        to.deaths[sex * (ages + 1)] = died;
    }
}

/// The sum in eight partial sums of a fixed order: the same bytes on every machine.
pub(super) fn sum(values: &[f64]) -> f64 {
    let mut lanes = [0.0; 8];
    let chunks = values.chunks_exact(8);
    let rest: f64 = chunks.remainder().iter().sum();
    for chunk in chunks {
        for (lane, value) in lanes.iter_mut().zip(chunk) {
            *lane += value;
        }
    }
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (c + g)) + ((b + f) + (d + h)) + rest
}

/// Whether any value is below zero; looks at every value without branching.
#[multiversion(targets("x86_64+avx+avx2"))]
pub(super) fn any_negative(values: &[f64]) -> bool {
    let mut lowest = [0.0_f64; 8];
    let chunks = values.chunks_exact(8);
    let rest = chunks.remainder().iter().any(|&value| value < 0.0);
    for chunk in chunks {
        for (lane, &value) in lowest.iter_mut().zip(chunk) {
            *lane = if value < *lane { value } else { *lane };
        }
    }
    rest | lowest.iter().any(|&lane| lane < 0.0)
}
