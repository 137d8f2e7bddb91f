use super::DataError;

macro_rules! embedded {
    ($($file:literal),* $(,)?) => {
        /// The files compiled into the library, by name.
        static FILES: &[(&str, &[u8])] = &[$(($file, include_bytes!(concat!("../../embedded/", $file)))),*];
    };
}

// A test compares this list with the manifest, which is the authority.
embedded![
    "register.parquet",
    "projection_28.parquet",
    "projection_22.parquet",
    "projection_02.parquet",
    "projection_voivodeships.parquet",
    "projection_components.parquet",
    "gmina_projection_28.parquet",
    "gmina_components_28.parquet",
    "population_gminas_28.parquet",
    "population_powiats_age_28.parquet",
    "population_gminas_age_2020.parquet",
    "poland_single_age.parquet",
    "asfr_poland.parquet",
    "eurostat_population.parquet",
    "eurostat_population_broad.parquet",
    "eurostat_deaths.parquet",
    "eurostat_births_deaths.parquet",
    "eurostat_fertility.parquet",
    "eurostat_region_rates.parquet",
    "eurostat_migration_rate.parquet",
    "europop2019_totals.parquet",
    "hmd_poland.parquet",
    "deaths_iso_year.parquet",
    "yearbook_2025.parquet",
    "wpp2024_poland.parquet",
    "malopolska_gminas_2025.parquet",
    "gmina_frame_28.parquet",
    "own_revenue_28.parquet",
    "indicator_definitions.parquet",
    "ioss_values_2024.parquet",
    "ioss_powiat_series.parquet",
    "foster_series.parquet",
    "family_assistants.parquet",
    "ageing_malopolska.parquet",
    "ageing_malopolska_powiats_2021.parquet",
    "gus_beneficiaries.parquet",
    "worked_examples.parquet",
    "ozps_indicator_names.parquet",
    "unit_costs_seen.parquet",
    "wm_scattered_values.parquet",
    "borders_powiaty_28.geojson",
    "borders_gminy_28.geojson",
];

/// The bytes of an embedded file, unchecked.
pub(super) fn embedded_file(file: &str) -> Result<&'static [u8], DataError> {
    FILES
        .iter()
        .find(|(name, _)| *name == file)
        .map(|&(_, bytes)| bytes)
        .ok_or_else(|| DataError::MissingFile { file: file.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_compiled_in_are_those_of_the_manifest() {
        let listed: Vec<&str> =
            crate::embedded::tables().unwrap().iter().map(|info| info.file.as_str()).collect();
        let compiled: Vec<&str> = FILES.iter().map(|&(name, _)| name).collect();
        assert_eq!(compiled, listed);
        assert_eq!(
            embedded_file("none.parquet"),
            Err(DataError::MissingFile { file: "none.parquet".to_owned() })
        );
    }
}
