//! Specifications that come with the library, as TOML texts.

/// The pilot of April 2018 in Warmia-Mazury: the rule, the frame, the published
/// result; its table has to be supplied by the user.
pub const PILOT_28_2018: &str = include_str!("../../specs/pilot_28_2018.toml");

/// Urban-rural gminas of Małopolska by beneficiaries of social assistance per 10 000 inhabitants.
pub const MALOPOLSKA_2025: &str = include_str!("../../specs/malopolska_2025.toml");

/// JSON Schema of specifications, for editors.
pub const SCHEMA: &str = include_str!("../../specs/selection.schema.json");

/// Every shipped specification by name.
pub const ALL: [(&str, &str); 2] = [("pilot_28_2018", PILOT_28_2018), ("malopolska_2025", MALOPOLSKA_2025)];
