use serde::{Deserialize, Serialize};

use crate::observation::Sex;

/// What to do when migration would leave fewer than nobody at an age.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NegativePopulation {
    /// Refuse, naming the cell.
    #[default]
    Refuse,
    /// Let the age end at zero and take the uncovered emigrants from the other
    /// ages of the same sex in proportion to the people there: the step's net
    /// migration of the sex is kept, every change is listed.
    ///
    /// It acts when the migrants move: at the end (`end`), in the middle (`mid`), and on each half for itself
    /// (`even`). Where births depend on who came (`mid`, `even`), the ages above the youngest settle among
    /// themselves before the births and the youngest with all of them after.
    Spread,
}

/// A change made to net migration so that no age falls below zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Adjustment {
    /// Step, 0 for the first after the jump-off.
    pub step: usize,
    /// Sex.
    pub sex: Sex,
    /// Position of the age group, 0 for the youngest.
    pub age: usize,
    /// Persons added to net migration of this age and taken from other ages of the sex.
    pub persons: f64,
}

/// Moves the part of an outflow that exceeds the people of an age to the other ages; `None` when
/// all of them together are too few. `present` are the people there before the flow.
///
/// Gives the ages that were raised and by how many persons.
pub(super) fn spread(present: &[f64], flow: &mut [f64]) -> Option<Vec<(usize, f64)>> {
    let left: Vec<f64> = present.iter().zip(&*flow).map(|(people, net)| people + net).collect();
    let uncovered: f64 = left.iter().filter(|&&people| people < 0.0).map(|people| -people).sum();
    let covering: f64 = left.iter().filter(|&&people| people > 0.0).sum();
    if uncovered <= 0.0 {
        return Some(Vec::new());
    }
    if covering < uncovered {
        return None;
    }
    let kept = 1.0 - uncovered / covering;
    let mut raised = Vec::new();
    for (age, ((net, &present), &left)) in flow.iter_mut().zip(present).zip(&left).enumerate() {
        if left < 0.0 {
            *net = -present;
            raised.push((age, -left));
        } else {
            *net = left * kept - present;
        }
    }
    Some(raised)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_kept_and_nobody_is_below_zero() {
        let (present, mut flow) = ([90.0, 10.0, 50.0], [-120.0, 0.0, 5.0]);
        let raised = spread(&present, &mut flow).unwrap();
        assert_eq!(raised, [(0, 30.0)]);
        assert!((flow.iter().sum::<f64>() + 115.0).abs() < 1e-12);
        assert!(present.iter().zip(flow).all(|(people, net)| people + net >= 0.0));
        assert_eq!(spread(&[1.0, 1.0], &mut [-3.0, 0.0]), None);
        assert_eq!(spread(&[1.0, 1.0], &mut [-1.0, 0.0]), Some(Vec::new()));
    }
}
