use super::card::{Amount, CheckedCard, Figures, Item, OmissionCard};
use super::error::{CardFault, OmissionError};
use crate::observation::Year;

/// What a figure may be.
type Bounds = (f64, f64, &'static str);

const MONEY: Bounds = (0.0, 1e12, "zł, 0 or more");
const PERSONS: Bounds = (0.0, 1e9, "persons, 0 or more");
const EFFECT: Bounds = (0.0, 1.0, "a share from 0 to 1 (20 per cent is 0.2)");
const RATE: Bounds = (0.0, 0.5, "a rate per year from 0 to 0.5 (4 per cent is 0.04)");

impl OmissionCard {
    /// Checks years, ranges, names and sources, and that low <= value <= high where a range is given.
    ///
    /// # Errors
    /// [`OmissionError::Card`] lists every fault by its key.
    pub fn check(self, file: &str) -> Result<CheckedCard, OmissionError> {
        let mut check = Check::default();
        let start = check.year("start_year", self.start_year);
        let price_year = check.year("price_year", self.price_year);
        let horizon = check.whole("horizon", self.horizon, 1, 100, "a number of years, 1 to 100");
        // A horizon that is none is one fault, not also one of every span within it.
        let longest = if (1..=100).contains(&self.horizon) { self.horizon } else { i64::from(u16::MAX) };
        let within = "a number of years, not longer than the horizon";
        let delay = check.whole("effect_delay", self.effect_delay, 0, longest, within);
        let paid = self.intervention_years.unwrap_or_else(|| i64::from(horizon));
        let paid_years = check.whole("intervention_years", paid, 0, longest, within);
        let figures = Figures {
            discount_rate: check.amount("discount_rate", &self.discount_rate, RATE),
            persons: check.persons(&self, horizon),
            effect: check.amount("effect", &self.effect, EFFECT),
            cost_of_need: check.items("cost_of_need", &self.cost_of_need),
            intervention: check.items("intervention", &self.intervention),
            start_up: check.items("start_up", &self.start_up),
            benefit: check.items("benefit", &self.benefit),
            saving: check.items("saving", &self.saving),
        };
        if self.cost_of_need.is_empty() {
            check.fault("cost_of_need", "", "at least one cost of the need");
        }
        if self.intervention.is_empty() && self.start_up.is_empty() {
            check.fault("intervention", "", "at least one cost of the intervention, or of starting it");
        }
        match (check.faults.is_empty(), start, price_year) {
            (true, Some(start), Some(price_year)) => {
                Ok(CheckedCard { card: self, start, horizon, price_year, delay, paid_years, figures })
            }
            _ => Err(OmissionError::Card { file: file.to_owned(), faults: check.faults }),
        }
    }
}

#[derive(Default)]
struct Check {
    faults: Vec<CardFault>,
}

impl Check {
    fn fault(&mut self, key: impl Into<String>, got: impl ToString, expected: &'static str) {
        self.faults.push(CardFault { key: key.into(), got: got.to_string(), expected });
    }

    fn year(&mut self, key: &str, got: i64) -> Option<Year> {
        let year = Year::new(got).ok().filter(|year| (1990..=2100).contains(&year.get()));
        if year.is_none() {
            self.fault(key, got, "a year from 1990 to 2100");
        }
        year
    }

    fn whole(&mut self, key: &str, got: i64, low: i64, high: i64, expected: &'static str) -> u16 {
        if !(low..=high).contains(&got) {
            self.fault(key, got, expected);
        }
        u16::try_from(got.clamp(low, high.max(low))).unwrap_or(0)
    }

    fn amount(&mut self, key: &str, amount: &Amount, bounds: Bounds) -> f64 {
        if amount.source.trim().is_empty() {
            self.fault(format!("{key}, source"), "", "where the figure comes from");
        }
        self.range(key, amount, bounds);
        amount.value.unwrap_or(0.0)
    }

    fn range(&mut self, key: &str, amount: &Amount, (least, most, expected): Bounds) {
        let mut within = |name: &str, value: f64| {
            let holds = value >= least && value <= most;
            if !holds {
                self.fault(format!("{key}{name}"), value, expected);
            }
            holds
        };
        let all = [("", amount.value), (", low", amount.low), (", high", amount.high)];
        let hold = all.iter().all(|(name, value)| value.is_none_or(|value| within(name, value)));
        let Some(value) = amount.value else { return self.fault(key, "", expected) };
        match (amount.low, amount.high) {
            (None, None) => {}
            (Some(low), Some(high)) => {
                if hold && !(low <= value && value <= high) {
                    let got = format!("low {low}, value {value}, high {high}");
                    self.fault(key, got, "low <= value <= high");
                }
            }
            _ => self.fault(key, "one end of a range", "low and high, or neither"),
        }
    }

    fn persons(&mut self, card: &OmissionCard, horizon: u16) -> Vec<f64> {
        let years = usize::from(horizon);
        if card.persons_by_year.is_empty() {
            return vec![self.amount("persons", &card.persons, PERSONS); years];
        }
        if card.persons.value.is_some() || card.persons.low.is_some() || card.persons.high.is_some() {
            self.fault(
                "persons",
                "a number beside persons_by_year",
                "one of the two, persons with the source only",
            );
        }
        if card.persons.source.trim().is_empty() {
            self.fault("persons, source", "", "where the persons by year come from");
        }
        if card.persons_by_year.len() != years {
            let got = format!("{} numbers", card.persons_by_year.len());
            self.fault("persons_by_year", got, "one number for every year of the horizon");
        }
        for &persons in &card.persons_by_year {
            if !(persons >= PERSONS.0 && persons <= PERSONS.1) {
                self.fault("persons_by_year", persons, PERSONS.2);
            }
        }
        card.persons_by_year.clone()
    }

    fn items(&mut self, list: &str, items: &[Item]) -> Vec<f64> {
        let mut values = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let name = item.name.trim();
            if name.is_empty() {
                self.fault(format!("{list}, entry {}, name", place + 1), "", "what is paid, saved or gained");
            } else if items.iter().take(place).any(|other| other.name.trim() == name) {
                self.fault(format!("{list} '{name}'"), "the name twice", "a name of its own");
            }
            values.push(self.amount(&format!("{list} '{name}'"), &item.amount(), MONEY));
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::super::CARD_TOML;
    use super::super::cost::tests::card;
    use super::*;

    fn faults(change: impl Fn(&mut OmissionCard)) -> String {
        let mut changed = card();
        change(&mut changed);
        changed.check("card.toml").unwrap_err().to_string()
    }

    #[test]
    fn a_card_without_figures_reads_and_asks_for_every_one() {
        let empty = OmissionCard::from_toml("omission_card.toml", CARD_TOML).unwrap();
        let Err(OmissionError::Card { faults, .. }) = empty.check("omission_card.toml") else {
            panic!("figures")
        };
        let keys: Vec<&str> = faults.iter().map(|fault| fault.key.as_str()).collect();
        for key in ["discount_rate", "persons", "effect", "discount_rate, source"] {
            assert!(keys.contains(&key), "{key} is not in {keys:?}");
        }
    }

    #[test]
    fn every_fault_is_listed_by_its_key() {
        let found = faults(|card| {
            card.horizon = 0;
            card.start_year = 26;
            card.discount_rate.value = Some(4.0);
            card.effect.value = Some(f64::NAN);
            card.persons.value = Some(-1.0);
            card.cost_of_need[0].source = String::new();
            card.cost_of_need[0].value = Some(f64::INFINITY);
        });
        for expected in [
            "card.toml: 7 faults",
            "start_year: 26",
            "horizon: 0",
            "discount_rate: 4, expected a rate per year from 0 to 0.5 (4 per cent is 0.04)",
            "effect: NaN",
            "persons: -1",
            "cost_of_need 'care', source: empty",
            "cost_of_need 'care': inf",
        ] {
            assert!(found.contains(expected), "{expected} is not in {found}");
        }
    }

    #[test]
    fn ranges_lists_and_persons_by_year_are_checked() {
        assert!(faults(|card| card.effect.low = Some(0.1)).contains("low and high, or neither"));
        let wide = |card: &mut OmissionCard| (card.effect.low, card.effect.high) = (Some(0.6), Some(0.9));
        assert!(faults(wide).contains("low <= value <= high"));
        assert!(
            faults(|card| (card.intervention, card.start_up) = (Vec::new(), Vec::new()))
                .contains("at least one cost of the intervention")
        );
        assert!(faults(|card| card.cost_of_need.clear()).contains("at least one cost of the need"));
        assert!(faults(|card| card.persons_by_year = vec![1.0; 4]).contains("one of the two"));
        let short = |card: &mut OmissionCard| {
            card.persons.value = None;
            card.persons_by_year = vec![1.0];
        };
        assert!(faults(short).contains("one number for every year"));
        let twice = |card: &mut OmissionCard| card.cost_of_need.push(card.cost_of_need[0].clone());
        assert!(faults(twice).contains("'care': the name twice"));
        assert!(faults(|card| card.effect_delay = 9).contains("not longer than the horizon"));
        assert!(
            OmissionCard::from_toml("c.toml", "format = \"x\"")
                .unwrap_err()
                .to_string()
                .starts_with("c.toml: ")
        );
    }
}
