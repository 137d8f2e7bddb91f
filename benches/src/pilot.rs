//! A synthetic selection as large as Warmia-Mazury: 116 gminas, 6 criteria, five places in three strata. No figure
//! here describes a real place; the formulas stand a second time in `benches/numpy_robustness.py`.

use diagnoza_core::observation::Year;
use diagnoza_core::selection::prepared::Prepared;
use diagnoza_core::selection::robustness::Study;
use diagnoza_core::selection::{
    Criterion, Direction, Method, MethodSpec, NormalisationRule, Values, WeightRule, WeightsSpec,
};
use diagnoza_core::territory::Teryt;
use ndarray::Array2;

use crate::criteria::table;

/// Gminas of the strata, and places.
const STRATA: [(usize, usize); 3] = [(42, 2), (45, 2), (29, 1)];

/// Criteria.
pub const CRITERIA: usize = 6;

/// The choice by a weighted sum after zero unitarisation.
///
/// # Panics
/// Never: codes ascend and the sizes agree.
#[must_use]
#[expect(clippy::unwrap_used, reason = "codes ascend and the sizes agree")]
pub fn study() -> Study {
    let gminas: usize = STRATA.iter().map(|&(gminas, _)| gminas).sum();
    let stratum: Vec<usize> =
        STRATA.iter().enumerate().flat_map(|(stratum, &(gminas, _))| vec![stratum; gminas]).collect();
    let codes = (0..gminas).map(|i| format!("28{:02}{:02}3", 1 + i / 6, 1 + i % 6).parse::<Teryt>().unwrap());
    let problem = Prepared::new(codes.collect(), &stratum, &STRATA.map(|(_, places)| places)).unwrap();
    let criterion =
        |j: usize| Criterion::new(&format!("x{j}"), Year::new(2016).unwrap(), "-", Direction::Stimulant);
    let values = table((gminas, CRITERIA));
    let tiers = Array2::from_shape_fn(values.dim(), |(i, j)| {
        values.column(j).iter().filter(|&&other| other > values[(i, j)]).count() as f64
    });
    let strata = problem.strata().iter().map(|stratum| stratum.members.clone()).collect();
    let values = Values { criteria: (0..CRITERIA).map(criterion).collect(), values, tiers, strata };
    let method = MethodSpec {
        name: Method::WeightedSum,
        normalisation: Some(NormalisationRule::ZeroUnitarisation),
        ..MethodSpec::default()
    };
    Study::new(problem, values, method, Some(WeightsSpec { rule: WeightRule::Equal, matrix: None })).unwrap()
}
