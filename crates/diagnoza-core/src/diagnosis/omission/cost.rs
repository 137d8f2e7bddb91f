use serde::{Deserialize, Serialize};

use super::card::{CheckedCard, Figures};
use super::sensitivity::{Sensitivity, sensitivity};
use crate::observation::Year;

/// Costs with and without the intervention, in zł of the price year.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OmissionCost {
    /// What is omitted.
    pub title: String,
    /// Year of the prices.
    pub price_year: Year,
    /// Real discount rate per year.
    pub discount_rate: f64,
    /// By year.
    pub years: Vec<OmissionYear>,
    /// Discounted costs without less discounted costs with the intervention; above 0 it is the cost of omission.
    pub net_present_value: f64,
    /// Year from which on, to the end of the horizon, the intervention has paid for itself; `None` if it does not.
    pub break_even: Option<Year>,
    /// How the net present value depends on each figure.
    pub sensitivity: Sensitivity,
    /// Where the formula comes from.
    pub method: String,
}

/// Costs of a year.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OmissionYear {
    /// The year.
    pub year: Year,
    /// Persons in need without the intervention.
    pub persons: f64,
    /// Of them, persons who have left the need thanks to it.
    pub left_need: f64,
    /// Cost without, zł.
    pub without: f64,
    /// Cost with, less benefits and savings, zł; may be below 0.
    pub with: f64,
    /// Discount factor.
    pub discount_factor: f64,
    /// Sum of the costs without to this year, zł.
    pub cumulated_without: f64,
    /// Sum of the costs with to this year, zł.
    pub cumulated_with: f64,
    /// The same, discounted to the first year.
    pub discounted_without: f64,
    /// The same, discounted to the first year.
    pub discounted_with: f64,
}

/// The formula's name in results.
const METHOD: &str = "diagnoza_omission_cost/1 (the library's own formula, not an official one)";

/// Costs by year with and without the intervention, the net present value, the break-even and the sensitivity.
///
/// ```
/// use diagnoza_core::diagnosis::omission::{OmissionCard, omission_cost};
/// // Figures invented for this example.
/// let card = OmissionCard::from_toml("card.toml", r#"
///     format = "diagnoza-omission-cost/1"
///     start_year = 2026
///     horizon = 3
///     price_year = 2025
///     discount_rate = { value = 0.0, source = "example" }
///     persons = { value = 10, source = "example" }
///     effect = { value = 0.5, source = "example" }
///     effect_delay = 1
///     intervention_years = 1
///     [[cost_of_need]]
///     name = "care"
///     value = 1000
///     source = "example"
///     [[intervention]]
///     name = "training"
///     value = 700
///     source = "example"
/// "#)?;
/// let found = omission_cost(&card.check("card.toml")?);
/// // 10 persons, 10,000 zł a year; 7,000 zł in 2026, then half of the persons need nothing.
/// assert_eq!((found.years[0].with, found.years[1].with), (17_000.0, 5_000.0));
/// assert_eq!(found.net_present_value, 3_000.0);
/// assert_eq!(found.break_even.map(|year| year.get()), Some(2028));
/// # Ok::<(), diagnoza_core::diagnosis::omission::OmissionError>(())
/// ```
#[must_use]
#[doc(alias = "karta kosztów zaniechania")]
pub fn omission_cost(card: &CheckedCard) -> OmissionCost {
    let years = by_year(card, &card.figures);
    OmissionCost {
        title: card.card.title.clone(),
        price_year: card.price_year,
        discount_rate: card.figures.discount_rate,
        net_present_value: years.last().map_or(0.0, |last| last.discounted_without - last.discounted_with),
        break_even: break_even(&years),
        sensitivity: sensitivity(card),
        years,
        method: METHOD.to_owned(),
    }
}

pub(super) fn net_present_value(card: &CheckedCard, figures: &Figures) -> f64 {
    by_year(card, figures).last().map_or(0.0, |last| last.discounted_without - last.discounted_with)
}

fn by_year(card: &CheckedCard, figures: &Figures) -> Vec<OmissionYear> {
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    let (need, intervention, start_up) =
        (sum(&figures.cost_of_need), sum(&figures.intervention), sum(&figures.start_up));
    let gain = sum(&figures.benefit) + sum(&figures.saving);
    let (mut without_sum, mut with_sum, mut without_discounted, mut with_discounted) = (0.0, 0.0, 0.0, 0.0);
    (0..card.horizon)
        .zip(&figures.persons)
        .map(|(step, &persons)| {
            let left_need = if step >= card.delay { persons * figures.effect } else { 0.0 };
            let paid = if step < card.paid_years { intervention } else { 0.0 };
            let once = if step == 0 { start_up } else { 0.0 };
            let without = persons * need;
            let with = (persons - left_need) * need + persons * paid + once - left_need * gain;
            let discount_factor = (1.0 + figures.discount_rate).powi(-i32::from(step));
            without_sum += without;
            with_sum += with;
            without_discounted += without * discount_factor;
            with_discounted += with * discount_factor;
            OmissionYear {
                year: card.start.plus(step),
                persons,
                left_need,
                without,
                with,
                discount_factor,
                cumulated_without: without_sum,
                cumulated_with: with_sum,
                discounted_without: without_discounted,
                discounted_with: with_discounted,
            }
        })
        .collect()
}

/// The first year from which the discounted sums without never again lie below those with. Sums that differ by less
/// than a billionth are equal.
fn break_even(years: &[OmissionYear]) -> Option<Year> {
    let paid = |year: &&OmissionYear| {
        let same = 1e-9 * year.discounted_without.abs().max(year.discounted_with.abs());
        year.discounted_without - year.discounted_with >= -same
    };
    years.iter().rev().take_while(paid).last().map(|year| year.year)
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::super::card::{Amount, CardFormat, Item, OmissionCard};
    use super::*;

    pub(crate) fn amount(value: f64) -> Amount {
        Amount { value: Some(value), source: "synthetic".to_owned(), ..Amount::default() }
    }

    pub(crate) fn item(name: &str, value: f64) -> Item {
        Item { name: name.to_owned(), value: Some(value), source: "synthetic".to_owned(), ..Item::default() }
    }

    pub(crate) fn card() -> OmissionCard {
        OmissionCard {
            format: CardFormat::V1,
            title: "synthetic".to_owned(),
            start_year: 2026,
            horizon: 4,
            price_year: 2025,
            discount_rate: amount(0.05),
            persons: amount(100.0),
            persons_by_year: Vec::new(),
            effect: amount(0.4),
            effect_delay: 1,
            intervention_years: Some(2),
            cost_of_need: vec![item("care", 1_000.0), item("benefit paid", 500.0)],
            intervention: vec![item("work", 300.0)],
            start_up: vec![item("equipment", 20_000.0)],
            benefit: vec![item("taxes", 100.0)],
            saving: vec![item("less illness", 50.0)],
        }
    }

    #[test]
    fn a_card_by_hand() {
        let found = omission_cost(&card().check("card").unwrap());
        // Without: 100 x 1500. With: 2026 +100 x 300 + 20000; from 2027 40 persons fewer and 40 x 150 gained.
        let with: Vec<f64> = found.years.iter().map(|year| year.with).collect();
        assert_eq!(with, [200_000.0, 114_000.0, 84_000.0, 84_000.0]);
        let npv = -50_000.0 + 36_000.0 / 1.05 + 66_000.0 / 1.05_f64.powi(2) + 66_000.0 / 1.05_f64.powi(3);
        assert!((found.net_present_value - npv).abs() < 1e-6);
        assert_eq!(found.break_even, Some(Year::constant(2028)));
        assert!((found.years[3].cumulated_without - 600_000.0).abs() < 1e-6);
    }

    #[test]
    fn an_intervention_without_effect_never_pays() {
        let mut useless = card();
        useless.effect = amount(0.0);
        let found = omission_cost(&useless.check("card").unwrap());
        assert_eq!(found.break_even, None);
        assert!(found.net_present_value < 0.0);
    }

    #[test]
    fn one_that_costs_nothing_pays_from_the_start() {
        let mut free = card();
        free.start_up.clear();
        free.intervention = vec![item("volunteers", 0.0)];
        let found = omission_cost(&free.check("card").unwrap());
        assert_eq!(found.break_even, Some(Year::constant(2026)));
    }

    #[test]
    fn persons_may_change_by_year() {
        let mut growing = card();
        growing.persons.value = None;
        growing.persons_by_year = vec![100.0, 110.0, 0.0, 130.0];
        let found = omission_cost(&growing.check("card").unwrap());
        assert_eq!((found.years[2].without, found.years[2].with), (0.0, 0.0));
        assert!((found.years[3].left_need - 52.0).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn the_value_is_linear_in_persons_and_falls_with_dearer_intervention(
            persons in 1.0..1e4_f64, effect in 0.0..1.0_f64, rate in 0.0..0.3_f64, work in 0.0..5e3_f64,
        ) {
            let value = |persons: f64, work: f64| {
                let mut card = card();
                (card.persons, card.effect, card.discount_rate) = (amount(persons), amount(effect), amount(rate));
                card.intervention = vec![item("work", work)];
                card.start_up.clear();
                let found = omission_cost(&card.check("card").unwrap());
                // What is saved is what the sums of the years say.
                let sum: f64 = found.years.iter().map(|y| (y.without - y.with) * y.discount_factor).sum();
                assert!((sum - found.net_present_value).abs() <= 1e-9 * sum.abs().max(1e6));
                found.net_present_value
            };
            let one = value(persons, work);
            prop_assert!((value(2.0 * persons, work) - 2.0 * one).abs() <= 1e-9 * one.abs().max(1e6));
            prop_assert!(value(persons, work + 1.0) < one);
        }
    }
}
