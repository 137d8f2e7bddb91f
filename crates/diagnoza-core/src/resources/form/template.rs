use serde::{Deserialize, Serialize};

use super::{Column, Entry, Form, Symbols};

/// A form laid out for filling in: names of unit, chapters, rows, units of measure and years stand where they belong.
///
/// ```
/// use diagnoza_core::observation::Year;
/// use diagnoza_core::resources::form::{Form, edition};
/// let form = Form::empty(edition("2014")?, "1419033".parse()?, Year::new(2014)?)?;
/// let csv = form.template()?.csv();
/// assert!(csv.contains("10;Bezrobotni ogółem;osoby;stan 31.XII;;;;;"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Name of the edition.
    pub edition: String,
    /// Title of the form, Polish.
    pub title: String,
    /// What the form is of: pairs of a word and its value.
    pub head: Vec<(String, String)>,
    /// A sheet per chapter of which rows are known.
    pub sheets: Vec<TemplateSheet>,
}

/// A chapter laid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateSheet {
    /// Name of the sheet.
    pub name: String,
    /// Heading: number and title of the chapter.
    pub heading: String,
    /// Header of the table: row, label, unit of measure, moment, then the columns.
    pub header: Vec<String>,
    /// Rows.
    pub rows: Vec<TemplateRow>,
}

/// A row laid out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateRow {
    /// Number.
    pub number: u16,
    /// Label.
    pub label: String,
    /// Unit of measure.
    pub unit: String,
    /// Moment or period.
    pub moment: String,
    /// A number of a field, where it holds one.
    pub numbers: Vec<Option<f64>>,
    /// The text of each field, numbers included.
    pub texts: Vec<String>,
    /// Whether a field takes a number.
    pub whole: bool,
}

/// An edition of which no row is known has no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "edition '{edition}' is known by name only, its rows were not seen in a public form: give an edition file (.toml) with its rows"
)]
pub struct NoRows {
    /// The edition.
    pub edition: String,
}

impl Form {
    /// The form laid out, with what it holds; an empty form gives the empty template.
    ///
    /// What is laid out reads back as the same form.
    ///
    /// # Errors
    /// [`NoRows`] for an edition known by name only.
    pub fn template(&self) -> Result<Template, NoRows> {
        let sheets: Vec<TemplateSheet> =
            self.edition.chapters().iter().filter_map(|chapter| self.sheet(chapter)).collect();
        if sheets.is_empty() {
            return Err(NoRows { edition: self.edition.name().to_owned() });
        }
        let mut head = vec![("Formularz".to_owned(), self.edition.name().to_owned())];
        let mut say = |word: &str, value: String| head.push((word.to_owned(), value));
        say("Jednostka (kod TERYT)", self.unit.map(|unit| unit.to_string()).unwrap_or_default());
        say("Nazwa jednostki", self.unit_name.clone().unwrap_or_default());
        say("Rodzaj jednostki", self.unit_kind.polish().to_owned());
        say("Rok oceny", self.year.map(|year| year.to_string()).unwrap_or_default());
        if self.symbols != self.edition.spec().symbols {
            say("Znaki umowne", signs(self.symbols));
        }
        say("Objaśnienie znaków", SIGNS.to_owned());
        Ok(Template {
            edition: self.edition.name().to_owned(),
            title: self.edition.spec().title.pl.clone(),
            head,
            sheets,
        })
    }

    fn sheet(&self, chapter: &super::Chapter) -> Option<TemplateSheet> {
        let mut header: Vec<String> =
            ["Wiersz", "Wyszczególnienie", "Jednostka miary", "Stan lub okres"].map(str::to_owned).to_vec();
        header.extend(chapter.columns.iter().map(|&column| self.column_title(column)));
        let rows: Vec<TemplateRow> = self
            .rows()
            .filter(|(id, _)| id.chapter == chapter.number)
            .map(|(id, row)| {
                let entries = chapter.columns.iter().map(|&column| self.entry(&id, column));
                let entries: Vec<Entry> = entries.collect();
                let number = |entry: &Entry| {
                    entry.value().filter(|value| {
                        value.abs() >= f64::MIN_POSITIVE
                            || self.symbols.zero(row.content) == Entry::Value(0.0)
                    })
                };
                TemplateRow {
                    number: row.number,
                    label: row.label.clone(),
                    unit: row.unit.clone(),
                    moment: row.moment.clone(),
                    numbers: entries.iter().map(number).collect(),
                    texts: entries.iter().map(|entry| self.symbols.written(entry, row.content)).collect(),
                    whole: row.content == super::Content::Whole,
                }
            })
            .collect();
        let name = format!("Rozdział {}", chapter.number);
        let heading = format!("{}. {}", chapter.number, chapter.title);
        (!rows.is_empty()).then_some(TemplateSheet { name, heading, header, rows })
    }

    fn column_title(&self, column: Column) -> String {
        match self.year_of(column) {
            None => column.polish().to_owned(),
            Some(year) if column.is_forecast() => format!("{year} (prognoza)"),
            Some(year) => year.to_string(),
        }
    }
}

/// How a field is filled, for whoever fills it.
const SIGNS: &str = "0: zjawiska nie było; puste pole albo kropka: brak informacji; x: pola się nie wypełnia";

/// Signs whose rules are not the edition's, as the reader reads them back.
fn signs(symbols: Symbols) -> String {
    serde_json::to_string(&symbols).unwrap_or_default()
}

impl Template {
    /// One table of text: semicolons, decimal comma, UTF-8 with the mark by which spreadsheets know it.
    #[must_use]
    pub fn csv(&self) -> String {
        let width = self.sheets.iter().map(|sheet| sheet.header.len()).max().unwrap_or_default();
        let mut text = String::from("\u{feff}");
        let mut line = |cells: &[String]| {
            let padding = std::iter::repeat_n(String::new(), width.saturating_sub(cells.len()));
            let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).chain(padding).collect();
            text.push_str(&cells.join(";"));
            text.push_str("\r\n");
        };
        for (word, value) in &self.head {
            line(&[word.clone(), value.clone()]);
        }
        for sheet in &self.sheets {
            line(std::slice::from_ref(&sheet.heading));
            line(&sheet.header);
            for row in &sheet.rows {
                let mut cells =
                    vec![row.number.to_string(), row.label.clone(), row.unit.clone(), row.moment.clone()];
                cells.extend(row.texts.iter().cloned());
                line(&cells);
            }
        }
        text
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
