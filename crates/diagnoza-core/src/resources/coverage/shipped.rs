//! Sets of targets that come with the library, as TOML texts.

/// Pomorskie 2023-2028: trained workers, social economy, foster care, family support.
pub const POMORSKIE_2023_2028: &str = include_str!("../../../targets/pomorskie_2023_2028.toml");

/// Training programme of the CUS (centres of social services) of Warmia-Mazury, 2023.
pub const CUS_TRAINING_WARMIA_MAZURY_2023: &str =
    include_str!("../../../targets/cus_training_warmia_mazury_2023.toml");

/// Every shipped set by name.
pub const ALL: [(&str, &str); 2] = [
    ("pomorskie_2023_2028", POMORSKIE_2023_2028),
    ("cus_training_warmia_mazury_2023", CUS_TRAINING_WARMIA_MAZURY_2023),
];
