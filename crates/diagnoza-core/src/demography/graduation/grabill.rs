//! Grabill's multipliers in the middle, blended into Sprague's over the first and the last ten ages.
//!
//! With `j = 1..10` counted from the end, an age at either end is `w G + (1 - w) S`, `w = exp(j - 10.1)`: `G` by
//! Grabill's multipliers as far as there are groups, `S` by Sprague's. What the sum of all ages then lacks of the
//! closed groups is added in proportion to `w G` (`w = 1` in the middle). Groups do not keep their counts.
//! Reference: Shryock, Siegel & Associates (1973), *The Methods and Materials of Demography*, appendix C; the
//! blending as in `DemoTools::graduate_grabill` (where the last group is closed, our last ten ages are the last ten).

use super::five_year::Multipliers;
use super::sprague::SPRAGUE;

const MIDDLE: [[f64; 5]; 5] = [
    [0.0111, 0.0816, 0.0826, 0.0256, -0.0009],
    [0.0049, 0.0673, 0.0903, 0.0377, -0.0002],
    [0.0015, 0.0519, 0.0932, 0.0519, 0.0015],
    [-0.0002, 0.0377, 0.0903, 0.0673, 0.0049],
    [-0.0009, 0.0256, 0.0826, 0.0816, 0.0111],
];

pub(super) fn graduate(fives: &[f64]) -> Vec<f64> {
    let sprague = SPRAGUE.apply(fives);
    let mut ages = Multipliers { first: first(), middle: MIDDLE }.apply(fives);
    let last = ages.len() - 1;
    let weight = |age: usize| {
        (1..=10).find(|j| age.min(last - age) + 1 == *j).map_or(1.0, |j| (j as f64 - 10.1).exp())
    };
    for (age, value) in ages.iter_mut().enumerate() {
        *value = weight(age) * *value + (1.0 - weight(age)) * sprague[age];
    }
    let lacking = sprague.iter().sum::<f64>() - ages.iter().sum::<f64>();
    let weighted: Vec<f64> = ages.iter().enumerate().map(|(age, value)| weight(age) * value).collect();
    let total: f64 = weighted.iter().sum();
    if total > 0.0 {
        for (value, share) in ages.iter_mut().zip(&weighted) {
            *value += lacking * share / total;
        }
    }
    ages
}

/// The middle table moved to the first two panels: groups before the first count nobody.
fn first() -> [[f64; 5]; 10] {
    std::array::from_fn(|age| {
        let missing = if age < 5 { 2 } else { 1 };
        std::array::from_fn(|group| MIDDLE[age % 5].get(group + missing).copied().unwrap_or(0.0))
    })
}
