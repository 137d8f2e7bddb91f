//! The same mortality in wider ages, or closed at a younger age.
//!
//! # Formula
//! Survivors, person-years and years above are those of the narrower table, so that life expectancy
//! is kept exactly: `L` and `d` are sums, `q = d / l`, `m = d / L`, `a = (L - n l(x+n)) / d`; in the
//! open age `m = l / T`.

use super::{LifeTable, LifeTableError, OpenAge};

impl LifeTable {
    /// Ages 0, 1 to 4, then five-year ages up to the open age of the table.
    ///
    /// # Errors
    /// [`LifeTableError::NoSuchAge`] names an age at which no row begins; close a table whose open age
    /// is not a multiple of 5 first ([`closed_at`](Self::closed_at)).
    #[doc(alias = "skrócona tablica trwania życia")]
    pub fn abridged(&self) -> Result<Self, LifeTableError> {
        let open = self.open_from();
        if open < 10 || !open.is_multiple_of(5) {
            return Err(LifeTableError::OpenAge { age: open, step: 5 });
        }
        let ages: Vec<u32> = [0, 1].into_iter().chain((5..=open).step_by(5)).collect();
        let mut table = self.regroup(&ages)?;
        table.record.grouped |= table.age.len() < self.age.len();
        Ok(table)
    }

    /// The table with a younger open age.
    ///
    /// # Errors
    /// [`LifeTableError::NoSuchAge`] unless a row above age 1 begins there.
    pub fn closed_at(&self, open: u32) -> Result<Self, LifeTableError> {
        let row = self.age.binary_search(&open).map_err(|_| LifeTableError::NoSuchAge { age: open })?;
        super::build::check_ages(&self.age[..=row])?;
        let mut table = self.regroup(&self.age[..=row])?;
        if open < self.open_from() {
            table.record.closed_from = self.record.closed_from.or(Some(self.open_from()));
            table.record.open_age = OpenAge::Older;
        }
        Ok(table)
    }

    /// First age of the open group.
    #[must_use]
    pub fn open_from(&self) -> u32 {
        self.age[self.age.len() - 1]
    }

    /// Rows that begin at `ages`, each of which must begin a row of this table.
    fn regroup(&self, ages: &[u32]) -> Result<Self, LifeTableError> {
        let rows = ages
            .iter()
            .map(|&age| self.age.binary_search(&age).map_err(|_| LifeTableError::NoSuchAge { age }))
            .collect::<Result<Vec<_>, _>>()?;
        let ends: Vec<usize> = rows.iter().skip(1).copied().chain([self.age.len()]).collect();
        let pick = |column: &[f64]| rows.iter().map(|&row| column[row]).collect::<Vec<_>>();
        let sum = |column: &[f64]| {
            rows.iter().zip(&ends).map(|(&row, &end)| column[row..end].iter().sum()).collect::<Vec<f64>>()
        };
        let mut table = Self {
            record: self.record.clone(),
            age: ages.to_vec(),
            mx: pick(&self.mx),
            ax: pick(&self.ax),
            qx: pick(&self.qx),
            lx: pick(&self.lx),
            dx: sum(&self.dx),
            person_years: sum(&self.person_years),
            years_above: pick(&self.years_above),
            ex: pick(&self.ex),
            deaths: self.deaths.as_deref().map(sum),
        };
        for (group, (&row, &end)) in rows.iter().zip(&ends).enumerate() {
            // A row taken over unchanged keeps its figures, to the last digit.
            if end - row == 1 {
                continue;
            }
            let (l, d, years) = (table.lx[group], table.dx[group], table.person_years[group]);
            table.mx[group] = d / years;
            if let Some(&next) = ages.get(group + 1) {
                let n = f64::from(next - ages[group]);
                table.qx[group] = d / l;
                table.ax[group] = if d > 0.0 { (years - n * table.lx[group + 1]) / d } else { n / 2.0 };
            } else {
                table.mx[group] = l / table.years_above[group];
                table.qx[group] = 1.0;
                table.ax[group] = table.ex[group];
                table.dx[group] = l;
                table.person_years[group] = table.years_above[group];
            }
        }
        Ok(table)
    }
}
