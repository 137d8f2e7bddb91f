use std::num::NonZeroUsize;

use ndarray::{Array2, array};
use proptest::prelude::*;

use super::*;
use crate::observation::Cell;
use crate::progress::unwatched;
use crate::selection::example::{column, criterion, rows};
use crate::selection::prepared::{Prepared, PreparedDiversity};
use crate::selection::smaa::{WeightDraws, smaa};
use crate::selection::{
    ConsentRule, ConsentSpec, CriteriaTable, DiversityOver, DiversityPurpose, Frame, Method, MethodSpec,
    NormalisationRule, Refusal, Spread, Values, WeightRule,
};
use crate::territory::Teryt;

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// Made-up values of two criteria or more; one stratum and powiat.
fn study(values: Array2<f64>, places: usize, method: Method) -> Study {
    let (n, m) = values.dim();
    let codes: Vec<Teryt> = (1..=n).map(|i| format!("2816{i:02}3").parse().unwrap()).collect();
    let problem = Prepared::new(codes, &vec![0; n], &[places]).unwrap();
    let mut tiers = Array2::zeros((n, m));
    for ((row, column), tier) in tiers.indexed_iter_mut() {
        let column = values.column(column);
        *tier = column.iter().filter(|&&value| value > column[row]).count() as f64;
    }
    let criteria = (0..m).map(|i| criterion(&format!("x{i}"))).collect();
    let values = Values { criteria, values, tiers, strata: vec![(0..n).collect()] };
    Study::new(problem, values, MethodSpec { name: method, ..MethodSpec::default() }, None).unwrap()
}

#[test]
fn with_one_place_and_no_ties_acceptability_is_that_of_the_first_rank() {
    let values = array![[1.0, 0.0, 0.3], [0.0, 1.0, 0.2], [0.4, 0.5, 1.0], [0.1, 0.1, 0.0]];
    let study = study(values.clone(), 1, Method::WeightedSum);
    let draws = WeightDraws::uniform(3, 2_000, 11).unwrap();
    let found = acceptability(&study, &draws, ONE, &unwatched).unwrap();
    let ranks = smaa(values.view(), &draws, &unwatched).unwrap();
    for (gmina, row) in found.gminas.iter().enumerate() {
        assert!((row.chosen - ranks.acceptability(gmina, 1)).abs() < 1e-12);
        assert!((row.standard_error - ranks.standard_error(gmina, 1)).abs() < 1e-12);
        assert_eq!(row.central_weights.is_some(), row.chosen > 0.0);
    }
    assert!((found.gminas.iter().map(|row| row.chosen).sum::<f64>() - 1.0).abs() < 1e-9);
    assert!(found.gminas[3].central_weights.is_none(), "the last is below the others everywhere");
}

#[test]
fn ties_across_the_quota_are_shared() {
    let study = study(array![[1.0, 1.0], [1.0, 1.0], [0.0, 0.0]], 1, Method::WeightedSum);
    let found = acceptability(&study, &WeightDraws::uniform(2, 100, 1).unwrap(), ONE, &unwatched).unwrap();
    for row in &found.gminas[..2] {
        assert!((row.chosen - 0.5).abs() < 1e-12 && row.certain <= 0.0 && (row.possible - 1.0).abs() < 1e-12);
        assert!(row.standard_error < 1e-9);
    }
}

#[test]
fn a_method_without_weights_is_refused() {
    let study = study(array![[1.0, 0.0], [0.0, 1.0]], 1, Method::Lexicographic);
    let draws = WeightDraws::uniform(2, 10, 1).unwrap();
    let error = acceptability(&study, &draws, ONE, &unwatched).unwrap_err();
    assert!(error.to_string().starts_with("the method lexicographic uses no weights"), "{error}");
}

#[test]
fn the_grid_counts_every_variant_once_and_says_what_it_refused() {
    let study = study(array![[1.0, -1.0], [0.5, 0.5], [-1.0, 1.0]], 1, Method::WeightedSum);
    let family = VariantFamily {
        methods: vec![Method::Lexicographic, Method::WeightedSum, Method::WeightedProduct, Method::Hellwig],
        normalisations: vec![NormalisationRule::ZeroUnitarisation, NormalisationRule::N1],
        weights: vec![WeightRule::Equal, WeightRule::Given],
    };
    let found = variants(&study, &family).unwrap();
    // Lexicographic 1, weighted sum 2 x 2, product 2 x 2, Hellwig 2.
    assert_eq!(found.variants.len() + found.refused.len(), 11);
    assert!(found.refused.iter().all(|refused| !refused.reason.is_empty()));
    // No weights are given, and a product of negative values is none.
    let refused =
        |method, weights| found.refused.iter().any(|r| r.method == method && r.weights == Some(weights));
    assert!(
        refused(Method::WeightedSum, WeightRule::Given)
            && refused(Method::WeightedProduct, WeightRule::Equal)
    );
    let counted: f64 = found.chosen_in.iter().map(|(_, times)| times).sum();
    assert!((counted - found.variants.len() as f64).abs() < 1e-12);
}

#[test]
fn leaving_out_tells_who_enters_and_what_changes_nothing() {
    // The second criterion decides for the second gmina; the third is the same for all.
    let values = array![[0.6, 0.0, 1.0], [0.4, 1.0, 1.0], [0.0, 0.2, 1.0]];
    let found = leave_one_out(&study(values, 1, Method::WeightedSum)).unwrap();
    assert_eq!(found.iter().map(|f| f.without_effect).collect::<Vec<_>>(), [true, false, true]);
    assert_eq!(found[1].entered[0].to_string(), "2816013");
    assert_eq!(found[1].left[0].to_string(), "2816023");
    let one = study(array![[1.0], [2.0]], 1, Method::WeightedSum);
    assert_eq!(leave_one_out(&one), Err(RobustnessError::OneCriterion));
}

#[test]
fn small_errors_change_nothing_large_ones_do() {
    for method in [Method::WeightedSum, Method::Lexicographic] {
        let study = study(array![[100.0, 1.0], [90.0, 0.9], [10.0, 0.1]], 1, method);
        let settings = |size| PerturbationSettings { law: ErrorLaw::Uniform, size, draws: 500, seed: 5 };
        let small = perturbation(&study, settings(0.01), ONE, &unwatched).unwrap();
        assert!((small.gminas[0].1 - 1.0).abs() < 1e-12);
        let large = perturbation(&study, settings(0.3), ONE, &unwatched).unwrap();
        assert!(large.gminas[0].1 < 1.0 && large.gminas[1].1 > 0.0 && large.gminas[2].1 <= 0.0, "{method:?}");
        for bad in [0.0, -0.1, 1.5, f64::NAN] {
            assert!(matches!(
                perturbation(&study, settings(bad), ONE, &unwatched),
                Err(RobustnessError::Setting { .. })
            ));
        }
    }
}

#[test]
fn who_refused_an_offer_is_chosen_in_no_study() {
    let mut spec = crate::selection::example::spec();
    let code: Teryt = "2816033".parse().unwrap();
    let refusal = Refusal { code, date: None, reason: None };
    spec.consent =
        Some(ConsentSpec { rule: ConsentRule::Offers, agreed: Vec::new(), refused: vec![refusal] });
    let frame = Frame::new(rows()).unwrap();
    // Pisz is first of its stratum in everything.
    let column = column("x", [9.0, 1.0, 5.0, 7.0, 0.0].map(Cell::Value));
    let table = CriteriaTable::new(rows(), vec![column]).unwrap();
    let checked = spec.check(&frame).unwrap();
    let chosen = checked.choose(&table).unwrap().chosen;
    let study = Study::of(&checked.candidates(&table).unwrap(), &spec);
    assert_eq!(study.codes(&study.choose().unwrap().certain()), chosen);
    assert!(!chosen.contains(&code));
    let found = robustness(
        &checked,
        &table,
        &RobustnessSettings { draws: 50, ..Default::default() },
        ONE,
        &unwatched,
    );
    let found = found.unwrap();
    assert!(found.variants.chosen_in.iter().all(|(other, _)| *other != code));
    assert!(found.perturbation.gminas.iter().all(|(other, share, _)| *other != code || *share <= 0.0));
}

#[test]
fn who_looks_on_hears_of_every_block_and_can_end_the_work() {
    let study = study(array![[1.0, 0.0], [0.0, 1.0]], 1, Method::WeightedSum);
    let draws = WeightDraws::uniform(2, 1_000, 1).unwrap();
    let told = std::sync::Mutex::new(Vec::new());
    let listen = |done, all| {
        told.lock().unwrap().push((done, all));
        std::ops::ControlFlow::Continue(())
    };
    acceptability(&study, &draws, ONE, &listen).unwrap();
    assert_eq!(told.into_inner().unwrap(), [0, 256, 512, 768, 1_000].map(|done| (done, 1_000)));
    let end = |_, _| std::ops::ControlFlow::Break(());
    for threads in [1, 3] {
        let ended = acceptability(&study, &draws, NonZeroUsize::new(threads).unwrap(), &end);
        assert!(matches!(ended, Err(RobustnessError::Interrupted(_))), "{ended:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn threads_change_no_bit(
        cells in prop::collection::vec(0..20_u8, 24),
        seed in any::<u64>(),
        threads in 2..5_usize,
    ) {
        let values = Array2::from_shape_vec((8, 3), cells.into_iter().map(f64::from).collect()).unwrap();
        let study = study(values, 3, Method::WeightedSum);
        let draws = WeightDraws::uniform(3, 700, seed).unwrap();
        let threads = NonZeroUsize::new(threads).unwrap();
        let (one, many) = (acceptability(&study, &draws, ONE, &unwatched), acceptability(&study, &draws, threads, &unwatched));
        let json = |found: Result<Acceptability, RobustnessError>| serde_json::to_string(&found.unwrap()).unwrap();
        prop_assert_eq!(json(one), json(many));
        let settings = PerturbationSettings { law: ErrorLaw::Normal, size: 0.1, draws: 700, seed };
        let (one, many) = (perturbation(&study, settings, ONE, &unwatched), perturbation(&study, settings, threads, &unwatched));
        prop_assert_eq!(one, many);
    }

    /// Nobody beats a set of the front, and every other set is beaten by one.
    #[test]
    fn the_front_is_exact(
        cells in prop::collection::vec(0..6_u8, 14),
        diversity in prop::collection::vec(0..5_u8, 7),
    ) {
        let values = Array2::from_shape_vec((7, 2), cells.into_iter().map(f64::from).collect()).unwrap();
        let mut study = study(values, 3, Method::WeightedSum);
        let spread = PreparedDiversity::new(
            &study.problem,
            diversity.iter().map(|&v| f64::from(v)).collect(),
            Spread::Range,
            2,
            DiversityPurpose::TieBreak,
            DiversityOver::Set,
            0.0,
        )
        .unwrap();
        study.problem = study.problem.clone().with_diversity(spread).unwrap();
        let found = front(&study, &[Goal::Score, Goal::Diversity]).unwrap();
        prop_assert_eq!(found.feasible, 35);
        let scores = study.values.score(&study.method, None).unwrap().score;
        let beaten = |a: &[f64], b: &[f64]| b.iter().zip(a).all(|(b, a)| *b >= a - 1e-12)
            && b.iter().zip(a).any(|(b, a)| *b > a + 1e-12);
        for bits in (0_u32..128).filter(|bits| bits.count_ones() == 3) {
            let set: Vec<usize> = (0..7).filter(|&i| bits & 1 << i != 0).collect();
            let objective = study.problem.objective(&set, &scores);
            let values = [objective.score, objective.diversity.unwrap()];
            prop_assert!(!found.sets.iter().any(|kept| beaten(&kept.values, &values)));
            let on = found.sets.iter().any(|kept| kept.gminas == study.codes(&set));
            let reached = |kept: &FrontSet| kept.values.iter().zip(values).all(|(k, value)| *k >= value - 1e-12);
            prop_assert!(on || found.sets.iter().any(reached));
        }
    }
}
