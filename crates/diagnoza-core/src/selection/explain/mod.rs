//! Why a gmina was chosen or not.

mod pair;
mod value_change;
mod weight_change;
mod why;

pub use pair::{Pair, PairRow};
pub use value_change::ValueChange;
pub use weight_change::{Mixture, WeightChange};
pub use why::{SetWith, Why, WhyError};

use super::{
    CriterionUsed, DecidedBy, Label, Margin, Measured, Method, Outcome, Place, Proof, Ranked, Role,
    Selection, StrataBy, StratumRanking,
};
use crate::territory::Teryt;

/// A gmina that the selection says nothing about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code} is not among the {gminas} gminas this selection looked at")]
pub struct ExplainError {
    /// The code given.
    pub code: Teryt,
    /// Number of gminas looked at.
    pub gminas: usize,
}

impl Selection {
    /// Why a gmina was chosen or not, as one paragraph in Polish and in English. The
    /// digit of the kind is left out of the comparison of codes.
    ///
    /// # Errors
    /// [`ExplainError`] for a gmina outside the frame.
    pub fn explain(&self, code: Teryt) -> Result<Label, ExplainError> {
        let mut reasons = self.reasons.iter();
        let found = reasons.find(|(known, _)| known.same_unit(code));
        let (code, reason) = found.ok_or(ExplainError { code, gminas: self.reasons.len() })?;
        let mut text = match (&reason.outcome, self.ranked(*code)) {
            (Outcome::Excluded { because, .. }, _) => Label {
                pl: format!("nie kwalifikuje się: {}.", because.pl),
                en: format!("not eligible: {}.", because.en),
            },
            (Outcome::Ranked { .. }, Some((stratum, row))) => self.ranked_text(stratum, row),
            // A result edited by hand may lack the row.
            (Outcome::Ranked { stratum, rank, of, .. }, None) => Label {
                pl: format!("miejsce {rank} z {of}{}.", self.in_stratum(stratum).pl),
                en: format!("{} of {of}{}.", ordinal(*rank), self.in_stratum(stratum).en),
            },
        };
        if let Some(published) = &self.published {
            let was = published.chosen.iter().any(|p| p.same_unit(*code));
            let (pl, en) = if was { ("wybrana", "chosen") } else { ("niewybrana", "not chosen") };
            text.pl.push_str(&format!(" W wyniku ogłoszonym ({}): {pl}.", published.source.pl));
            text.en.push_str(&format!(" In the published result ({}): {en}.", published.source.en));
        }
        Ok(Label {
            pl: format!("{} ({code}): {}", reason.name, text.pl),
            en: format!("{} ({code}): {}", reason.name, text.en),
        })
    }

    fn ranked_text(&self, stratum: &StratumRanking, row: &Ranked) -> Label {
        let (quota, of) = (stratum.quota, stratum.rows.len());
        let within = self.in_stratum(&stratum.stratum);
        let joint = stratum.rows.iter().filter(|r| r.rank == row.rank).count() > 1;
        let place = place_text(row.place);
        let (pl_joint, en_joint) = if joint { (" ex aequo", "joint ") } else { ("", "") };
        let values = self.criteria.iter().zip(&row.values).map(|(c, v)| value_text(c, v));
        let (pl, en): (Vec<String>, Vec<String>) = values.map(|label| (label.pl, label.en)).unzip();
        let margin = self.margin_text(row.place, row.margin.as_ref());
        let score = self.score_text(row);
        Label {
            pl: format!(
                "{}, miejsce {} z {of}{}{pl_joint} (limit {quota}); {}{}; {}.",
                place.pl,
                row.rank,
                within.pl,
                pl.join("; "),
                score.pl,
                margin.pl
            ),
            en: format!(
                "{}, {en_joint}{} of {of}{} (quota {quota}); {}{}; {}.",
                place.en,
                ordinal(row.rank),
                within.en,
                en.join("; "),
                score.en,
                margin.en
            ),
        }
    }

    /// ` in stratum PL623`; nothing where there is one stratum of all.
    fn in_stratum(&self, stratum: &str) -> Label {
        if self.strata_by == StrataBy::All {
            return Label::default();
        }
        Label::new(format!(" w warstwie {stratum}"), format!(" in stratum {stratum}"))
    }

    /// `; score 0.812 (families 0.3 + persons 0.512)`; nothing for the lexicographic method.
    fn score_text(&self, row: &Ranked) -> Label {
        if self.method.name == Method::Lexicographic {
            return label("", "");
        }
        let primary = self.criteria.iter().filter(|criterion| criterion.role == Role::Primary);
        let parts: Vec<(&CriterionUsed, f64)> =
            primary.zip(&row.parts).filter_map(|(c, part)| Some((c, part.contribution?))).collect();
        let list = |text: &dyn Fn(&CriterionUsed, f64) -> String| {
            let parts: Vec<String> = parts.iter().map(|(c, value)| text(c, *value)).collect();
            if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(" + ")) }
        };
        let score = number(row.score);
        Label {
            pl: format!("; ocena {}", polish(row.score))
                + &list(&|c, v| format!("{} {}", c.label.pl, polish(v))),
            en: format!("; score {score}") + &list(&|c, v| format!("{} {}", c.label.en, number(v))),
        }
    }

    fn margin_text(&self, place: Place, margin: Option<&Margin>) -> Label {
        let inside = matches!(place, Place::Chosen);
        let Some(Margin { against, name, decided_by }) = margin else {
            return if self.choice.proof != Proof::Order {
                label("zestaw wybrano jako całość", "the set was chosen as a whole")
            } else if inside {
                label("limit obejmuje całą warstwę", "the quota takes the whole stratum")
            } else {
                label("warstwa nie ma miejsc", "the stratum has no places")
            };
        };
        let (pl_who, en_who) = match place {
            Place::Chosen => ("następna", "the next"),
            Place::Tied { .. } => ("w tym samym remisie", "in the same tie"),
            _ => ("ostatnia w limicie", "the last within the quota"),
        };
        match decided_by {
            DecidedBy::Criterion { position, variable, by } => {
                let (pl_by, en_by) = (polish(*by), number(*by));
                let (pl_gap, en_gap) = if inside { ("przewaga", "ahead of") } else { ("strata", "behind") };
                let (pl_in, en_in) = match (position, self.criteria.get(*position)) {
                    (0, _) => (String::new(), String::new()),
                    (_, Some(c)) => (format!(" ({})", c.label.pl), format!(" ({})", c.label.en)),
                    (_, None) => (format!(" ({variable})"), format!(" ({variable})")),
                };
                Label {
                    pl: format!("{pl_gap} {pl_by}{pl_in} wobec gminy {name} ({against}), {pl_who}"),
                    en: format!("{en_by}{en_in} {en_gap} {name} ({against}), {en_who}"),
                }
            }
            DecidedBy::Score { by } => {
                let (pl_by, en_by) = (polish(*by), number(*by));
                let (pl_gap, en_gap) = if inside { ("przewaga", "ahead of") } else { ("strata", "behind") };
                Label {
                    pl: format!("{pl_gap} {pl_by} w ocenie wobec gminy {name} ({against}), {pl_who}"),
                    en: format!("{en_by} {en_gap} {name} ({against}) in the score, {en_who}"),
                }
            }
            DecidedBy::CodeOrder => Label {
                pl: format!("na równi z gminą {name} ({against}), {pl_who}; rozstrzygnęła kolejność kodów"),
                en: format!("equal to {name} ({against}), {en_who}; the order of codes decided"),
            },
            DecidedBy::Nothing => Label {
                pl: format!("na równi z gminą {name} ({against}), {pl_who}"),
                en: format!("equal to {name} ({against}), {en_who}"),
            },
        }
    }
}

fn label(pl: &str, en: &str) -> Label {
    Label { pl: pl.to_owned(), en: en.to_owned() }
}

fn place_text(place: Place) -> Label {
    match place {
        Place::Chosen => label("wybrana", "chosen"),
        Place::Tied { places, among } => Label {
            pl: format!("w remisie (wolne miejsca: {places}, równe gminy: {among})"),
            en: format!("tied ({places} places for {among} equal gminas)"),
        },
        Place::Reserve { position } => Label {
            pl: format!("na liście rezerwowej, pozycja {position}"),
            en: format!("in reserve, {}", ordinal(position)),
        },
        Place::TiedForReserve { places, among } => Label {
            pl: format!("w remisie o rezerwę (wolne miejsca: {places}, równe gminy: {among})"),
            en: format!("tied for the reserve ({places} places for {among} equal gminas)"),
        },
        Place::Refused => label("odmówiła przyjęcia miejsca", "refused an offered place"),
        Place::Below => label("niewybrana", "not chosen"),
    }
}

/// `number of families, 2016: 812`, and for a rate the numbers it comes from.
fn value_text(criterion: &CriterionUsed, value: &Measured) -> Label {
    let shown = |number: &dyn Fn(f64) -> String| {
        let raw = value.denominator.map(|d| format!(" ({} / {})", number(value.numerator), number(d)));
        format!("{}{}", number(value.value), raw.unwrap_or_default())
    };
    let year = criterion.year;
    Label {
        pl: format!("{}, {year}: {}", criterion.label.pl, shown(&polish)),
        en: format!("{}, {year}: {}", criterion.label.en, shown(&number)),
    }
}

/// Six significant digits with decimal comma and a minus sign, as Polish texts write them.
fn polish(value: f64) -> String {
    number(value).replace('.', ",").replace('-', "\u{2212}")
}

/// Six significant digits, whole numbers in full.
fn number(value: f64) -> String {
    let digits = value.abs().max(1e-300).log10().floor() as i32 + 1;
    let decimals = usize::try_from(6 - digits).unwrap_or(0).min(12);
    let text = format!("{value:.decimals$}");
    if !text.contains('.') {
        return text;
    }
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// `1st`, `2nd`, `3rd`, `11th`.
fn ordinal(n: usize) -> String {
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_ordinals_read_as_people_write_them() {
        for (value, text) in [
            (0.0, "0"),
            (812.0, "812"),
            (1_234_567.0, "1234567"),
            (258.333_333, "258.333"),
            (0.001_25, "0.00125"),
            (-33.5, "-33.5"),
            (0.1 + 0.2, "0.3"),
        ] {
            assert_eq!(number(value), text);
        }
        let texts: Vec<String> = [1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 112, 122].map(ordinal).to_vec();
        assert_eq!(texts.join(" "), "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 112th 122nd");
    }
}
