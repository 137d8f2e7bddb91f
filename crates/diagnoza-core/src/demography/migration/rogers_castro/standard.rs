//! Published schedules: how a total of net migrants is spread over ages when nothing else is known.

use serde::{Deserialize, Serialize};

use super::RogersCastro;

/// A published age schedule of migration, both sexes alike unless named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandardSchedule {
    /// The model schedule of bayesPop by single ages 0, ..., 99, 100+; shares that add to 1.
    BayesPopAnnual,
    /// The model schedule of bayesPop by ages 0-4, ..., 95-99, 100+; shares that add to 1.
    BayesPopFiveYear,
}

impl StandardSchedule {
    /// Shares by age, the open group 100+ last.
    #[must_use]
    pub const fn shares(self) -> &'static [f64] {
        match self {
            Self::BayesPopAnnual => &ANNUAL,
            Self::BayesPopFiveYear => &FIVE_YEAR,
        }
    }
}

impl RogersCastro {
    /// The United Nations' family "Male Labor", immigration: shares of all migrants by single age,
    /// females first. They add to 1 over both sexes and the ages 0 to 120.
    ///
    /// Fitted curves as in DemoTools (`mig_un_params`); the parameters here were recovered from a
    /// published example of 1000 migrants to 5e-14.
    pub const UN_MALE_LABOUR: [Self; 2] = [
        Self {
            a1: 0.005_413_093_042_741_09,
            alpha1: 0.165_717_376_463_943_38,
            a2: 0.032_189_491_108_864_106,
            alpha2: 0.094_890_419_590_941_05,
            mu2: 19.750_292_937_480_545,
            lambda2: 0.197_124_389_492_038_7,
            c: 0.000_065_142_714_296_393_05,
            retirement: None,
            post_retirement: None,
        },
        Self {
            a1: 0.005_169_415_870_477_736,
            alpha1: 0.167_720_059_846_087_32,
            a2: 0.059_262_375_514_534_88,
            alpha2: 0.087_047_244_161_712_36,
            mu2: 19.741_102_328_661_515,
            lambda2: 0.197_665_547_407_040_12,
            c: 0.000_163_532_777_201_281_93,
            retirement: None,
            post_retirement: None,
        },
    ];
}

/// Ševčíková & Raftery, bayesPop (R package): schedule for ages 0-4, 5-9, ..., 100+.
const FIVE_YEAR: [f64; 21] = [
    0.06133, 0.02667, 0.02067, 0.10467, 0.188, 0.18067, 0.13733, 0.09533, 0.064, 0.04267, 0.028, 0.01867,
    0.012, 0.008, 0.00533, 0.00333, 0.00333, 0.0, 0.0, 0.0, 0.0,
];

/// As [`FIVE_YEAR`], for single ages 0, ..., 99, 100+; published to five places.
const ANNUAL: [f64; 101] = [
    0.01604, 0.01362, 0.01157, 0.00983, 0.00837, 0.00712, 0.00606, 0.00517, 0.00442, 0.00382, 0.00346,
    0.00349, 0.00418, 0.00582, 0.00856, 0.01236, 0.01695, 0.02192, 0.02681, 0.03121, 0.03485, 0.03757,
    0.03933, 0.0402, 0.04027, 0.03968, 0.03858, 0.03709, 0.03534, 0.03341, 0.0314, 0.02936, 0.02734, 0.02538,
    0.02349, 0.02169, 0.01999, 0.01841, 0.01692, 0.01555, 0.01427, 0.01309, 0.012, 0.01101, 0.01008, 0.00924,
    0.00847, 0.00776, 0.00711, 0.00652, 0.00598, 0.00548, 0.00502, 0.00461, 0.00423, 0.00388, 0.00356,
    0.00327, 0.00301, 0.00277, 0.00255, 0.00235, 0.00216, 0.00199, 0.00184, 0.0017, 0.00157, 0.00145,
    0.00135, 0.00125, 0.00116, 0.00108, 0.001, 0.00093, 0.00087, 0.00082, 0.00076, 0.00071, 0.00067, 0.00063,
    0.0006, 0.00056, 0.00053, 0.00051, 0.00048, 0.00046, 0.00044, 0.00041, 0.0004, 0.00038, 0.00037, 0.00003,
    0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
];
