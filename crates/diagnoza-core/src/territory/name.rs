use super::{GminaKind, Level, UnitRecord};

/// A name as it is compared: lower case, Polish letters without their marks, one space between words.
///
/// Unicode decomposition would not do: `ł` has none. The nine Polish letters are a closed list, and
/// marks written apart (decomposed text) are dropped. Hyphens and full stops separate words.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'ą' => folded.push('a'),
            'ć' => folded.push('c'),
            'ę' => folded.push('e'),
            'ł' => folded.push('l'),
            'ń' => folded.push('n'),
            'ó' => folded.push('o'),
            'ś' => folded.push('s'),
            'ź' | 'ż' => folded.push('z'),
            '\u{300}'..='\u{36f}' => {}
            '-' | '\u{2010}'..='\u{2015}' | '.' => folded.push(' '),
            other => folded.push(other),
        }
    }
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The folded name under which a register's unit is listed: without words such as `powiat`.
pub(super) fn key(name: &str) -> String {
    Query::new(name).name
}

/// A folded name and what the words around it say of the unit.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Query {
    pub(super) name: String,
    level: Option<Level>,
    kind: Option<GminaKind>,
    city: bool,
    /// Key of the powiat's name.
    pub(super) powiat: Option<String>,
}

impl Query {
    /// Takes `gmina`, `powiat`, `m.`, `miasto`, `podregion`, `woj.` and the like off the beginning, and
    /// a kind, `(3)` in BDL's exports, or a powiat, `(olecki)`, off the end; a word is left in place
    /// where nothing would remain.
    pub(super) fn new(text: &str) -> Self {
        let mut query = Self { name: String::new(), level: None, kind: None, city: false, powiat: None };
        let folded = fold(text);
        let mut rest = folded.as_str();
        if let Some((before, inside)) = brackets(rest) {
            rest = before;
            query.kind = inside.parse().ok().and_then(GminaKind::from_digit);
            query.powiat = query.kind.is_none().then(|| key(inside));
        }
        while let Some((word, after)) = rest.split_once(' ') {
            match word {
                "gmina" | "gm" => query.level = Some(Level::Gmina),
                "powiat" | "pow" => query.level = Some(Level::Powiat),
                "podregion" | "subregion" => query.level = Some(Level::Subregion),
                "wojewodztwo" | "woj" | "voivodeship" => query.level = Some(Level::Voivodeship),
                "m" | "miasto" => query.city = true,
                "miejska" if query.level == Some(Level::Gmina) => query.kind = Some(GminaKind::Urban),
                "wiejska" if query.level == Some(Level::Gmina) => query.kind = Some(GminaKind::Rural),
                "miejsko" if query.level == Some(Level::Gmina) && after.starts_with("wiejska ") => {
                    query.kind = Some(GminaKind::UrbanRural);
                    rest = after.trim_start_matches("wiejska ");
                    continue;
                }
                _ => break,
            }
            rest = after;
        }
        rest.clone_into(&mut query.name);
        query
    }

    /// Whether the words allow the unit; the name is not compared.
    pub(super) fn allows(&self, record: &UnitRecord) -> bool {
        let city = record.kind() == Some(GminaKind::Urban) || record.is_city_powiat();
        self.level.is_none_or(|level| level == record.level())
            && self.kind.is_none_or(|kind| record.kind() == Some(kind))
            && (city || !self.city)
    }
}

/// `korsze` and `3` of `korsze (3)`.
fn brackets(text: &str) -> Option<(&str, &str)> {
    let (before, inside) = text.strip_suffix(')')?.rsplit_once('(')?;
    let (before, inside) = (before.trim(), inside.trim());
    (!before.is_empty() && !inside.is_empty()).then_some((before, inside))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_all_nine_polish_letters_in_both_cases() {
        assert_eq!(fold("ĄĆĘŁŃÓŚŹŻ ąćęłńóśźż"), "acelnoszz acelnoszz");
        assert_eq!(fold("Iłowo-Osada"), "ilowo osada");
        assert_eq!(fold("  Górowo\u{a0} Iławeckie "), "gorowo ilaweckie");
        assert_eq!(fold("Gołda\u{301}p"), "goldap");
    }

    #[test]
    fn takes_the_words_around_a_name() {
        let read = |text| {
            let query = Query::new(text);
            (query.name, query.level, query.kind, query.city)
        };
        let name = |text: &str| text.to_owned();
        assert_eq!(read("m.Olsztyn"), (name("olsztyn"), None, None, true));
        assert_eq!(read("Powiat m. Olsztyn"), (name("olsztyn"), Some(Level::Powiat), None, true));
        assert_eq!(read("woj. śląskie"), (name("slaskie"), Some(Level::Voivodeship), None, false));
        let rural = (name("ilawa"), Some(Level::Gmina), Some(GminaKind::Rural), false);
        assert_eq!(read("gmina wiejska Iława"), rural);
        let urban_rural = Some(GminaKind::UrbanRural);
        assert_eq!(
            read("gmina miejsko-wiejska Pisz"),
            (name("pisz"), Some(Level::Gmina), urban_rural, false)
        );
        assert_eq!(read("Korsze (3)"), (name("korsze"), None, urban_rural, false));
    }

    #[test]
    fn brackets_hold_a_kind_or_a_powiat() {
        let read = |text: &str| {
            let query = Query::new(text);
            (query.name, query.kind, query.powiat)
        };
        let olecki = (String::from("swietajno"), None, Some(String::from("olecki")));
        assert_eq!(read("Świętajno (powiat olecki)"), olecki);
        assert_eq!(read("Świętajno(Olecki)"), olecki);
        let none = (String::from("korsze ()"), None, None);
        assert_eq!(read("Korsze ()"), none);
        // Nested and unclosed brackets end.
        assert_eq!(read(&"(".repeat(9)).0, "(((((((((");
        assert_eq!(read("a (b (c))").0, "a (b");
    }

    #[test]
    fn a_word_alone_is_a_name() {
        for word in ["gmina", "powiat", "m", "miasto", "(3)"] {
            assert_eq!(Query::new(word).name, word);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
