use ndarray::s;

use super::by_flows::{Leftover, ReconcileOptions};
use super::factor::{Component, Factor};
use super::flows::Flows;
use crate::observation::Sex;

/// One year of the areas and of the upper level, whose stocks at its start are adjusted already.
pub(super) struct Year<'a> {
    pub(super) step: usize,
    pub(super) upper: &'a Flows,
    pub(super) projected: &'a [Flows],
    pub(super) options: ReconcileOptions,
}

impl Year<'_> {
    /// Adjusts births, then deaths, then net migration, and sets the stocks at the end of the year.
    pub(super) fn adjust(&self, areas: &mut [Flows], factors: &mut Vec<Factor>) {
        self.births(areas, factors);
        for sex in Sex::BOTH {
            for position in 0..=self.upper.ages() {
                self.deaths(areas, sex, position, factors);
            }
        }
        for sex in Sex::BOTH {
            let survivors: Vec<_> = areas.iter().map(|area| area.survivors(self.step, sex.index())).collect();
            for age in 0..self.upper.ages() {
                let left: Vec<f64> = survivors.iter().map(|area| area[age]).collect();
                self.migration(areas, sex, age, &left, factors);
            }
        }
    }

    fn births(&self, areas: &mut [Flows], factors: &mut Vec<Factor>) {
        let step = self.step;
        for (area, projected) in areas.iter_mut().zip(self.projected) {
            let Some(by_age) = &projected.births_by_age else { continue };
            // The area's own fertility rates, on the women it now has.
            let women_then = projected.population.slice(s![step, 0, ..]);
            let women_now = area.population.slice(s![step, 0, ..]);
            let mut followed = by_age.row(step).to_owned();
            for ((born, &then), &now) in followed.iter_mut().zip(women_then).zip(women_now) {
                *born *= if then > 0.0 { now / then } else { 1.0 };
            }
            let before = by_age.row(step).sum();
            if before > 0.0 {
                area.births.row_mut(step).mapv_inplace(|born| born * followed.sum() / before);
            }
            if let Some(kept) = &mut area.births_by_age {
                kept.row_mut(step).assign(&followed);
            }
        }
        for sex in Sex::BOTH {
            let i = sex.index();
            let have = areas.iter().map(|area| area.births[[step, i]]).sum();
            let mut factor = self.factor(Component::Births, sex, None, have, self.upper.births[[step, i]]);
            areas.iter_mut().for_each(|area| area.births[[step, i]] *= factor.factor);
            factor.left = self.upper.births[[step, i]] - have * factor.factor;
            push(factor, have, factors);
        }
        for area in areas.iter_mut() {
            let born = area.births.row(step).sum();
            if let Some(by_age) = &mut area.births_by_age {
                let before = by_age.row(step).sum();
                if before > 0.0 {
                    by_age.row_mut(step).mapv_inplace(|mothers| mothers * born / before);
                }
            }
        }
    }

    fn deaths(&self, areas: &mut [Flows], sex: Sex, position: usize, factors: &mut Vec<Factor>) {
        let at = [self.step, sex.index(), position];
        let of_upper = share(self.upper.deaths[at], self.at_risk(self.upper, at)).unwrap_or(0.0);
        let probabilities: Vec<f64> = self
            .projected
            .iter()
            .map(|area| share(area.deaths[at], self.at_risk(area, at)).unwrap_or(of_upper))
            .collect();
        let at_risk: Vec<f64> = areas.iter().map(|area| self.at_risk(area, at)).collect();
        let have = probabilities.iter().zip(&at_risk).map(|(share, people)| share * people).sum();
        let target = self.upper.deaths[at];
        let mut factor = self.factor(Component::Deaths, sex, Some(position), have, target);
        factor.left = target;
        for ((area, probability), people) in areas.iter_mut().zip(probabilities).zip(at_risk) {
            // Nobody dies twice; a share above 1 is of migrants who died in the year they came.
            let (died, most) = (factor.factor * probability * people, probability.max(1.0) * people);
            factor.capped |= died > most;
            area.deaths[at] = died.min(most);
            factor.left -= area.deaths[at];
        }
        push(factor, have, factors);
    }

    /// People who can die: those born in the year, or those of an age at its start.
    fn at_risk(&self, flows: &Flows, [step, sex, position]: [usize; 3]) -> f64 {
        match position.checked_sub(1) {
            None => flows.births[[step, sex]],
            Some(age) => flows.population[[step, sex, age]],
        }
    }

    fn migration(
        &self,
        areas: &mut [Flows],
        sex: Sex,
        age: usize,
        survivors: &[f64],
        factors: &mut Vec<Factor>,
    ) {
        let at = [self.step, sex.index(), age];
        let stock = [self.step + 1, sex.index(), age];
        let upper = self.upper.population[stock];
        let target = match self.options.leftover {
            Leftover::NetMigration => upper - survivors.iter().sum::<f64>(),
            Leftover::Report => self.upper.net_migration[at],
        };
        let net: Vec<f64> = areas.iter().map(|area| area.net_migration[at]).collect();
        let gains: f64 = net.iter().filter(|&&net| net > 0.0).sum();
        let losses: f64 = net.iter().filter(|&&net| net < 0.0).map(|net| -net).sum();
        let wanted = share(target - (gains - losses), gains + losses);
        let shift = self.within_bounds(wanted.unwrap_or(0.0), gains > 0.0, losses > 0.0);
        let scaled = net.iter().map(|net| net * if *net > 0.0 { 1.0 + shift } else { 1.0 - shift });
        let people: Vec<f64> = scaled.zip(survivors).map(|(net, left)| left + net).collect();

        let there: f64 = people.iter().sum();
        let total = match self.options.leftover {
            Leftover::NetMigration => upper,
            Leftover::Report => there.max(0.0),
        };
        let left = target - (gains * (1.0 + shift) - losses * (1.0 - shift));
        let people = if left.abs() > 1e-12 * (upper + gains + losses) || people.iter().any(|&p| p < 0.0) {
            self.shared_out(areas, sex, people, total)
        } else {
            people
        };
        for ((area, people), survivors) in areas.iter_mut().zip(people).zip(survivors) {
            area.net_migration[at] = people - survivors;
            area.population[stock] = people;
        }

        let capped = wanted.is_some_and(|wanted| (wanted - shift).abs() > 1e-12);
        let record = |component, sign: f64, left| Factor {
            step: self.step,
            sex,
            age: Some(age),
            component,
            wanted: wanted.map(|wanted| 1.0 + sign * wanted),
            factor: 1.0 + sign * shift,
            capped,
            left,
        };
        if gains > 0.0 || (losses <= 0.0 && left > 0.0) {
            push(record(Component::NetGains, 1.0, left), gains, factors);
        }
        if losses > 0.0 || (gains <= 0.0 && left < 0.0) {
            // Gains and losses are one adjustment: what is left of it is said once.
            push(record(Component::NetLosses, -1.0, if gains > 0.0 { 0.0 } else { left }), losses, factors);
        }
    }

    /// The shift of plus-minus that keeps the factors of the sides there are within the bounds.
    fn within_bounds(&self, wanted: f64, gains: bool, losses: bool) -> f64 {
        let (lowest, highest) = (self.options.lowest - 1.0, self.options.highest - 1.0);
        let mut shift = wanted;
        if gains {
            shift = shift.clamp(lowest, highest);
        }
        if losses {
            shift = shift.clamp(-highest, -lowest);
        }
        shift
    }

    /// A total shared among areas in proportion to their people of the age; where there is nobody, to
    /// their people of the sex, and last in equal parts.
    fn shared_out(&self, areas: &[Flows], sex: Sex, people: Vec<f64>, total: f64) -> Vec<f64> {
        let positive: Vec<f64> = people.into_iter().map(|people| people.max(0.0)).collect();
        let of_sex = |area: &Flows| area.population.slice(s![self.step, sex.index(), ..]).sum();
        let weights = [positive, areas.iter().map(of_sex).collect()]
            .into_iter()
            .find(|weights| weights.iter().sum::<f64>() > 0.0)
            .unwrap_or_else(|| vec![1.0; areas.len()]);
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| total * (weight / sum)).collect()
    }

    fn factor(&self, component: Component, sex: Sex, age: Option<usize>, have: f64, target: f64) -> Factor {
        let wanted = share(target, have);
        let factor = wanted.map_or(1.0, |wanted| wanted.clamp(self.options.lowest, self.options.highest));
        let capped = wanted.is_some_and(|w| w < self.options.lowest || w > self.options.highest);
        Factor { step: self.step, sex, age, component, wanted, factor, capped, left: 0.0 }
    }
}

/// Part of a whole, where there is one.
fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// Lists a factor unless there was nothing to scale and nothing to find.
fn push(factor: Factor, have: f64, factors: &mut Vec<Factor>) {
    if have > 0.0 || factor.left.abs() > 0.0 {
        factors.push(factor);
    }
}
