use super::table::{AgeRow, Cut, SexBlock, Table};
use crate::readers::violations::Violations;
use crate::readers::workbook::letters;

/// Checks males + females = total in every row, and that the ages sum to all ages.
pub(super) fn check_table(table: &Table, violations: &mut Violations) {
    let [total, males, females] = &table.blocks;
    check_sexes(table, &total.all_ages, &males.all_ages, &females.all_ages, violations);
    if total.rows.len() != males.rows.len() || total.rows.len() > females.rows.len() {
        let got =
            format!("{} rows of T, {} of M, {} of F", total.rows.len(), males.rows.len(), females.rows.len());
        let expected = "the same age groups for every sex (the sheet may add some for females)";
        violations.push_in(Some(&table.sheet), total.all_ages.row, "B", &got, expected);
        return;
    }
    // Females of fertile age (15-49) are an extra last row of F, without a total.
    for ((total, males), females) in total.rows.iter().zip(&males.rows).zip(&females.rows) {
        check_sexes(table, total, males, females, violations);
    }
    if table.cut != Cut::Selected {
        for block in &table.blocks {
            check_ages(table, block, violations);
        }
    }
}

fn check_sexes(table: &Table, total: &AgeRow, males: &AgeRow, females: &AgeRow, violations: &mut Violations) {
    for (i, year) in table.years.iter().enumerate() {
        let value = |row: &AgeRow| row.values.get(i).copied().flatten();
        let (Some(t), Some(m), Some(f)) = (value(total), value(males), value(females)) else {
            continue; // noted when the cell was read
        };
        if t != m + f {
            let expected = format!(
                "males + females = {m} + {f} = {} (rows {} and {}), year {}, age {}",
                m + f,
                males.row,
                females.row,
                year.year,
                total.label
            );
            let column = letters(year.column);
            violations.push_in(Some(&table.sheet), total.row, &column, &t.to_string(), expected);
        }
    }
}

fn check_ages(table: &Table, block: &SexBlock, violations: &mut Violations) {
    for (i, year) in table.years.iter().enumerate() {
        let values = block.rows.iter().map(|row| row.values.get(i).copied().flatten());
        let sum: Option<i64> = values.sum();
        let all_ages = block.all_ages.values.get(i).copied().flatten();
        if let (Some(sum), Some(all_ages)) = (sum, all_ages)
            && sum != all_ages
        {
            let expected = format!("the sum of the ages, {sum}, year {}, sex {}", year.year, block.sex);
            let column = letters(year.column);
            let got = all_ages.to_string();
            violations.push_in(Some(&table.sheet), block.all_ages.row, &column, &got, expected);
        }
    }
}

/// Checks that every group of `coarse` is the sum of the ages of `fine` inside it.
pub(super) fn check_coarser(fine: &Table, coarse: &Table, violations: &mut Violations) {
    let same_years = fine.years.iter().map(|y| y.year).eq(coarse.years.iter().map(|y| y.year));
    if !same_years {
        let first = coarse.blocks[0].all_ages.row.saturating_sub(1);
        let expected = format!("the same years as sheet '{}'", fine.sheet);
        violations.push_in(Some(&coarse.sheet), first, "C", "other years", expected);
        return;
    }
    for (fine_block, block) in fine.blocks.iter().zip(&coarse.blocks) {
        for group in &block.rows {
            let Some(ages) = group.ages else { continue };
            let inside: Vec<&AgeRow> = fine_block
                .rows
                .iter()
                .filter(|row| row.ages.is_some_and(|single| ages.holds(single)))
                .collect();
            // The finer sheet may be open before the group begins (90+ against 95-99).
            let reaches = inside.first().and_then(|row| row.ages).map(|a| a.first) == Some(ages.first);
            let ends = inside.last().and_then(|row| row.ages).map(|a| a.last) == Some(ages.last);
            if !(reaches && ends) {
                continue;
            }
            for (i, year) in coarse.years.iter().enumerate() {
                let sum: Option<i64> = inside.iter().map(|row| row.values.get(i).copied().flatten()).sum();
                let value = group.values.get(i).copied().flatten();
                if let (Some(sum), Some(value)) = (sum, value)
                    && sum != value
                {
                    let expected = format!(
                        "{sum}, the sum of its ages on sheet '{}', year {}, sex {}",
                        fine.sheet, year.year, block.sex
                    );
                    let column = letters(year.column);
                    violations.push_in(Some(&coarse.sheet), group.row, &column, &value.to_string(), expected);
                }
            }
        }
    }
}
