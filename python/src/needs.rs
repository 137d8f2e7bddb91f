use diagnoza_core::diagnosis::{basket, omission};
use diagnoza_core::observation::Year;
use diagnoza_core::resources::deinstitutionalisation as away;
use diagnoza_core::resources::need::{self, CarryRule, Supply};
use diagnoza_data::needs::{self as data, NeedsRequest, read_rates, read_supply};
use diagnoza_data::official::gazetteer;
use diagnoza_data::readers::tidy::TidyOptions;
use diagnoza_data::selection::UserTable;
use diagnoza_data::tables::{first_gaps_frame, needs_frame};
use pyo3::prelude::*;

use crate::arrow::{Table, frame_from};
use crate::error::Fault;
use crate::forecast::negative_population;
use crate::reading::decimal_of;
use crate::scenario::Scenario;
use crate::territory::units;

/// A file's name and its bytes, or a name and a frame.
type Given<'py> = (String, Bound<'py, PyAny>);

/// Need, supply and gap: rows, first gaps, and as JSON provenance, rates and supply; see `diagnoza.needs`.
#[pyfunction]
#[pyo3(signature = (selection, scenarios, *, rates, supply, supply_rule, from_year, until, decimal, negative))]
#[allow(clippy::too_many_arguments, reason = "keywords of a Python function")]
pub(crate) fn needs(
    py: Python<'_>,
    selection: &str,
    scenarios: Vec<Py<Scenario>>,
    rates: Given<'_>,
    supply: Option<Given<'_>>,
    supply_rule: &str,
    from_year: i64,
    until: i64,
    decimal: &str,
    negative: &str,
) -> Result<(Table, Table, String, String, String), Fault> {
    let words = CarryRule::ALL.map(CarryRule::word);
    let rule =
        CarryRule::from_word(supply_rule).ok_or_else(|| Fault::word("supply_rule", supply_rule, &words))?;
    let (rates, source) = read_rates(&user_table(rates, decimal)?)?;
    let mut files = vec![source];
    let supply = match supply {
        None => Supply::unknown(),
        Some(given) => {
            let (supply, source) = read_supply(&user_table(given, decimal)?, &rates, rule)?;
            files.push(source);
            supply
        }
    };
    let request = NeedsRequest {
        units: units(selection)?,
        scenarios: scenarios.iter().map(|scenario| scenario.get().0.clone()).collect(),
        from: Year::new(from_year)?,
        until: Year::new(until)?,
        negative: negative_population(negative)?,
        rates,
        supply,
        files,
    };
    let found = py.detach(|| data::needs(&request))?;
    Ok((
        needs_frame(&found, &request.rates)?.into(),
        first_gaps_frame(&found, &request.rates)?.into(),
        serde_json::to_string(&found.provenance)?,
        serde_json::to_string(&request.rates)?,
        serde_json::to_string(&request.supply)?,
    ))
}

fn user_table((name, content): Given<'_>, decimal: &str) -> Result<UserTable, Fault> {
    let decimal = decimal_of(decimal)?;
    match content.extract::<Vec<u8>>() {
        Ok(bytes) => {
            Ok(UserTable { name, bytes, options: TidyOptions { decimal, ..TidyOptions::default() } })
        }
        Err(_) => Ok(UserTable { name, ..UserTable::from_frame(frame_from(&content)?)? }),
    }
}

/// Text of an empty file by its name: need_rates, supply, service_basket, omission_card with .toml or .csv.
#[pyfunction]
pub(crate) fn template(name: &str) -> Result<&'static str, Fault> {
    let all = [
        ("need_rates.toml", need::RATES_TOML),
        ("need_rates.csv", need::RATES_CSV),
        ("supply.toml", need::SUPPLY_TOML),
        ("supply.csv", need::SUPPLY_CSV),
        ("service_basket.toml", basket::BASKET_TOML),
        ("omission_card.toml", omission::CARD_TOML),
        ("deinstitutionalisation.toml", away::TARGETS_TOML),
    ];
    let found = all.iter().find(|(known, _)| *known == name);
    found.map(|(_, text)| *text).ok_or_else(|| Fault::word("template", name, &all.map(|(known, _)| known)))
}

/// Balance of institutions and community, progress towards targets and the targets, as JSON.
#[pyfunction]
pub(crate) fn deinstitutionalisation(
    counts: &str,
    measured: &str,
    file: &str,
    targets: &str,
) -> Result<(String, String, String), Fault> {
    let mut counts: Vec<away::FormCount> = serde_json::from_str(counts).map_err(refused("counts"))?;
    let mut measured: Vec<away::Measurement> = serde_json::from_str(measured).map_err(refused("measured"))?;
    let register = gazetteer()?;
    for unit in counts.iter_mut().map(|one| &mut one.unit).chain(measured.iter_mut().map(|one| &mut one.unit))
    {
        *unit = register.resolve(*unit)?;
    }
    let targets = away::Targets::from_toml(file, targets)?;
    for one in &measured {
        targets.target(&one.target)?;
    }
    let mut units: Vec<_> =
        counts.iter().map(|one| one.unit).chain(measured.iter().map(|one| one.unit)).collect();
    units.sort_unstable();
    units.dedup();
    let mut progress = Vec::new();
    for unit in units {
        for target in &targets.target {
            progress.push(away::progress(unit, target, &measured)?);
        }
    }
    Ok((
        serde_json::to_string(&away::balance(&counts)?)?,
        serde_json::to_string(&progress)?,
        serde_json::to_string(&targets.target)?,
    ))
}

/// What Python gave as JSON and the model refuses.
fn refused(what: &str) -> impl Fn(serde_json::Error) -> Fault + '_ {
    move |error| Fault::input(format!("{what}: {error}"))
}

/// A checked service basket as JSON, from TOML.
#[pyfunction]
pub(crate) fn service_basket(file: &str, text: &str) -> Result<String, Fault> {
    let basket = basket::BasketSpec::from_toml(file, text)?.check(file)?;
    Ok(serde_json::to_string(basket.spec())?)
}

/// What a unit has of a basket (TOML) by the user's statements (JSON), as JSON.
#[pyfunction]
pub(crate) fn basket_coverage(file: &str, text: &str, unit: &str, known: &str) -> Result<String, Fault> {
    let basket = basket::BasketSpec::from_toml(file, text)?.check(file)?;
    let known: Vec<basket::Presence> = serde_json::from_str(known).map_err(refused("services"))?;
    Ok(serde_json::to_string(&basket.coverage(gazetteer()?.find(unit)?, &known)?)?)
}

/// Cost of omission of a card, TOML by the file's name, else JSON, as JSON with the card.
#[pyfunction]
pub(crate) fn omission_cost(file: &str, text: &str) -> Result<(String, String), Fault> {
    let card = if file.to_lowercase().ends_with(".toml") {
        omission::OmissionCard::from_toml(file, text)?
    } else {
        serde_json::from_str(text).map_err(refused(file))?
    };
    let card = card.check(file)?;
    let found = omission::omission_cost(&card);
    Ok((serde_json::to_string(&found)?, serde_json::to_string(card.card())?))
}
