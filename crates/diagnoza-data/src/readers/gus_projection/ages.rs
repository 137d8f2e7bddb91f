/// Ages a label stands for. The last age is `None` if the group is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ages {
    pub(super) first: i32,
    pub(super) last: Option<i32>,
}

impl Ages {
    /// Reads `7`, `0-4` or `90+`; `None` for anything else, bounds that differ by sex included.
    pub(super) fn parse(label: &str) -> Option<Self> {
        let age = |text: &str| text.trim().parse::<u8>().ok().map(i32::from);
        let label = label.trim();
        if let Some(first) = label.strip_suffix('+') {
            return Some(Self { first: age(first)?, last: None });
        }
        if let Some((first, last)) = label.split_once('-') {
            return Some(Self { first: age(first)?, last: Some(age(last)?) });
        }
        let only = age(label)?;
        Some(Self { first: only, last: Some(only) })
    }

    pub(super) fn holds(self, other: Self) -> bool {
        let ends_before = match (self.last, other.last) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(last), Some(other)) => other <= last,
        };
        self.first <= other.first && ends_before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_gus_read_as_ages() {
        let ages = |first, last| Some(Ages { first, last });
        assert_eq!(Ages::parse("0"), ages(0, Some(0)));
        assert_eq!(Ages::parse("   18-44"), ages(18, Some(44)));
        assert_eq!(Ages::parse("90+"), ages(90, None));
        for differs_or_wrong in ["18-59/64", "60+/65+", "Ogółem", "", "-1", "300"] {
            assert_eq!(Ages::parse(differs_or_wrong), None, "{differs_or_wrong}");
        }
    }
}
