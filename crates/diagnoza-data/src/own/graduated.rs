use diagnoza_core::demography::graduation::{Graduation, GraduationMethod, graduate};
use ndarray::{Array2, ArrayView2, Axis};

use crate::error::FigureError;
use crate::official::AGES;

/// Five-year groups to 90+ by sex, `(2, 19)`, as single ages `(2, 91)` in the proportions of a structure `(2, 91)`.
pub(super) fn within(
    groups: ArrayView2<'_, f64>,
    structure: ArrayView2<'_, f64>,
) -> Result<Array2<f64>, FigureError> {
    let first_ages: Vec<u8> = (0..AGES as u8).step_by(5).collect();
    let mut single = Array2::zeros((2, AGES));
    for (sex, counts) in groups.axis_iter(Axis(0)).enumerate() {
        let spec = Graduation {
            structure: Some(structure.row(sex).to_vec()),
            ..GraduationMethod::WithinStructure.into()
        };
        let ages = graduate(&counts.to_vec(), &first_ages, &spec)?;
        single.row_mut(sex).iter_mut().zip(ages.counts).for_each(|(cell, count)| *cell = count);
    }
    Ok(single)
}
