use std::collections::BTreeMap;

/// Rows seen by what identifies them, to name both rows of a duplicate.
pub(crate) struct Seen<K = Vec<String>>(BTreeMap<K, usize>);

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Seen<K> {
    /// The earlier row with the same key, if there is one.
    pub(crate) fn insert(&mut self, key: K, row: usize) -> Option<usize> {
        if let Some(&earlier) = self.0.get(&key) {
            return Some(earlier);
        }
        self.0.insert(key, row);
        None
    }
}
