use std::collections::{BTreeMap, BTreeSet};

use super::columns::{CriterionColumns, column, value};
use super::eligibility::Funnel;
use super::published::compare;
use super::result::with_place;
use super::stratum::{Candidate, RankOrder};
use super::tied_sets::tied_sets;
use super::{
    CheckedSpec, ChoiceError, CriteriaTable, Frame, FunnelStep, Label, Measured, MissingRule, MissingValue,
    Outcome, Place, Reason, Selection, Step, StratumRanking,
};
use crate::territory::Teryt;

impl CheckedSpec {
    /// Chooses: in each stratum the gminas that stand first by the criteria. Exact,
    /// never by chance: where equal gminas stand on both sides of a quota every
    /// optimal set is reported, unless the tie rule names what decides.
    ///
    /// # Errors
    /// [`ChoiceError`]: other gminas, columns or units than the specification asks
    /// for, or values missing under `missing = "refuse"`.
    pub fn choose(&self, table: &CriteriaTable) -> Result<Selection, ChoiceError> {
        self.same_gminas(table)?;
        let spec = self.spec();
        let columns: Vec<CriterionColumns> = spec
            .criteria.iter()
            .map(|criterion| CriterionColumns::find(criterion, table))
            .collect::<Result<_, _>>()?;

        let mut funnel = self.funnel.clone();
        self.require_data(table, &mut funnel)?;
        let values = self.measure(table, &columns, &mut funnel)?;

        let order = RankOrder { criteria: columns.iter().map(|c| c.criterion).collect(), ties: spec.ties };
        let (mut strata, mut resolved_ties) = (Vec::new(), Vec::new());
        for (stratum, rows) in self.strata(&funnel) {
            let quota = spec.strata.quotas.get(&stratum).copied().unwrap_or(0);
            if quota > rows.len() {
                return Err(ChoiceError::QuotaAboveSupply { stratum, quota, eligible: rows.len() });
            }
            let candidates = rows.into_iter().map(|row| Candidate {
                code: row.code,
                name: row.name.clone(),
                values: values.get(&row.code).cloned().unwrap_or_default(),
            });
            let (ranking, resolved) = order.rank(stratum, candidates.collect(), quota, spec.reserve);
            strata.push(ranking);
            resolved_ties.extend(resolved);
        }

        let chosen = with_place(&strata, |place| place == Place::Chosen);
        let tied_sets = tied_sets(&strata, &chosen);
        let entered = strata.iter().map(|s| s.rows.len()).sum();
        funnel.steps.push(FunnelStep {
            step: Step::Choice,
            entered,
            dropped: entered - spec.places(),
            left: spec.places(),
            rule: Label {
                pl: format!("{} miejsc według kryteriów i limitów warstw", spec.places()),
                en: format!("{} places by the criteria and the quotas of the strata", spec.places()),
            },
        });
        let published = spec.published.as_ref();
        Ok(Selection {
            title: spec.title.clone(),
            published: published.map(|p| compare(p, &chosen, &strata)),
            chosen: chosen.into_iter().collect(),
            tied_sets,
            resolved_ties,
            criteria: columns.iter().map(CriterionColumns::used).collect(),
            strata_by: spec.strata.by.clone(),
            reasons: self.reasons(&funnel, &strata),
            strata,
            funnel: funnel.steps,
        })
    }

    fn same_gminas(&self, table: &CriteriaTable) -> Result<(), ChoiceError> {
        let codes = |frame: &Frame| -> BTreeSet<Teryt> { frame.gminas().iter().map(|r| r.code).collect() };
        let (wanted, got) = (codes(self.frame()), codes(table.frame()));
        if wanted != got {
            return Err(ChoiceError::OtherGminas {
                no_row: wanted.difference(&got).copied().collect(),
                not_in_frame: got.difference(&wanted).copied().collect(),
            });
        }
        let by = &self.spec().strata.by;
        let mut rows = self.frame().gminas().iter().zip(table.frame().gminas());
        match rows.find(|(a, b)| a.stratum(by) != b.stratum(by)) {
            Some((row, _)) => Err(ChoiceError::OtherStratum { code: row.code }),
            None => Ok(()),
        }
    }

    /// The step of eligibility that asks for data.
    fn require_data(&self, table: &CriteriaTable, funnel: &mut Funnel) -> Result<(), ChoiceError> {
        let required = &self.spec().eligibility.require_data;
        if required.is_empty() {
            return Ok(());
        }
        let mut lacking: BTreeMap<Teryt, MissingValue> = BTreeMap::new();
        for wanted in required {
            let column = column(table, &wanted.variable, wanted.year)?;
            for (i, row) in self.frame().gminas().iter().enumerate() {
                if let Err(missing) = value(column, i, row.code, &row.name) {
                    lacking.entry(row.code).or_insert(missing);
                }
            }
        }
        let names: Vec<&str> = required.iter().map(|r| r.variable.as_str()).collect();
        let rule = Label {
            pl: format!("wymagane dane: {}", names.join(", ")),
            en: format!("required data: {}", names.join(", ")),
        };
        funnel.take(self.frame(), Step::RequiredData, rule, |row| lacking.get(&row.code).map(no_value));
        Ok(())
    }

    /// Values of every criterion for the eligible gminas; those without drop out or are refused.
    fn measure(
        &self,
        table: &CriteriaTable,
        columns: &[CriterionColumns],
        funnel: &mut Funnel,
    ) -> Result<BTreeMap<Teryt, Vec<Measured>>, ChoiceError> {
        let mut values = BTreeMap::new();
        let mut missing: Vec<MissingValue> = Vec::new();
        for (i, row) in table.frame().gminas().iter().enumerate() {
            if funnel.dropped.contains_key(&row.code) {
                continue;
            }
            let mut measured = Vec::with_capacity(columns.len());
            for criterion in columns {
                match criterion.measure(i, row.code, &row.name)? {
                    Ok(value) => measured.push(value),
                    Err(lacks) => missing.extend(lacks),
                }
            }
            values.insert(row.code, measured);
        }
        if !missing.is_empty() && self.spec().missing == MissingRule::Refuse {
            return Err(ChoiceError::MissingValues { values: missing });
        }
        if self.spec().missing == MissingRule::Exclude {
            let rule = Label {
                pl: "gminy z wartością każdego kryterium".to_owned(),
                en: "gminas with a value of every criterion".to_owned(),
            };
            funnel.take(self.frame(), Step::MissingValue, rule, |row| {
                missing.iter().find(|m| m.code == row.code).map(no_value)
            });
        }
        Ok(values)
    }

    fn reasons(&self, funnel: &Funnel, strata: &[StratumRanking]) -> BTreeMap<Teryt, Reason> {
        let mut reasons = BTreeMap::new();
        for row in self.frame().gminas() {
            if let Some((step, because)) = funnel.dropped.get(&row.code) {
                let outcome = Outcome::Excluded { step: *step, because: because.clone() };
                let name = row.name.clone();
                reasons.insert(row.code, Reason { name, outcome });
            }
        }
        for stratum in strata {
            for row in &stratum.rows {
                let outcome = Outcome::Ranked {
                    stratum: stratum.stratum.clone(),
                    rank: row.rank,
                    of: stratum.rows.len(),
                    result: row.place,
                };
                let name = row.name.clone();
                reasons.insert(row.code, Reason { name, outcome });
            }
        }
        reasons
    }
}

fn no_value(missing: &MissingValue) -> Label {
    let MissingValue { variable, year, reason, .. } = missing;
    Label {
        pl: format!("brak wartości {variable} za {year} ({reason})"),
        en: format!("has no value of {variable} for {year} ({reason})"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{column, rows, spec};
    use super::super::{Column, Denominator, Measure, SelectionSpec, VariableOfYear};
    use super::*;
    use crate::observation::{Cell, Missing};

    fn values(numbers: [f64; 5]) -> [Cell; 5] {
        numbers.map(Cell::Value)
    }

    fn choose(spec: &SelectionSpec, columns: Vec<Column>) -> Result<Selection, ChoiceError> {
        let table = CriteriaTable::new(rows(), columns).unwrap();
        spec.check(table.frame()).unwrap().choose(&table)
    }

    #[test]
    fn tables_about_something_else_are_refused() {
        let x = || column("x", values([3.0, 2.0, 1.0, 4.0, 9.0]));
        assert!(choose(&spec(), vec![x()]).is_ok());
        let error = choose(&spec(), vec![column("y", values([1.0; 5]))]).unwrap_err();
        assert_eq!(error.to_string(), "the table has no column x of 2016; it has y of 2016");
        let mut thousands = x();
        thousands.unit = "thousand families".to_owned();
        let error = choose(&spec(), vec![thousands]).unwrap_err();
        assert!(matches!(error, ChoiceError::OtherUnit { .. }), "{error}");

        let full = Frame::new(rows()).unwrap();
        let checked = spec().check(&full).unwrap();
        let mut fewer = x();
        fewer.cells.pop();
        let table = CriteriaTable::new(rows()[..4].to_vec(), vec![fewer]).unwrap();
        let error = checked.choose(&table).unwrap_err();
        assert!(error.to_string().contains("1 gminas have no row in the table (2817082)"), "{error}");
        let mut moved = rows();
        moved[0].strata.insert("subregion".to_owned(), "PL623".to_owned());
        let table = CriteriaTable::new(moved, vec![x()]).unwrap();
        let error = checked.choose(&table).unwrap_err();
        assert!(matches!(error, ChoiceError::OtherStratum { .. }), "{error}");
    }

    #[test]
    fn rates_divide_and_refuse_a_zero_denominator() {
        let mut spec = spec();
        spec.criteria[0].measure = Measure::Rate;
        spec.criteria[0].denominator = Some(Denominator {
            variable: "population".to_owned(),
            year: spec.criteria[0].year,
            unit: "families".to_owned(),
            factor: 100.0,
        });
        let x = || column("x", values([1.0, 2.0, 1.0, 4.0, 9.0]));
        let people = column("population", values([3.0, 6.0, 50.0, 100.0, 0.0]));
        // Korsze 1/3 and Reszel 2/6 are one rate; the rural gmina's zero is not looked at.
        let selection = choose(&spec, vec![x(), people]).unwrap();
        assert_eq!(selection.tied_sets.as_ref().and_then(|t| t.count.get()), Some(2));
        assert_eq!(
            selection.explain("2816033".parse().unwrap()).unwrap().en,
            "Pisz (2816033): chosen, 1st of 2 in stratum PL623 (quota 1); ex, 2016: 4 (4 / 100); 2 ahead of \
             Orzysz (2816023), the next."
        );
        assert_eq!(
            selection.explain("2808053".parse().unwrap()).unwrap().pl,
            "Reszel (2808053): w remisie (wolne miejsca: 1, równe gminy: 2), miejsce 1 z 2 w warstwie PL622 ex \
             aequo (limit 1); iks, 2016: 33,3333 (2 / 6); równa z gminą Korsze (2808043), w tym samym remisie."
        );
        let people = column("population", values([3.0, 6.0, 0.0, 100.0, 5.0]));
        let error = choose(&spec, vec![x(), people]).unwrap_err();
        assert!(error.to_string().starts_with("2816023 (Orzysz), population of 2016: 0"), "{error}");
    }

    #[test]
    fn data_that_is_missing_empties_a_stratum_and_says_so() {
        let gap = Cell::Missing(Missing::Suppressed);
        let mut cells = values([3.0, 2.0, 1.0, 4.0, 9.0]);
        (cells[2], cells[3]) = (gap, gap);
        let mut wanted = spec();
        wanted.missing = MissingRule::Exclude;
        let error = choose(&wanted, vec![column("x", cells)]).unwrap_err();
        assert!(error.to_string().contains("'PL623': a quota of 1 and only 0"), "{error}");

        let mut cells = values([1.0; 5]);
        cells[3] = gap;
        let mut wanted = spec();
        wanted.eligibility.require_data =
            vec![VariableOfYear { variable: "income".to_owned(), year: wanted.criteria[0].year }];
        let x = column("x", values([3.0, 2.0, 1.0, 4.0, 9.0]));
        let selection = choose(&wanted, vec![x, column("income", cells)]).unwrap();
        assert_eq!(
            selection.explain("2816033".parse().unwrap()).unwrap().en,
            "Pisz (2816033): not eligible: has no value of income for 2016 (suppressed)."
        );
        assert!(selection.chosen.contains(&"2816023".parse().unwrap()));
    }
}
