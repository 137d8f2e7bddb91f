use std::collections::BTreeSet;

use super::error::{BasketError, BasketFault};
use super::spec::{Basket, BasketSpec};

impl BasketSpec {
    /// Checks that every entry has an id of its own and a name, that every reference is to something there, and that
    /// no services require each other.
    ///
    /// # Errors
    /// [`BasketError::Entries`] lists every fault.
    pub fn check(self, file: &str) -> Result<Basket, BasketError> {
        let mut faults = Vec::new();
        let problems: Vec<_> =
            self.problem.iter().map(|one| (one.id.as_str(), one.name_pl.as_str())).collect();
        let services: Vec<_> =
            self.service.iter().map(|one| (one.id.as_str(), one.name_pl.as_str())).collect();
        let institutions: Vec<_> =
            self.institution.iter().map(|one| (one.id.as_str(), one.name_pl.as_str())).collect();
        for (list, entries) in [("problem", &problems), ("service", &services)] {
            if entries.is_empty() {
                faults.push(BasketFault::Nothing { list });
            }
        }
        named("problem", &problems, &mut faults);
        named("service", &services, &mut faults);
        named("institution", &institutions, &mut faults);
        for one in &self.problem {
            references(("problem", &one.id, "services"), &one.services, &services, &mut faults);
        }
        for one in &self.service {
            references(("service", &one.id, "institutions"), &one.institutions, &institutions, &mut faults);
            references(("service", &one.id, "requires"), &one.requires, &services, &mut faults);
        }
        faults.extend(self.cycles());
        if faults.is_empty() {
            Ok(Basket { spec: self })
        } else {
            Err(BasketError::Entries { file: file.to_owned(), faults })
        }
    }

    /// Each cycle of `requires` once, told from its first service in the order of the file.
    fn cycles(&self) -> Vec<BasketFault> {
        let mut found: Vec<BasketFault> = Vec::new();
        let mut done: BTreeSet<&str> = BTreeSet::new();
        for start in &self.service {
            if done.contains(start.id.as_str()) {
                continue;
            }
            // Depth first without recursion: a path and, for each service on it, what is still to be looked at.
            let mut path: Vec<(&str, Vec<&str>)> = vec![(&start.id, self.required_by(&start.id))];
            while let Some((_, ahead)) = path.last_mut() {
                let Some(next) = ahead.pop() else {
                    done.extend(path.pop().map(|(id, _)| id));
                    continue;
                };
                if let Some(place) = path.iter().position(|(id, _)| *id == next) {
                    let loop_of = path.iter().skip(place).map(|(id, _)| (*id).to_owned());
                    found.push(BasketFault::Cycle { services: loop_of.chain([next.to_owned()]).collect() });
                } else if !done.contains(next) {
                    path.push((next, self.required_by(next)));
                }
            }
        }
        found
    }

    fn required_by(&self, id: &str) -> Vec<&str> {
        let service = self.service.iter().find(|service| service.id == id);
        service.map_or(Vec::new(), |service| service.requires.iter().rev().map(String::as_str).collect())
    }
}

fn named(list: &'static str, entries: &[(&str, &str)], faults: &mut Vec<BasketFault>) {
    for (place, (id, name)) in entries.iter().enumerate() {
        for (key, text) in [("id", id), ("name_pl", name)] {
            if text.trim().is_empty() {
                faults.push(BasketFault::Unnamed { list, entry: place + 1, key });
            }
        }
        if !id.trim().is_empty() && entries.iter().take(place).any(|(earlier, _)| earlier == id) {
            faults.push(BasketFault::Twice { list, id: (*id).to_owned() });
        }
    }
}

fn references(
    (list, id, key): (&'static str, &str, &'static str),
    named: &[String],
    there: &[(&str, &str)],
    faults: &mut Vec<BasketFault>,
) {
    for (place, got) in named.iter().enumerate() {
        let (id, got_owned) = (id.to_owned(), got.clone());
        if named.iter().take(place).any(|earlier| earlier == got) {
            faults.push(BasketFault::Repeated { list, id, key, got: got_owned });
        } else if !there.iter().any(|(known, _)| known == got) {
            let ids = there.iter().map(|(known, _)| *known);
            faults.push(BasketFault::Unknown { list, id, key, got: got_owned, nearest: nearest(got, ids) });
        }
    }
}

/// The id most like a word, if any is alike at all.
pub(super) fn nearest<'i>(word: &str, ids: impl Iterator<Item = &'i str>) -> Option<String> {
    let mut best: Option<(f64, &str)> = None;
    for id in ids {
        let likeness = strsim::normalized_damerau_levenshtein(word, id);
        if likeness >= 0.5 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, id));
        }
    }
    best.map(|(_, id)| id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::super::BASKET_TOML;
    use super::*;

    fn faults(text: &str) -> Vec<String> {
        let text = format!("format = \"diagnoza-service-basket/1\"\n{text}");
        match BasketSpec::from_toml("b.toml", &text).unwrap().check("b.toml") {
            Err(BasketError::Entries { faults, .. }) => faults.iter().map(ToString::to_string).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_template_holds_and_links_nothing() {
        let basket = BasketSpec::from_toml("template", BASKET_TOML).unwrap().check("template").unwrap();
        assert_eq!(basket.problems().len(), 14);
        assert!(
            basket.problems().iter().all(|problem| problem.services.is_empty() && !problem.source.is_empty())
        );
        assert!(
            basket
                .services()
                .iter()
                .all(|service| service.institutions.is_empty() && !service.source.is_empty())
        );
    }

    #[test]
    fn references_doubles_and_empty_names_are_listed_together() {
        let found = faults(
            r#"
            [[problem]]
            id = "age"
            services = ["care", "car", "care"]
            [[service]]
            id = "care"
            name_pl = "usługi"
            institutions = ["ops"]
            [[service]]
            id = "care"
            name_pl = "usługi"
            "#,
        );
        assert_eq!(
            found,
            [
                "problem 1 has no name_pl",
                "service 'care' is there twice: give each an id of its own",
                "problem 'age', services: there is no 'car', is 'care' meant?",
                "problem 'age', services: 'care' is named twice",
                "service 'care', institutions: there is no 'ops'",
            ]
        );
        assert_eq!(faults("").len(), 2);
    }

    #[test]
    fn cycles_are_told_once_and_chains_are_none() {
        let service = |id: &str, requires: &str| {
            format!("[[service]]\nid = \"{id}\"\nname_pl = \"{id}\"\nrequires = [{requires}]\n")
        };
        let problem = "[[problem]]\nid = \"p\"\nname_pl = \"p\"\n".to_owned();
        let cycle = [
            &problem,
            &service("a", "\"b\", \"d\""),
            &service("b", "\"c\""),
            &service("c", "\"a\""),
            &service("d", "\"d\""),
        ];
        let cycle: String = cycle.map(String::as_str).concat();
        assert_eq!(
            faults(&cycle),
            [
                "services that require each other: a -> b -> c -> a",
                "services that require each other: d -> d"
            ]
        );
        // Two ways to the same service are no cycle.
        let diamond = [
            &problem,
            &service("a", "\"b\", \"c\""),
            &service("b", "\"d\""),
            &service("c", "\"d\""),
            &service("d", ""),
        ];
        let diamond: String = diamond.map(String::as_str).concat();
        let text = format!("format = \"diagnoza-service-basket/1\"\n{diamond}");
        assert!(BasketSpec::from_toml("b", &text).unwrap().check("b").is_ok());
    }
}
