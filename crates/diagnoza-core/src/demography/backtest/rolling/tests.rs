use super::super::{BaselineError, Key, no_change};
use super::*;

fn history(years: usize, ages: usize) -> History {
    let stocks = Array3::from_shape_fn((years, 2, ages), |(year, sex, age)| (10 + year + sex + age) as f64);
    let scheme = AgeScheme::single(ages as u8 - 1);
    History::new(Year::constant(2010), stocks, scheme, vec![Status::Observed; years]).unwrap()
}

fn areas() -> BTreeMap<UnitId, History> {
    BTreeMap::from([("2816".parse().unwrap(), history(6, 91)), ("2805".parse().unwrap(), history(4, 91))])
}

fn plan() -> Plan {
    Plan {
        jump_offs: vec![Year::constant(2011), Year::constant(2013)],
        horizons: vec![1, 2],
        groups: STANDARD_GROUPS.to_vec(),
    }
}

fn last_stock(_: UnitId, known: &History, years: usize) -> Result<Array3<f64>, BaselineError> {
    no_change(known.stock(known.last()).unwrap().0, years)
}

#[test]
fn forecasts_see_nothing_later_and_unobserved_horizons_are_left_out() {
    let run = rolling("no_change", &areas(), &plan(), |area, known, years| {
        assert!([2011, 2013].contains(&known.last().get()) && years <= 2);
        last_stock(area, known, years)
    })
    .unwrap();
    // 2816: 4 forecasts; 2805 ends in 2013: 2; each three sexes x six groups.
    assert_eq!(run.records.len(), 6 * 18);
    let all = run.summary(&[Key::Horizon, Key::Sexes, Key::Ages]).unwrap();
    assert_eq!(all.len(), 2 * 18);
    for row in &all {
        // Every cell grows by one person a year.
        let ages = row.ages.unwrap();
        let cells = (0..91).filter(|&age| ages.contains(age)).count() as f64;
        let sexes = if row.sexes == Some(Sexes::Both) { 2.0 } else { 1.0 };
        assert!((row.errors.me + f64::from(row.horizon.unwrap()) * cells * sexes).abs() < 1e-9, "{row:?}");
    }
}

#[test]
fn summaries_do_not_count_people_twice() {
    let run = rolling("no_change", &areas(), &plan(), last_stock).unwrap();
    let message = run.summary(&[Key::Horizon, Key::Ages]).unwrap_err().to_string();
    assert!(message.starts_with("women and persons share people: summarise by sexes"), "{message}");
    let message = run.summary(&[Key::Sexes]).unwrap_err().to_string();
    assert!(message.contains("share people: summarise by ages"), "{message}");
    let disjoint = Plan { groups: STANDARD_GROUPS[1..4].to_vec(), ..plan() };
    let run = rolling("no_change", &areas(), &disjoint, last_stock).unwrap();
    let both = run.clone().and(rolling("again", &areas(), &disjoint, last_stock).unwrap());
    assert_eq!(both.summary(&[Key::Sexes]).unwrap().len(), 6);
    assert_eq!(run.summary(&[Key::Sexes, Key::Area, Key::JumpOff, Key::Year]).unwrap().len(), 3 * 6);
    assert!(Backtest::default().summary(&[]).unwrap().is_empty());
}

#[test]
fn plans_that_cannot_be_are_refused_by_name() {
    let refused = |plan: Plan| rolling("x", &areas(), &plan, last_stock).unwrap_err().to_string();
    assert!(refused(Plan { horizons: vec![0], ..plan() }).contains("no horizon"));
    assert!(refused(Plan { jump_offs: vec![], ..plan() }).contains("no jump-off"));
    assert!(refused(Plan { jump_offs: vec![Year::constant(2014)], ..plan() }).contains("2805"));
    assert!(
        refused(Plan { groups: vec!["90-94".parse().unwrap()], ..plan() })
            .contains("ages 90-94 are not made up")
    );
    let wrong =
        rolling("x", &areas(), &plan(), |_, _, years| Ok::<_, BaselineError>(Array3::zeros((years, 2, 3))));
    assert!(wrong.unwrap_err().to_string().starts_with("x, 2805, 2011: the forecast has shape [2, 2, 3]"));
    let nan = rolling("x", &areas(), &plan(), |_, _, years| {
        Ok::<_, BaselineError>(Array3::from_elem((years, 2, 91), f64::NAN))
    });
    assert!(nan.unwrap_err().to_string().contains("the forecast of 2012 is NaN persons of ages 0+"));
    let fails = rolling("x", &areas(), &plan(), |_, _, _| Err(BaselineError::Nobody { what: "base" }));
    assert!(fails.unwrap_err().to_string().starts_with("x, 2805, 2011: base has nobody"));
}

#[test]
fn histories_are_checked() {
    let new = |stocks: Array3<f64>, statuses: usize| {
        History::new(Year::constant(2010), stocks, AgeScheme::single(2), vec![Status::Observed; statuses])
    };
    assert!(new(Array3::zeros((1, 2, 4)), 1).unwrap_err().to_string().contains("shape [1, 2, 4]"));
    assert!(new(Array3::zeros((0, 2, 3)), 0).is_err());
    assert!(new(Array3::zeros((2, 2, 3)), 1).unwrap_err().to_string().starts_with("1 statuses"));
    assert!(
        new(Array3::from_elem((1, 2, 3), -1.0), 1).unwrap_err().to_string().contains("2010, F, age 0 is -1")
    );
    let history = new(Array3::zeros((2, 2, 3)), 2).unwrap();
    assert!(history.until(Year::constant(2012)).is_none() && history.until(Year::constant(2009)).is_none());
    assert!(history.stock(Year::constant(2011)).is_some() && history.stock(Year::constant(2012)).is_none());
}
