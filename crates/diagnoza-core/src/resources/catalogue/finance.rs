//! What gminas spend per inhabitant; in a powiat the budgets of its gminas together.

use super::indicator::{IOSS_SHARE, Indicator, Measure};
use super::input::{EVERYBODY, Figure, Summand};

/// Spending of gminas in the year.
pub static GMINA_SPENDING: Figure = Figure {
    name: "gmina_spending",
    unit: "zł",
    label_pl: "Wydatki gmin ogółem",
    label_en: "Spending of gminas",
};

/// Of this on social assistance and other social tasks, divisions 852 and 853 of the budget.
pub static GMINA_SOCIAL_SPENDING: Figure = Figure {
    name: "gmina_social_spending",
    unit: "zł",
    label_pl: "Wydatki gmin na pomoc społeczną (działy 852 i 853)",
    label_en: "Spending of gminas on social assistance (divisions 852 and 853)",
};

const PER_INHABITANT: Indicator = Indicator { unit_pl: "zł", unit_en: "zł", ..IOSS_SHARE };

/// Spending of gminas / persons of all ages.
pub static SPENDING_PER_INHABITANT: Indicator = Indicator {
    id: "gmina_spending_per_inhabitant",
    ioss_id: Some(94),
    name_pl: "Wydatki gmin ogółem na 1 mieszkańca",
    name_en: "Spending of gminas per inhabitant",
    measure: Measure::quotient(&[Summand::of(&GMINA_SPENDING)], EVERYBODY),
    ..PER_INHABITANT
};

/// Spending of gminas in divisions 852 and 853 / persons of all ages; its number in IOSS is not recorded.
pub static SOCIAL_SPENDING_PER_INHABITANT: Indicator = Indicator {
    id: "gmina_social_spending_per_inhabitant",
    ioss_id: None,
    name_pl: "Wydatki gmin na pomoc społeczną na 1 mieszkańca",
    name_en: "Spending of gminas on social assistance per inhabitant",
    measure: Measure::quotient(&[Summand::of(&GMINA_SOCIAL_SPENDING)], EVERYBODY),
    ..PER_INHABITANT
};
