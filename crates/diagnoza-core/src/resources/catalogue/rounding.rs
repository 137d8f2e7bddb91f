/// Rounds half away from zero on the decimal digits, as the published figures are: 2.675 becomes 2.68 although its
/// binary form lies below. What lies within the rounding of a quotient (2^-51 of it) below a half counts as a half.
///
/// ```
/// use diagnoza_core::resources::catalogue::rounded;
/// assert_eq!(rounded(2.675, 2), 2.68);
/// assert_eq!(rounded(-0.125, 2), -0.13);
/// assert_eq!(rounded(100.0 * 32.0 / 39.0, 2), 82.05);
/// ```
#[must_use]
pub fn rounded(value: f64, decimals: u8) -> f64 {
    const DIGITS: i32 = 17;
    let text = format!("{:.*e}", (DIGITS - 1) as usize, value.abs());
    let Some((mantissa, exponent)) = text.split_once('e') else { return value };
    let (Ok(whole), Ok(exponent)) = (mantissa.replace('.', "").parse::<u64>(), exponent.parse::<i32>())
    else {
        return value;
    };
    // The digits make a whole number times 10 to this power; that many of them are cut.
    let power = exponent - (DIGITS - 1);
    let cut = -power - i32::from(decimals);
    if cut <= 0 {
        return value;
    }
    let Some(divisor) = u32::try_from(cut).ok().and_then(|cut| 10_u64.checked_pow(cut)) else { return 0.0 };
    let kept = (whole + (whole >> 51) + divisor / 2) / divisor;
    let size: f64 = format!("{kept}e-{decimals}").parse().unwrap_or(value.abs());
    if value < 0.0 && kept > 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn halves_go_away_from_zero_on_decimal_digits() {
        for (value, decimals, expected) in [
            (0.5, 0, "1"),
            (-0.5, 0, "-1"),
            (2.5, 0, "3"),
            (1.005, 2, "1.01"),
            (0.285, 2, "0.29"),
            (12.345, 2, "12.35"),
            (1000.0 * 0.012345, 2, "12.35"),
            (6.9739, 1, "7.0"),
            (-0.004, 2, "0.00"),
            (0.0, 2, "0.00"),
            (1e-300, 2, "0.00"),
            (99.999, 2, "100.00"),
            (123_456_789_012.344_9, 2, "123456789012.34"),
            (1e300, 2, &format!("{:.2}", 1e300)),
        ] {
            assert_eq!(
                format!("{:.*}", usize::from(decimals), rounded(value, decimals)),
                expected,
                "{value}"
            );
        }
        assert!(rounded(f64::NAN, 2).is_nan() && rounded(f64::INFINITY, 2).is_infinite());
    }

    proptest! {
        /// Whole numbers of thousandths, rounded to hundredths in whole numbers.
        #[test]
        fn agrees_with_whole_numbers(thousandths in -1_000_000_000_i64..1_000_000_000) {
            let hundredths = (thousandths.abs() + 5) / 10 * thousandths.signum();
            let expected = hundredths as f64 / 100.0;
            prop_assert!((rounded(thousandths as f64 / 1000.0, 2) - expected).abs() < 1e-9);
        }
    }
}
