use serde::{Deserialize, Serialize};

use super::card::{CheckedCard, Figures};
use super::cost::net_present_value;

/// How the net present value depends on each figure, one changed at a time: the rows of a tornado chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sensitivity {
    /// Figures with a range, the most important first.
    pub bars: Vec<Bar>,
    /// Figures without a range, which were not changed.
    pub not_varied: Vec<String>,
}

/// One figure at both ends of its range, all others as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// Key of the figure, such as `effect` or `cost_of_need 'care'`.
    pub parameter: String,
    /// Lower end of its range.
    pub low: f64,
    /// Upper end of its range.
    pub high: f64,
    /// Net present value at the lower end, zł.
    pub value_at_low: f64,
    /// Net present value at the upper end, zł.
    pub value_at_high: f64,
}

/// Changes one figure at a time to the ends of its range. Bars are in the order of their width, then of the card.
#[must_use]
#[doc(alias = "analiza wrażliwości")]
pub fn sensitivity(card: &CheckedCard) -> Sensitivity {
    let mut found = Sensitivity { bars: Vec::new(), not_varied: Vec::new() };
    let written = &card.card;
    let mut vary =
        |parameter: String, (low, high): (Option<f64>, Option<f64>), set: &dyn Fn(&mut Figures, f64)| {
            let (Some(low), Some(high)) = (low, high) else { return found.not_varied.push(parameter) };
            let value = |figure: f64| {
                let mut figures = card.figures.clone();
                set(&mut figures, figure);
                net_present_value(card, &figures)
            };
            let (value_at_low, value_at_high) = (value(low), value(high));
            found.bars.push(Bar { parameter, low, high, value_at_low, value_at_high });
        };
    let rate = &written.discount_rate;
    vary("discount_rate".to_owned(), (rate.low, rate.high), &|figures, value| figures.discount_rate = value);
    let persons = &written.persons;
    vary("persons".to_owned(), (persons.low, persons.high), &|figures, value| figures.persons.fill(value));
    let effect = &written.effect;
    vary("effect".to_owned(), (effect.low, effect.high), &|figures, value| figures.effect = value);
    type Pick = fn(&mut Figures) -> &mut Vec<f64>;
    let lists: [(&str, _, Pick); 5] = [
        ("cost_of_need", &written.cost_of_need, |figures| &mut figures.cost_of_need),
        ("intervention", &written.intervention, |figures| &mut figures.intervention),
        ("start_up", &written.start_up, |figures| &mut figures.start_up),
        ("benefit", &written.benefit, |figures| &mut figures.benefit),
        ("saving", &written.saving, |figures| &mut figures.saving),
    ];
    for (list, items, pick) in lists {
        for (place, item) in items.iter().enumerate() {
            let parameter = format!("{list} '{}'", item.name.trim());
            vary(parameter, (item.low, item.high), &|figures, value| {
                if let Some(figure) = pick(figures).get_mut(place) {
                    *figure = value;
                }
            });
        }
    }
    found.bars.sort_by(|a, b| b.width().total_cmp(&a.width()));
    found
}

impl Bar {
    /// How far the net present value moves, zł.
    #[must_use]
    pub fn width(&self) -> f64 {
        (self.value_at_high - self.value_at_low).abs()
    }
}

#[cfg(test)]
mod tests {
    use super::super::cost::{omission_cost, tests::card};

    #[test]
    fn bars_are_the_values_of_changed_cards_widest_first() {
        let mut varied = card();
        (varied.effect.low, varied.effect.high) = (Some(0.1), Some(0.9));
        (varied.saving[0].low, varied.saving[0].high) = (Some(40.0), Some(60.0));
        (varied.discount_rate.low, varied.discount_rate.high) = (Some(0.05), Some(0.05));
        let found = omission_cost(&varied.clone().check("card").unwrap());
        let names: Vec<&str> = found.sensitivity.bars.iter().map(|bar| bar.parameter.as_str()).collect();
        assert_eq!(names, ["effect", "saving 'less illness'", "discount_rate"]);
        assert_eq!(found.sensitivity.not_varied.len(), 6);
        let bar = &found.sensitivity.bars[0];
        for (value, at) in [(0.1, bar.value_at_low), (0.9, bar.value_at_high)] {
            let mut changed = card();
            changed.effect.value = Some(value);
            assert!((omission_cost(&changed.check("card").unwrap()).net_present_value - at).abs() < 1e-9);
        }
        assert!(found.sensitivity.bars[2].width().abs() < 1e-12);
    }
}
