//! Age-specific fertility rates and the figures made of them.
//!
//! # Formula
//! ```text
//! f(x)  = B(x) / W(x)                  births by women of the age over their woman-years
//! TFR   = sum n(x) f(x)                children per woman; n width of the age group in years
//! GRR   = TFR / (1 + r)                daughters per woman; r boys per girl at birth
//! NRR   = sum f(x) L(x) / (1 + r)      daughters per newborn girl; L(x) her person-years in the group
//! MAB   = sum m(x) n(x) f(x) / TFR     mean age at birth; m(x) middle of the age group
//! ```
//!
//! # Reference
//! Preston, Heuveline, Guillot (2001), *Demography*, chapter 5.

use super::{ChildbearingAges, FertilityError};

/// Age-specific fertility rates: births by age of mother over woman-years.
///
/// # Errors
/// [`FertilityError`]: lengths, values below zero or not finite, an age without woman-years.
#[doc(alias = "cząstkowe współczynniki płodności")]
pub fn asfr(births: &[f64], exposure: &[f64], ages: &ChildbearingAges) -> Result<Vec<f64>, FertilityError> {
    ages.check("births", births, |count| count >= 0.0, "zero or more births")?;
    ages.check("exposure", exposure, |years| years >= 0.0, "zero or more woman-years")?;
    let cells = births.iter().zip(exposure).zip(ages.starts());
    let mut rates = Vec::with_capacity(ages.len());
    for ((&born, &years), &age) in cells {
        let rate = born / years;
        if !rate.is_finite() {
            return Err(FertilityError::NobodyExposed { age, births: born });
        }
        rates.push(rate);
    }
    Ok(rates)
}

/// Woman-years of a step from the women at its start and end, as [`asfr`] and [`births`] take them.
///
/// `years * (start + end) / 2`: one year for annual steps, five for five-year steps.
///
/// # Errors
/// [`FertilityError`]: lengths, values below zero or not finite.
pub fn woman_years(
    start: &[f64],
    end: &[f64],
    years: f64,
    ages: &ChildbearingAges,
) -> Result<Vec<f64>, FertilityError> {
    ages.check("women at the start", start, |women| women >= 0.0, "zero or more women")?;
    ages.check("women at the end", end, |women| women >= 0.0, "zero or more women")?;
    if !(years.is_finite() && years > 0.0) {
        return Err(FertilityError::Parameter {
            name: "years",
            got: years,
            expected: "more than zero years",
        });
    }
    Ok(start.iter().zip(end).map(|(a, b)| years * f64::midpoint(*a, *b)).collect())
}

/// Births by age of mother: rates times woman-years.
///
/// # Errors
/// [`FertilityError`]: lengths, values below zero or not finite.
pub fn births(rates: &[f64], exposure: &[f64], ages: &ChildbearingAges) -> Result<Vec<f64>, FertilityError> {
    ages.check_rates(rates)?;
    ages.check("exposure", exposure, |years| years >= 0.0, "zero or more woman-years")?;
    Ok(rates.iter().zip(exposure).map(|(rate, years)| rate * years).collect())
}

/// Total fertility rate, children per woman.
///
/// ```
/// use diagnoza_core::demography::fertility::{ChildbearingAges, total_fertility};
/// // GUS, Poland 2024: births per woman aged 15-19, ..., 45-49; the yearbook prints 1.099.
/// let rates = [0.0046, 0.0281, 0.076, 0.0718, 0.0317, 0.0068, 0.0004];
/// let tfr = total_fertility(&rates, &ChildbearingAges::every(5, 15, 50)?)?;
/// assert!((tfr - 1.099).abs() < 0.003);
/// # Ok::<(), diagnoza_core::demography::fertility::FertilityError>(())
/// ```
///
/// # Errors
/// [`FertilityError`]: lengths, rates below zero or not finite.
#[doc(alias = "współczynnik dzietności")]
#[doc(alias = "TFR")]
pub fn total_fertility(rates: &[f64], ages: &ChildbearingAges) -> Result<f64, FertilityError> {
    ages.check_rates(rates)?;
    Ok(sum(rates, ages))
}

/// Gross reproduction rate, daughters per woman who lives to the end of childbearing.
///
/// `srb`: boys per girl at birth.
///
/// # Errors
/// [`FertilityError`]: lengths, rates, or a sex ratio that is not above zero.
#[doc(alias = "współczynnik reprodukcji brutto")]
#[doc(alias = "GRR")]
pub fn gross_reproduction(rates: &[f64], ages: &ChildbearingAges, srb: f64) -> Result<f64, FertilityError> {
    check_srb(srb)?;
    Ok(total_fertility(rates, ages)? / (1.0 + srb))
}

/// Net reproduction rate, daughters per newborn girl under the mortality of a life table.
///
/// `person_years`: `nLx / l0` of women in each group of ages, so at most the width of the group
/// (4.96 of five years, 0.993 of one).
///
/// # Errors
/// [`FertilityError`]: lengths, rates, person-years outside 0 to the width, the sex ratio.
#[doc(alias = "współczynnik reprodukcji netto")]
#[doc(alias = "NRR")]
pub fn net_reproduction(
    rates: &[f64],
    ages: &ChildbearingAges,
    srb: f64,
    person_years: &[f64],
) -> Result<f64, FertilityError> {
    check_srb(srb)?;
    ages.check_rates(rates)?;
    let what = "person-years of women";
    ages.check(what, person_years, |years| years >= 0.0, "zero or more years per newborn girl")?;
    for ((&age, width), &got) in ages.starts().iter().zip(ages.widths()).zip(person_years) {
        if got > width {
            let expected = "at most the width of the age group: divide nLx by l0";
            return Err(FertilityError::Value { what, age, got, expected });
        }
    }
    Ok(rates.iter().zip(person_years).map(|(rate, years)| rate * years).sum::<f64>() / (1.0 + srb))
}

/// Mean age at birth of the rates (not of the births), in exact years.
///
/// # Errors
/// [`FertilityError`]: lengths, rates; [`FertilityError::NoBirths`] when all are zero.
#[doc(alias = "średni wiek rodzenia")]
pub fn mean_age_at_birth(rates: &[f64], ages: &ChildbearingAges) -> Result<f64, FertilityError> {
    ages.check_rates(rates)?;
    let total = sum(rates, ages);
    if total <= 0.0 {
        return Err(FertilityError::NoBirths);
    }
    let weighted = rates.iter().zip(ages.widths()).zip(ages.midpoints());
    Ok(weighted.map(|((rate, width), middle)| rate * width * middle).sum::<f64>() / total)
}

fn sum(rates: &[f64], ages: &ChildbearingAges) -> f64 {
    rates.iter().zip(ages.widths()).map(|(rate, width)| rate * width).sum()
}

fn check_srb(srb: f64) -> Result<(), FertilityError> {
    if srb.is_finite() && srb > 0.0 {
        Ok(())
    } else {
        let expected = "boys per girl, above zero";
        Err(FertilityError::Parameter { name: "sex ratio at birth", got: srb, expected })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> ChildbearingAges {
        ChildbearingAges::every(5, 15, 50).unwrap()
    }

    #[test]
    fn single_years_and_five_year_groups_agree_on_flat_rates() {
        let single = ChildbearingAges::every(1, 15, 50).unwrap();
        assert!((total_fertility(&[0.05; 35], &single).unwrap() - 1.75).abs() < 1e-12);
        assert!((total_fertility(&[0.05; 7], &groups()).unwrap() - 1.75).abs() < 1e-12);
        for mean in [mean_age_at_birth(&[0.05; 35], &single), mean_age_at_birth(&[0.05; 7], &groups())] {
            assert!((mean.unwrap() - 32.5).abs() < 1e-12);
        }
    }

    #[test]
    fn immortal_women_reproduce_gross() {
        let rates = [0.01, 0.05, 0.1, 0.09, 0.03, 0.01, 0.001];
        let gross = gross_reproduction(&rates, &groups(), 1.06).unwrap();
        let net = net_reproduction(&rates, &groups(), 1.06, &[5.0; 7]).unwrap();
        assert!((gross - net).abs() < 1e-15);
        let net = net_reproduction(&rates, &groups(), 1.06, &[4.9; 7]).unwrap();
        assert!((net / gross - 0.98).abs() < 1e-12);
    }

    #[test]
    fn births_give_rates_back() {
        let women = woman_years(&[100.0; 7], &[120.0; 7], 5.0, &groups()).unwrap();
        let rates = [0.01, 0.05, 0.1, 0.09, 0.03, 0.01, 0.0];
        let born = births(&rates, &women, &groups()).unwrap();
        assert!((born[1] - 27.5).abs() < 1e-12);
        for (got, want) in asfr(&born, &women, &groups()).unwrap().iter().zip(rates) {
            assert!((got - want).abs() < 1e-15);
        }
    }

    #[test]
    fn hostile_input_is_named() {
        let ages = ChildbearingAges::every(5, 20, 30).unwrap();
        let text = |result: Result<Vec<f64>, FertilityError>| result.unwrap_err().to_string();
        assert_eq!(text(asfr(&[1.0], &[1.0, 1.0], &ages)), "births has 1 values for 2 groups of ages");
        assert_eq!(
            text(asfr(&[1.0, 0.0], &[1.0, 0.0], &ages)),
            "no woman-years at age 25 with 0 births: a rate is not defined there, join ages or years"
        );
        assert!(asfr(&[1.0, f64::NAN], &[1.0, 1.0], &ages).is_err());
        assert!(asfr(&[1.0, -1.0], &[1.0, 1.0], &ages).is_err());
        assert!(asfr(&[1e300, 1.0], &[1e-300, 1.0], &ages).is_err());
        assert_eq!(mean_age_at_birth(&[0.0, 0.0], &ages), Err(FertilityError::NoBirths));
        assert!(total_fertility(&[f64::INFINITY, 0.0], &ages).is_err());
        assert!(gross_reproduction(&[0.1, 0.1], &ages, 0.0).is_err());
        // A life table with radix 100,000 is noticed.
        assert!(net_reproduction(&[0.1, 0.1], &ages, 1.06, &[496_000.0, 495_000.0]).is_err());
    }
}
