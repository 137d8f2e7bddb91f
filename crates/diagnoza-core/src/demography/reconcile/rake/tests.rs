use ndarray::{Array2, Array3, arr0, arr1, arr2};
use proptest::prelude::*;

use super::*;

fn margin(axes: &[usize], target: ArrayD<f64>) -> Margin {
    Margin { axes: axes.to_vec(), target }
}

fn refused(seed: ArrayD<f64>, margins: &[Margin]) -> String {
    rake(seed.view(), margins, RakeOptions::default()).unwrap_err().to_string()
}

#[test]
fn deming_and_stephan_keep_the_odds_ratio() {
    let seed = arr2(&[[1.0, 2.0], [3.0, 4.0]]).into_dyn();
    let margins =
        [margin(&[0], arr1(&[40.0, 60.0]).into_dyn()), margin(&[1], arr1(&[50.0, 50.0]).into_dyn())];
    let raked = rake(seed.view(), &margins, RakeOptions::default()).unwrap();
    let x = &raked.table;
    let odds = x[[0, 0]] * x[[1, 1]] / (x[[0, 1]] * x[[1, 0]]);
    assert!((odds - 4.0 / 6.0).abs() < 1e-10, "{odds}");
    for (i, rows) in [40.0, 60.0].into_iter().enumerate() {
        assert!((x[[i, 0]] + x[[i, 1]] - rows).abs() < 1e-10);
        assert!((x[[0, i]] + x[[1, i]] - 50.0).abs() < 1e-10);
    }
    for ((i, j), cell) in x.view().into_dimensionality::<ndarray::Ix2>().unwrap().indexed_iter() {
        let product = seed[[i, j]] * raked.factors[0][[i]] * raked.factors[1][[j]];
        assert!((product - cell).abs() < 1e-10 * cell, "{i} {j}");
    }
}

#[test]
fn one_margin_takes_one_iteration_and_a_grand_total_scales() {
    let seed = Array2::from_elem((2, 3), 1.0).into_dyn();
    let raked = rake(seed.view(), &[margin(&[], arr0(12.0).into_dyn())], RakeOptions::default()).unwrap();
    assert_eq!((raked.iterations, raked.table), (1, Array2::from_elem((2, 3), 2.0).into_dyn()));
}

#[test]
fn axes_may_come_in_any_order() {
    let seed = Array3::from_shape_fn((2, 3, 4), |(i, j, k)| (1 + i + 2 * j + 3 * k) as f64).into_dyn();
    let target = Array2::from_shape_fn((4, 2), |(k, i)| (10 + k + 5 * i) as f64);
    let ordered = margin(&[0, 2], target.t().to_owned().into_dyn());
    let swapped = margin(&[2, 0], target.into_dyn());
    let one = rake(seed.view(), &[ordered], RakeOptions::default()).unwrap();
    let other = rake(seed.view(), &[swapped], RakeOptions::default()).unwrap();
    assert_eq!(one.table, other.table);
    assert_eq!(other.factors[0].shape(), [4, 2]);
    assert_eq!(one.factors[0].t(), other.factors[0]);
}

#[test]
fn three_axes_given_in_rotated_order_come_back_in_it() {
    let seed = Array3::from_shape_fn((2, 3, 4), |(i, j, k)| (1 + i + 2 * j + 3 * k) as f64).into_dyn();
    let target = seed.clone().permuted_axes(IxDyn(&[2, 0, 1])).mapv(|x| 3.0 * x);
    let raked = rake(seed.view(), &[margin(&[2, 0, 1], target)], RakeOptions::default()).unwrap();
    assert_eq!(raked.factors[0].shape(), [4, 2, 3]);
    assert!(raked.factors[0].iter().all(|&factor| (factor - 3.0).abs() < 1e-12));
    assert!((&raked.table - &seed.mapv(|x| 3.0 * x)).iter().all(|difference| difference.abs() < 1e-9));
}

#[test]
fn zeros_stay_and_what_they_forbid_is_refused_by_place() {
    let seed = arr2(&[[0.0, 2.0], [3.0, 4.0]]).into_dyn();
    let rows = margin(&[0], arr1(&[3.0, 7.0]).into_dyn());
    let raked = rake(
        seed.view(),
        &[rows.clone(), margin(&[1], arr1(&[4.0, 6.0]).into_dyn())],
        RakeOptions::default(),
    )
    .unwrap();
    assert!(raked.table[[0, 0]].abs() < 1e-300 && (raked.table[[1, 0]] - 4.0).abs() < 1e-9);
    let empty_row = arr2(&[[0.0, 0.0], [3.0, 4.0]]).into_dyn();
    let message = refused(empty_row, std::slice::from_ref(&rows));
    assert!(message.starts_with("margin 1 at [0] is 3, but every cell there is zero"), "{message}");
    // The second margin's zero empties what the first wants.
    let diagonal = arr2(&[[5.0, 0.0], [3.0, 4.0]]).into_dyn();
    let message = refused(diagonal, &[rows, margin(&[1], arr1(&[0.0, 10.0]).into_dyn())]);
    assert!(message.contains("margin 1 at [0] is 3"), "{message}");
}

#[test]
fn a_target_no_table_of_these_zeros_has_does_not_converge() {
    // Row 0 has cell (0, 1) only, which column 1 must hold: 6 does not go into 4.
    let seed = arr2(&[[0.0, 2.0], [3.0, 4.0]]).into_dyn();
    let margins = [margin(&[0], arr1(&[6.0, 4.0]).into_dyn()), margin(&[1], arr1(&[6.0, 4.0]).into_dyn())];
    let message = refused(seed, &margins);
    assert!(message.starts_with("after 1000 iterations margin 1"), "{message}");
}

#[test]
fn margins_that_disagree_are_named_with_the_difference() {
    let seed = Array3::from_elem((2, 2, 3), 1.0).into_dyn();
    let areas = margin(&[0, 1], arr2(&[[3.0, 4.0], [5.0, 6.0]]).into_dyn());
    let ages = margin(&[1, 2], arr2(&[[3.0, 3.0, 3.0], [3.0, 3.0, 4.0]]).into_dyn());
    let message = refused(seed.clone(), &[areas.clone(), ages]);
    assert_eq!(
        message,
        "margins 1 and 2 disagree over axes [1] at [0]: 8 and 9, a difference of -1; correct one of them"
    );
    let message = refused(seed.clone(), &[areas.clone(), margin(&[2], arr1(&[6.0, 6.0, 7.0]).into_dyn())]);
    assert!(message.contains("over axes [] at []: 18 and 19"), "{message}");
    // Allowed by name, the last margin holds and the rest is reported.
    let options = RakeOptions { margin_tolerance: 0.1, ..RakeOptions::default() };
    let rounded = [areas, margin(&[2], arr1(&[6.0, 6.0, 7.0]).into_dyn())];
    let raked = rake(seed.view(), &rounded, options).unwrap();
    assert!((raked.table.sum() - 19.0).abs() < 1e-9);
    assert!((raked.max_deviation - 1.0 / 18.0).abs() < 1e-9, "{}", raked.max_deviation);
}

#[test]
fn hostile_input_is_refused_by_name() {
    let seed = Array2::from_elem((2, 2), 1.0).into_dyn();
    let ok = margin(&[0], arr1(&[1.0, 1.0]).into_dyn());
    assert!(refused(seed.clone(), &[]).contains("no margin"));
    assert!(refused(Array2::zeros((0, 2)).into_dyn(), std::slice::from_ref(&ok)).contains("[0, 2]"));
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        let mut wrong = seed.clone();
        wrong[[1, 0]] = bad;
        assert!(refused(wrong, std::slice::from_ref(&ok)).ends_with("at [1, 0]: expected zero or more"));
        let target = margin(&[1], arr1(&[1.0, bad]).into_dyn());
        assert!(refused(seed.clone(), &[target]).starts_with("margin 1 is"));
    }
    assert!(refused(seed.clone(), &[margin(&[2], arr1(&[1.0]).into_dyn())]).contains("axes [2]"));
    assert!(
        refused(seed.clone(), &[margin(&[0, 0], Array2::ones((2, 2)).into_dyn())]).contains("axes [0, 0]")
    );
    assert!(refused(seed.clone(), &[margin(&[0], arr1(&[1.0]).into_dyn())]).contains("expected [2]"));
    let options = RakeOptions { tolerance: f64::NAN, ..RakeOptions::default() };
    assert!(rake(seed.view(), &[ok], options).unwrap_err().to_string().starts_with("tolerance is NaN"));
}

proptest! {
    #[test]
    fn margins_taken_from_a_table_are_met(
        cells in proptest::collection::vec(0.1..100.0_f64, 24),
        seed in proptest::collection::vec(0.1..100.0_f64, 24),
    ) {
        let truth = ArrayD::from_shape_vec(IxDyn(&[2, 3, 4]), cells).unwrap();
        let seed = ArrayD::from_shape_vec(IxDyn(&[2, 3, 4]), seed).unwrap();
        let margins = [
            margin(&[0, 1], sum_to(&truth, &[0, 1])),
            margin(&[1, 2], sum_to(&truth, &[1, 2])),
            margin(&[0, 2], sum_to(&truth, &[0, 2])),
        ];
        let raked = rake(seed.view(), &margins, RakeOptions { tolerance: 1e-10, ..RakeOptions::default() }).unwrap();
        prop_assert!(raked.max_deviation <= 1e-10);
        // Raking again changes nothing.
        let again = rake(raked.table.view(), &margins, RakeOptions { tolerance: 1e-9, ..RakeOptions::default() }).unwrap();
        prop_assert_eq!(again.iterations, 1);
    }
}
