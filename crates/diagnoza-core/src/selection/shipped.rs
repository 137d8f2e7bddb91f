//! Specifications that come with the library, as TOML texts.

/// The pilot of April 2018 in Warmia-Mazury: the rule, the frame, the published
/// result; its table has to be supplied by the user.
pub const PILOT_28_2018: &str = include_str!("../../specs/pilot_28_2018.toml");

/// Urban-rural gminas of Małopolska by beneficiaries of social assistance per 10 000 inhabitants.
pub const MALOPOLSKA_2025: &str = include_str!("../../specs/malopolska_2025.toml");

/// Five urban-rural gminas of Małopolska by the rule of the pilot of 2018, one in each subregion.
pub const PILOT_12_2025: &str = include_str!("../../specs/pilot_12_2025.toml");

/// JSON Schema of specifications, for editors.
pub const SCHEMA: &str = include_str!("../../specs/selection.schema.json");

/// Every shipped specification by name.
pub const ALL: [(&str, &str); 3] = [
    ("pilot_28_2018", PILOT_28_2018),
    ("pilot_12_2025", PILOT_12_2025),
    ("malopolska_2025", MALOPOLSKA_2025),
];
