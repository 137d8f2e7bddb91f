use proptest::prelude::*;

use super::*;
use crate::selection::{DiversityOver, GroupRule, Spread};

/// Codes in `powiats` powiats by turns, ascending.
fn codes(of_powiats: &[usize]) -> Vec<Teryt> {
    let mut powiats = of_powiats.to_vec();
    powiats.sort_unstable();
    let code = |(i, powiat): (usize, &usize)| format!("28{:02}{:02}3", powiat + 1, i + 1).parse().unwrap();
    powiats.iter().enumerate().map(code).collect()
}

fn problem(powiats: &[usize], strata: &[usize], quotas: &[usize]) -> Prepared {
    Prepared::new(codes(powiats), strata, quotas).unwrap()
}

/// Optimal sets by looking at every subset.
fn brute_force(problem: &Prepared, scores: &[f64]) -> Vec<Vec<usize>> {
    let n = scores.len();
    let grid = problem.on_grid(scores).unwrap();
    let zero = vec![0.0; n];
    let search = search::Search::new(problem, &grid, &zero);
    let Ok(search) = search else { return Vec::new() };
    let mut keyed: Vec<(Vec<i64>, Vec<usize>)> = (0_u32..1 << n)
        .map(|bits| (0..n).filter(|&i| bits & 1 << i != 0).collect::<Vec<usize>>())
        .filter(|set| problem.is_feasible(set))
        .filter_map(|set| Some((search.key_of(&set, &grid)?, set)))
        .collect();
    keyed.sort();
    let best = keyed.last().map(|(key, _)| key.clone());
    keyed.retain(|(key, _)| Some(key) == best.as_ref());
    let mut sets: Vec<Vec<usize>> = keyed.into_iter().map(|(_, set)| set).collect();
    if problem.ties == TieRule::CodeOrder {
        sets.truncate(1);
    }
    sets
}

fn spreads() -> impl Strategy<Value = Spread> {
    prop_oneof![Just(Spread::MaxMinGap), Just(Spread::Range), Just(Spread::QuantileClasses)]
}

fn purposes() -> impl Strategy<Value = DiversityPurpose> {
    prop_oneof![
        Just(DiversityPurpose::Objective),
        Just(DiversityPurpose::Threshold),
        Just(DiversityPurpose::TieBreak)
    ]
}

fn localities() -> impl Strategy<Value = Locality> {
    prop_oneof![Just(Locality::Free), Just(Locality::Prefer), Just(Locality::Require), Just(Locality::Forbid)]
}

fn ties() -> impl Strategy<Value = TieRule> {
    prop_oneof![Just(TieRule::Report), Just(TieRule::NextCriterion), Just(TieRule::CodeOrder)]
}

prop_compose! {
    /// Up to nine gminas with small whole numbers, so that ties are frequent.
    fn small()(
        n in 3..10_usize,
    )(
        powiats in prop::collection::vec(0..4_usize, n),
        strata in prop::collection::vec(0..2_usize, n),
        scores in prop::collection::vec(0..4_u8, n),
        values in prop::collection::vec(0..6_u8, n),
        points in prop::collection::vec(0..3_i64, n),
        quotas in (0..4_usize, 0..3_usize),
        locality in localities(),
        ties in ties(),
        diversity in prop::option::of((spreads(), purposes(), any::<bool>(), 0..4_u8)),
        groups in prop::option::of(1..3_usize),
    ) -> Option<(Prepared, Vec<f64>)> {
        let mut problem = Prepared::new(codes(&powiats), &strata, &[quotas.0, quotas.1]).ok()?;
        problem.ties = ties;
        problem.locality = locality;
        problem = problem.with_secondary(points).ok()?;
        if let Some(number) = groups {
            let names: Vec<String> = values.iter().map(|v| (v % 3).to_string()).collect();
            let groups = PreparedGroups::new(&problem, &names, number, GroupRule::Together).ok()?;
            problem = problem.with_groups(groups).ok()?;
        }
        if let Some((spread, purpose, strata, least)) = diversity {
            let over = if strata { DiversityOver::Strata } else { DiversityOver::Set };
            let values = values.iter().map(|&v| f64::from(v)).collect();
            let found =
                PreparedDiversity::new(&problem, values, spread, 3, purpose, over, f64::from(least)).ok()?;
            problem = problem.with_diversity(found).ok()?;
        }
        Some((problem, scores.into_iter().map(f64::from).collect()))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn optimal_sets_equal_brute_force(case in small()) {
        let Some((problem, scores)) = case else { return Ok(()) };
        let expected = brute_force(&problem, &scores);
        match problem.choose_scores(&scores) {
            Ok(found) => prop_assert_eq!(found.list().unwrap(), expected),
            Err(error) => {
                prop_assert_eq!(error, PreparedError::Infeasible);
                prop_assert!(expected.is_empty());
            }
        }
    }

    #[test]
    fn feasible_sets_are_counted_as_listed(case in small()) {
        let Some((problem, scores)) = case else { return Ok(()) };
        let listed = (0_u32..1 << scores.len())
            .map(|bits| (0..scores.len()).filter(|&i| bits & 1 << i != 0).collect::<Vec<usize>>())
            .filter(|set| problem.is_feasible(set))
            .count();
        prop_assert_eq!(problem.feasible_sets().unwrap().get(), Some(listed as u64));
        prop_assert_eq!(problem.feasible_set().unwrap().is_some(), listed > 0);
    }

    /// The integer programme finds a set as good as the search does.
    #[test]
    fn the_programme_agrees_with_the_search(case in small()) {
        let Some((mut problem, scores)) = case else { return Ok(()) };
        problem.ties = TieRule::Report;
        if problem.locality == Locality::Prefer {
            problem.locality = Locality::Free;
        }
        if problem.diversity.as_ref().is_some_and(|d| {
            d.over == DiversityOver::Strata || d.purpose == DiversityPurpose::TieBreak
        }) {
            problem.diversity = None;
        }
        let grid = problem.on_grid(&scores).unwrap();
        let Ok(search) = search::Search::new(&problem, &grid, &scores) else { return Ok(()) };
        let found = problem.choose_by_programme(&scores, &grid, &search);
        match problem.choose_scores(&scores) {
            Ok(best) => {
                let found = found.unwrap();
                prop_assert!(best.list().unwrap().contains(&found.first()), "{:?}", found);
                prop_assert!(!found.complete);
            }
            Err(_) => prop_assert_eq!(found, Err(PreparedError::Infeasible)),
        }
    }

    #[test]
    fn gminas_put_in_and_out_stay_there(case in small(), inside in 0..9_usize, outside in 0..9_usize) {
        let Some((mut problem, scores)) = case else { return Ok(()) };
        prop_assume!(inside < scores.len() && outside < scores.len() && inside != outside);
        (problem.inside, problem.outside) = (vec![inside], vec![outside]);
        let expected = brute_force(&problem, &scores);
        match problem.choose_scores(&scores) {
            Ok(found) => prop_assert_eq!(found.list().unwrap(), expected),
            Err(_) => prop_assert!(expected.is_empty()),
        }
    }
}

#[test]
fn the_frame_of_2018_has_41_184_sets() {
    // 12, 13 and 8 gminas; the powiats do not matter here.
    let strata: Vec<usize> = [0; 12].into_iter().chain([1; 13]).chain([2; 8]).collect();
    let problem = problem(&vec![0; 33], &strata, &[2, 2, 1]);
    assert_eq!(problem.feasible_sets().unwrap().get(), Some(41_184));
    let mut seen = 0;
    problem.for_each_feasible(&[1.0; 33], &mut |_, _, _| seen += 1).unwrap();
    assert_eq!(seen, 41_184);
}

#[test]
fn beyond_the_enumerated_number_bounds_still_prove() {
    // 60 gminas of 20 powiats, ten places, no two of one powiat: 3^10 x C(20, 10) sets.
    let powiats: Vec<usize> = (0..60).map(|i| i / 3).collect();
    let mut problem = problem(&powiats, &vec![0; 60], &[10]);
    problem.locality = Locality::Forbid;
    let expected = 3_u64.pow(10) * 184_756;
    assert_eq!(problem.feasible_sets().unwrap().get(), Some(expected));
    let scores: Vec<f64> = (0..60).map(|i| f64::from(i * 37 % 60)).collect();
    let found = problem.choose_scores(&scores).unwrap();
    assert_eq!(found.proof, Proof::BranchAndBound);
    // The best of every powiat, then the ten best of these.
    let mut best: Vec<f64> =
        scores.chunks(3).map(|three| three.iter().copied().fold(0.0, f64::max)).collect();
    best.sort_by(|a, b| b.total_cmp(a));
    assert!((found.objective.score - best[..10].iter().sum::<f64>()).abs() < 1e-9);
}

#[test]
fn the_first_group_is_chosen_by_its_mean_or_its_sum() {
    // Two groups: one of four small gminas, one of two large ones.
    let mut problem = problem(&[0; 6], &[0; 6], &[2]);
    let names: Vec<String> = ["a", "a", "a", "a", "b", "b"].map(str::to_owned).to_vec();
    let scores = [3.0, 3.0, 2.0, 2.0, 4.0, 1.0];
    let chosen = |problem: &mut Prepared, rule| {
        let groups = PreparedGroups::new(problem, &names, 1, rule).unwrap();
        problem.clone().with_groups(groups).unwrap().choose_scores(&scores).unwrap().first()
    };
    assert_eq!(chosen(&mut problem, GroupRule::Sum), [0, 1]);
    // 2.5 and 2.5: equal, so the set as a whole decides.
    assert_eq!(chosen(&mut problem, GroupRule::Mean), [0, 1]);
    assert_eq!(chosen(&mut problem, GroupRule::Together), [0, 1]);
}

#[test]
fn a_few_places_among_many_gminas_overflow_nothing() {
    let problem = problem(&[0; 90], &[0; 90], &[3]);
    let scores: Vec<f64> = (0..90).map(|i| 1.0 - f64::from(i) / 1e3).collect();
    assert_eq!(problem.choose_scores(&scores).unwrap().first(), [0, 1, 2]);
    assert!((problem.choose_scores(&scores).unwrap().objective.score - 2.997).abs() < 1e-12);
    let mut apart = problem;
    apart.locality = Locality::Require;
    assert_eq!(apart.choose_scores(&scores).unwrap().first(), [0, 1, 2]);
}

#[test]
fn scores_that_are_no_numbers_are_refused() {
    let problem = problem(&[0, 0], &[0, 0], &[1]);
    for bad in [f64::NAN, f64::INFINITY] {
        assert!(matches!(problem.choose_scores(&[1.0, bad]), Err(PreparedError::NotANumber { .. })));
    }
    assert!(matches!(problem.choose_scores(&[1.0]), Err(PreparedError::Length { .. })));
    for scale in [1e-300, 1.0, 1e300] {
        let found = problem.choose_scores(&[scale, 2.0 * scale]).unwrap();
        assert_eq!(found.first(), [1]);
    }
}
