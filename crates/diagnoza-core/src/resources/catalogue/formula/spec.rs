use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::expression::Expression;
use super::{FormulaError, check, parse};
use crate::resources::catalogue::{Part, UnitOfMeasure, figure, indicator, official};

/// A user's formula as he writes it, not yet checked.
///
/// ```
/// use diagnoza_core::observation::Cell;
/// use diagnoza_core::resources::catalogue::{FormulaSpec, Inputs};
/// // ROPS Kraków, report 1105: share of family care, Małopolska, 31 XII 2023.
/// let formula = FormulaSpec {
///     id: "family_foster_care".to_owned(),
///     name: Some("Udział pieczy rodzinnej".to_owned()),
///     expression: "100 * children_in_family_foster_care / children_in_foster_care".to_owned(),
///     unit: "%".to_owned(),
///     decimals: Some(0),
///     author: "ROPS Kraków".to_owned(),
///     source: "report 1105 (2024)".to_owned(),
///     inputs: [("children_in_family_foster_care".to_owned(), "children".to_owned())].into(),
/// }
/// .check()?;
/// let value = formula.compute(&Inputs::new([
///     ("children_in_family_foster_care", Cell::Value(3131.0)),
///     ("children_in_foster_care", Cell::Value(4247.0)),
/// ])?)?;
/// assert_eq!(value.rounded(), Some(74.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[doc(alias = "wzór")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormulaSpec {
    /// Id of an official indicator without formula ([`official`]), or an id of one's own.
    pub id: String,
    /// Name shown to people; not needed for an official indicator, which has its own.
    #[serde(default)]
    pub name: Option<String>,
    /// The formula: names of inputs, numbers, `+ - * /` and brackets.
    pub expression: String,
    /// Unit of the result; the formula must give it.
    pub unit: String,
    /// Decimals to which results are rounded.
    #[serde(default)]
    pub decimals: Option<u8>,
    /// Who wrote the formula.
    pub author: String,
    /// Where it is written.
    pub source: String,
    /// Units of the inputs that the catalogue does not know.
    #[serde(default)]
    pub inputs: BTreeMap<String, String>,
}

/// A formula whose units agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "FormulaSpec", into = "FormulaSpec")]
pub struct Formula {
    spec: FormulaSpec,
    name_pl: String,
    name_en: String,
    expression: Expression,
}

impl FormulaSpec {
    /// Checks the formula.
    ///
    /// # Errors
    /// [`FormulaError`] with the character at which the fault stands.
    pub fn check(self) -> Result<Formula, FormulaError> {
        let fields = [
            ("id", &self.id),
            ("expression", &self.expression),
            ("unit", &self.unit),
            ("author", &self.author),
            ("source", &self.source),
        ];
        if let Some((field, _)) = fields.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(FormulaError::Blank { field });
        }
        let (name_pl, name_en) = self.names()?;
        let expression = parse::parse(&self.expression)?;
        let inputs = expression.inputs();
        if inputs.is_empty() {
            return Err(FormulaError::NoInput);
        }
        if let Some(input) = self.inputs.keys().find(|name| inputs.iter().all(|(used, _)| used != name)) {
            return Err(FormulaError::Unused { input: input.clone() });
        }
        let mut units = BTreeMap::new();
        let mut unknown = Vec::new();
        for (name, at) in inputs {
            match self.unit_of(name)? {
                Some(unit) => drop(units.insert(name, unit)),
                None => unknown.push((name.to_owned(), at)),
            }
        }
        if !unknown.is_empty() {
            return Err(FormulaError::UnknownUnits { inputs: unknown });
        }
        let found = check::kind(&expression, &|name| units.get(name).cloned())?.unit;
        let meant = unit("unit", &self.unit)?;
        if found != meant {
            return Err(FormulaError::WrongUnit {
                declared: self.unit.clone(),
                meant: meant.to_string(),
                found: found.to_string(),
            });
        }
        Ok(Formula { spec: self, name_pl, name_en, expression })
    }

    fn names(&self) -> Result<(String, String), FormulaError> {
        if !self.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            return Err(FormulaError::NotAnId { id: self.id.clone() });
        }
        if indicator(&self.id).is_ok() {
            return Err(FormulaError::Taken { id: self.id.clone() });
        }
        let own = self.name.as_deref().map(str::trim).filter(|name| !name.is_empty());
        match official()?.iter().find(|known| known.id == self.id) {
            Some(title) if title.is_section() => {
                Err(FormulaError::Section { id: self.id.clone(), title: title.name_pl.clone() })
            }
            Some(known) => Ok((known.name_pl.clone(), known.name_en.clone())),
            None => {
                let name = own.ok_or(FormulaError::Blank { field: "name" })?.to_owned();
                Ok((name.clone(), name))
            }
        }
    }

    /// Unit of an input: the catalogue's, or the one declared.
    fn unit_of(&self, name: &str) -> Result<Option<UnitOfMeasure>, FormulaError> {
        let declared = self.inputs.get(name).map(|text| unit(name, text)).transpose()?;
        let known = match name.parse::<Part>() {
            Ok(_) => Some("persons"),
            Err(_) => figure(name).map(|figure| figure.unit),
        };
        let known = known.map(|text| unit(name, text)).transpose()?;
        match (declared, known) {
            (Some(declared), Some(known)) if declared != known => Err(FormulaError::OtherUnit {
                input: name.to_owned(),
                declared: declared.to_string(),
                known: known.to_string(),
            }),
            (declared, known) => Ok(known.or(declared)),
        }
    }
}

fn unit(field: &str, text: &str) -> Result<UnitOfMeasure, FormulaError> {
    text.parse().map_err(|source| FormulaError::NotAUnit { field: field.to_owned(), source })
}

impl Formula {
    /// The formula as it was given.
    #[must_use]
    pub const fn spec(&self) -> &FormulaSpec {
        &self.spec
    }

    /// Name in Polish, or the user's own.
    #[must_use]
    pub fn name_pl(&self) -> &str {
        &self.name_pl
    }

    /// Name in English, or the user's own.
    #[must_use]
    pub fn name_en(&self) -> &str {
        &self.name_en
    }

    /// The formula as it is understood, in one spelling.
    #[must_use]
    pub fn formula(&self) -> String {
        self.expression.to_string()
    }

    /// Author and source, as results carry them.
    #[must_use]
    pub fn source(&self) -> String {
        format!("{}: {}", self.spec.author.trim(), self.spec.source.trim())
    }

    /// Names of the inputs it needs, in the order of the text.
    #[must_use]
    pub fn inputs(&self) -> Vec<&str> {
        self.expression.inputs().into_iter().map(|(name, _)| name).collect()
    }

    pub(super) const fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl TryFrom<FormulaSpec> for Formula {
    type Error = FormulaError;

    fn try_from(spec: FormulaSpec) -> Result<Self, FormulaError> {
        spec.check()
    }
}

impl From<Formula> for FormulaSpec {
    fn from(formula: Formula) -> Self {
        formula.spec
    }
}
