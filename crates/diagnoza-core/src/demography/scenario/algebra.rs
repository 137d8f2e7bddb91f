use super::error::Place;
use super::{Baseline, Change, ChangeSpec, Effect, Scenario, ScenarioError, ScenarioSpec};
use crate::observation::Year;

impl ScenarioSpec {
    /// Reference: survival, fertility and net migration of the year `from` ever after.
    ///
    /// ```
    /// use diagnoza_core::demography::scenario::{Baseline, ScenarioSpec};
    /// use diagnoza_core::observation::Year;
    /// let reference = ScenarioSpec::constant_rates(Baseline::Main, Year::constant(2023));
    /// assert_eq!(reference.name, "constant rates");
    /// ```
    #[must_use]
    #[doc(alias = "status quo")]
    pub fn constant_rates(base: Baseline, from: Year) -> Self {
        let change = ChangeSpec { constant_rates: Some(true), from: Some(from), ..ChangeSpec::default() };
        Self::new("constant rates", base).with(change)
    }

    /// Reference: nobody moves from the year `from` on.
    #[must_use]
    #[doc(alias = "zerowe saldo migracji")]
    pub fn zero_migration(base: Baseline, from: Year) -> Self {
        let change =
            ChangeSpec { net_migration_factor: Some(0.0), from: Some(from), ..ChangeSpec::default() };
        Self::new("zero migration", base).with(change)
    }
}

impl Scenario {
    /// This scenario's changes and then another's, on the official variant that both start from.
    ///
    /// The name joins both; an official variant without changes adds nothing. Where the changes are for
    /// different assumptions or units, or all are factors and shifts, the order does not matter.
    ///
    /// # Errors
    /// [`ScenarioError::Bases`] for different variants, [`ScenarioError::Undone`] when a change of the other
    /// would take back one of this.
    pub fn then(&self, next: &Self) -> Result<Self, ScenarioError> {
        if self.base() != next.base() {
            return Err(ScenarioError::Bases {
                first: self.name().to_owned(),
                first_base: self.base(),
                second: next.name().to_owned(),
                second_base: next.base(),
            });
        }
        let changes: Vec<Change> = self.changes.iter().chain(&next.changes).cloned().collect();
        refuse_undone(&changes)?;
        let mut spec = self.spec.clone();
        spec.change.extend(next.spec.change.iter().cloned());
        spec.name = joined(self, next, " + ", |scenario| Some(scenario.name())).unwrap_or_default();
        spec.note = joined(self, next, "; ", |scenario| scenario.spec.note.as_deref());
        Ok(Self { spec, changes })
    }
}

/// Texts of both scenarios, of one where the other is an official variant or has none.
fn joined<'a>(
    first: &'a Scenario,
    second: &'a Scenario,
    between: &str,
    text: impl Fn(&'a Scenario) -> Option<&'a str>,
) -> Option<String> {
    let changed: Vec<&Scenario> =
        [first, second].into_iter().filter(|scenario| !scenario.changes.is_empty()).collect();
    let of = if changed.is_empty() { vec![first] } else { changed };
    let mut texts: Vec<&str> = of.into_iter().filter_map(text).collect();
    texts.dedup();
    (!texts.is_empty()).then(|| texts.join(between))
}

/// Refuses a change that takes back one before it: a level of fertility in years of an earlier change of
/// fertility, or rates held from a year before an earlier change is complete.
pub(super) fn refuse_undone(changes: &[Change]) -> Result<(), ScenarioError> {
    for (j, later) in changes.iter().enumerate() {
        for (i, earlier) in changes.iter().enumerate().take(j) {
            let undoes = match later.effect {
                Effect::Tfr(_) => {
                    matches!(earlier.effect, Effect::Tfr(_) | Effect::TfrFactor(_))
                        && later.from <= earlier.by
                }
                Effect::ConstantRates => later.from < earlier.by,
                Effect::TfrFactor(_) | Effect::E0Shift(..) | Effect::NetMigrationFactor(..) => false,
            };
            if undoes && let Some(place) = shared(earlier, later) {
                return Err(ScenarioError::Undone {
                    earlier: i + 1,
                    earlier_key: key(earlier.effect),
                    by: earlier.by,
                    later: j + 1,
                    later_key: key(later.effect),
                    from: later.from,
                    place,
                });
            }
        }
    }
    Ok(())
}

/// Where both changes hold; `None` where no powiat has both.
fn shared(one: &Change, other: &Change) -> Option<Place> {
    match (&one.powiats, &other.powiats) {
        (None, None) => Some(Place::Everywhere),
        (Some(powiats), None) | (None, Some(powiats)) => powiats.first().map(|&powiat| Place::Powiat(powiat)),
        (Some(one), Some(other)) => one.intersection(other).next().map(|&powiat| Place::Powiat(powiat)),
    }
}

const fn key(effect: Effect) -> &'static str {
    match effect {
        Effect::Tfr(_) => "tfr",
        Effect::TfrFactor(_) => "tfr_factor",
        Effect::E0Shift(..) => "e0_shift",
        Effect::NetMigrationFactor(..) => "net_migration_factor",
        Effect::ConstantRates => "constant_rates",
    }
}

#[cfg(test)]
mod tests {
    use ndarray::{Array1, Array2, Array3, Axis};

    use super::*;
    use crate::demography::cohort_component::Assumptions;
    use crate::territory::{Teryt, UnitId};

    const PISZ: &str = "2816";

    fn scenario(name: &str, base: &str, changes: &[&str]) -> Result<Scenario, ScenarioError> {
        let changes: String = changes.iter().map(|change| format!("[[change]]\n{change}\n")).collect();
        let text =
            format!("format = \"diagnoza-scenario/1\"\nname = \"{name}\"\nbase = \"{base}\"\n{changes}");
        let powiats_of = |unit: UnitId| unit.teryt().map(|code| vec![code]);
        ScenarioSpec::from_toml("test.toml", &text)?.check(
            Year::constant(2023),
            Year::constant(2032),
            powiats_of,
        )
    }

    fn applied(scenario: &Scenario, powiat: &str) -> Assumptions {
        let mut assumptions = Assumptions::new(
            Array3::from_shape_fn((10, 2, 5), |(step, _, age)| 0.9 + 0.001 * (step + age) as f64),
            Array2::from_shape_fn((10, 4), |(step, _)| 0.3 - 0.01 * step as f64),
            Array1::from_elem(10, 1.06),
            Array3::from_shape_fn((10, 2, 4), |(step, _, age)| (step as f64 + 1.0) * (age as f64 - 1.5)),
        )
        .unwrap();
        let powiat: Teryt = powiat.parse().unwrap();
        scenario.apply(powiat, Year::constant(2022), &mut assumptions).unwrap();
        assumptions
    }

    #[test]
    fn a_sum_is_one_scenario_after_the_other() {
        let one = scenario("fewer", "low", &["tfr = 1.1\nfrom = 2025"]).unwrap();
        let two = scenario("longer", "low", &["e0_shift = 0.5\nfrom = 2024\nunits = [\"2816\"]"]).unwrap();
        let both = one.then(&two).unwrap();
        assert_eq!((both.name(), both.base()), ("fewer + longer", Baseline::Low));
        let file = scenario(
            "fewer + longer",
            "low",
            &["tfr = 1.1\nfrom = 2025", "e0_shift = 0.5\nfrom = 2024\nunits = [\"2816\"]"],
        );
        assert_eq!(both, file.unwrap());
        // Different assumptions: the order does not matter.
        assert_eq!(applied(&both, PISZ), applied(&two.then(&one).unwrap(), PISZ));
        assert_eq!(applied(&both, "2805"), applied(&one, "2805"));
    }

    #[test]
    fn an_official_variant_adds_nothing_and_other_variants_are_refused() {
        let main = Scenario::unchanged(Baseline::Main);
        let mine = scenario("mine", "main", &["tfr_factor = 0.9\nfrom = 2025"]).unwrap();
        assert_eq!(main.then(&mine).unwrap(), mine);
        assert_eq!(mine.then(&main).unwrap(), mine);
        assert_eq!(main.then(&main).unwrap(), main);
        let message = mine.then(&Scenario::unchanged(Baseline::High)).unwrap_err().to_string();
        assert!(message.contains("'mine' and 'high' start from different official variants, main and high"));
    }

    #[test]
    fn factors_and_shifts_do_not_mind_the_order() {
        let one = scenario(
            "a",
            "main",
            &["tfr_factor = 0.9\nfrom = 2025", "net_migration_factor = 2.0\nfrom = 2024"],
        );
        let two = scenario(
            "b",
            "main",
            &["tfr_factor = 1.2\nfrom = 2024\nby = 2030", "e0_shift = 0.5\nfrom = 2026"],
        );
        let (one, two) = (one.unwrap(), two.unwrap());
        let (here, there) =
            (applied(&one.then(&two).unwrap(), PISZ), applied(&two.then(&one).unwrap(), PISZ));
        let near = |a: &f64, b: &f64| (a - b).abs() < 1e-12;
        assert!(here.asfr().iter().zip(there.asfr()).all(|(a, b)| near(a, b)));
        assert!(here.net_migration().iter().zip(there.net_migration()).all(|(a, b)| near(a, b)));
        assert_eq!(here.survival(), there.survival());
    }

    #[test]
    fn a_path_of_levels_runs_through_its_knots() {
        let path = scenario(
            "path",
            "main",
            &["tfr = 1.5\nfrom = 2024\nby = 2026", "tfr = 1.3\nfrom = 2027\nby = 2030"],
        );
        let tfr = applied(&path.unwrap(), PISZ).total_fertility();
        for (step, wanted) in [(0, 1.2), (1, 1.3), (3, 1.5), (4, 1.45), (7, 1.3), (9, 1.3)] {
            assert!((tfr[step] - wanted).abs() < 1e-12, "{step} {tfr}");
        }
    }

    #[test]
    fn what_would_be_undone_is_refused_naming_both() {
        let refused = |changes: &[&str]| scenario("x", "main", changes).unwrap_err().to_string();
        let message = refused(&["tfr = 1.5\nfrom = 2025", "tfr = 1.3\nfrom = 2025"]);
        assert!(
            message.starts_with("change 2 (tfr from 2025) undoes change 1 (tfr until 2025) in all powiats")
        );
        let message = refused(&[
            "tfr_factor = 0.9\nfrom = 2024\nby = 2030",
            "tfr = 1.3\nfrom = 2028\nunits = [\"2816\"]",
        ]);
        assert!(message.contains("(tfr_factor until 2030) in powiat 2816"), "{message}");
        let message = refused(&["e0_shift = 1.0\nfrom = 2030", "constant_rates = true\nfrom = 2025"]);
        assert!(
            message.contains("change 2 (constant_rates from 2025) undoes change 1 (e0_shift until 2030)")
        );
        let fine = |changes: &[&str]| scenario("x", "main", changes).is_ok();
        assert!(fine(&["constant_rates = true\nfrom = 2025", "e0_shift = 1.0\nfrom = 2030"]));
        assert!(fine(&["e0_shift = 1.0\nfrom = 2025", "constant_rates = true\nfrom = 2025"]));
        let elsewhere =
            ["tfr = 1.5\nfrom = 2025\nunits = [\"2805\"]", "tfr = 1.3\nfrom = 2025\nunits = [\"2816\"]"];
        assert!(fine(&elsewhere));
        let one = scenario("a", "main", &elsewhere[..1]).unwrap();
        assert!(one.then(&scenario("b", "main", &elsewhere[1..]).unwrap()).is_ok());
        assert!(matches!(one.then(&one), Err(ScenarioError::Undone { earlier: 1, later: 2, .. })));
    }

    #[test]
    fn references_hold_rates_and_stop_migration() {
        let first = Year::constant(2023);
        let check = |spec: ScenarioSpec| spec.check(first, Year::constant(2032), |_| None).unwrap();
        let held = applied(&check(ScenarioSpec::constant_rates(Baseline::Main, first)), PISZ);
        assert!(held.total_fertility().iter().all(|tfr| (tfr - 1.2).abs() < 1e-12));
        assert_eq!(held.survival().index_axis(Axis(0), 9), held.survival().index_axis(Axis(0), 0));
        let still = applied(&check(ScenarioSpec::zero_migration(Baseline::Main, first)), PISZ);
        assert!(still.net_migration().iter().all(|net| net.abs() <= 0.0));
    }

    #[test]
    fn gains_and_losses_are_scaled_apart() {
        let mine =
            scenario("x", "main", &["net_migration_factor = 0.5\ndirection = \"losses\"\nfrom = 2023"]);
        let flows = applied(&mine.unwrap(), PISZ);
        let year = flows.net_migration().slice(ndarray::s![0, 0, ..]).to_vec();
        assert_eq!(year, [-0.75, -0.25, 0.5, 1.5]);
        let wrong = scenario("x", "main", &["tfr = 1.2\ndirection = \"gains\"\nfrom = 2023"]).unwrap_err();
        assert_eq!(wrong.to_string(), "change 1: 'direction' goes with net_migration_factor only");
    }
}
