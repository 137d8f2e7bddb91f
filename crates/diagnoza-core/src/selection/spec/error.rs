/// A text that is no specification: where, which key, and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}{}: {problem}", in_key(.key))]
pub struct SpecError {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// Path of the key, such as `criterion.direction`; empty at the top level.
    pub key: String,
    /// What was got and which words are allowed.
    pub problem: String,
}

fn in_key(key: &str) -> String {
    if key.is_empty() { String::new() } else { format!(", {key}") }
}

impl SpecError {
    /// A text that is no JSON.
    pub(in crate::selection) fn of_json(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let problem = text.rsplit_once(" at line ").map_or(text.as_str(), |(problem, _)| problem);
        let (line, column) = (error.line().max(1), error.column().max(1));
        Self { line, column, key: String::new(), problem: problem.to_owned() }
    }

    /// A fault of JSON that is no specification: the place in it, and the key as TOML names it.
    pub(super) fn with_place_of(self, error: Option<serde_json::Error>) -> Self {
        let Some(error) = error else { return self };
        Self { line: error.line().max(1), column: error.column().max(1), ..self }
    }

    pub(in crate::selection) fn at(text: &str, mut error: toml::de::Error) -> Self {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let before = text.get(..start).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        let problem = error.message().to_owned();
        // Without its input the error prints the path of the key instead of the line.
        error.set_input(None);
        let printed = error.to_string();
        let path = printed.trim_end().rsplit_once("\nin `").map_or("", |(_, path)| path);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            key: path.trim_end_matches('`').to_owned(),
            problem,
        }
    }
}
