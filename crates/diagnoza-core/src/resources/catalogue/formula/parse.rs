use super::FormulaError;
use super::expression::{Expression, Operator};
use super::token::{Placed, Token, tokens};

/// Characters a formula may have.
pub(super) const LONGEST: usize = 2000;
/// Brackets and signs that may stand inside each other.
pub(super) const DEEPEST: usize = 50;

/// Reads `sum := product (+|- product)*`, `product := factor (*|/ factor)*`,
/// `factor := number | input | ( sum ) | - factor`.
pub(super) fn parse(text: &str) -> Result<Expression, FormulaError> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(FormulaError::TooLong { length, limit: LONGEST });
    }
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, next: 0, end: length + 1 };
    let sum = reader.sum(0)?;
    match reader.peek() {
        None => Ok(sum),
        Some(_) => Err(reader.unexpected("one of + - * / or the end")),
    }
}

struct Reader<'a> {
    tokens: &'a [Placed],
    next: usize,
    /// The place after the last character.
    end: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<&Placed> {
        self.tokens.get(self.next)
    }

    /// The next sign if it is one of `signs`, and where it stands.
    fn sign(&mut self, signs: &[char]) -> Option<(char, usize)> {
        match self.peek() {
            Some(&(Token::Sign(sign), at)) if signs.contains(&sign) => {
                self.next += 1;
                Some((sign, at))
            }
            _ => None,
        }
    }

    fn sum(&mut self, depth: usize) -> Result<Expression, FormulaError> {
        let mut sum = self.product(depth)?;
        while let Some((sign, at)) = self.sign(&['+', '-']) {
            let operator = if sign == '+' { Operator::Plus } else { Operator::Minus };
            sum = binary(operator, at, sum, self.product(depth)?);
        }
        Ok(sum)
    }

    fn product(&mut self, depth: usize) -> Result<Expression, FormulaError> {
        let mut product = self.factor(depth)?;
        while let Some((sign, at)) = self.sign(&['*', '/']) {
            let operator = if sign == '*' { Operator::Times } else { Operator::Over };
            product = binary(operator, at, product, self.factor(depth)?);
        }
        Ok(product)
    }

    fn factor(&mut self, depth: usize) -> Result<Expression, FormulaError> {
        let at = self.peek().map_or(self.end, |(_, at)| *at);
        if depth > DEEPEST {
            return Err(FormulaError::TooDeep { at, limit: DEEPEST });
        }
        match self.peek().cloned() {
            Some((Token::Number(number), _)) => {
                self.next += 1;
                Ok(Expression::Number(number))
            }
            Some((Token::Input(name), at)) => {
                self.next += 1;
                Ok(Expression::Input { name, at })
            }
            Some((Token::Sign('-'), _)) => {
                self.next += 1;
                Ok(Expression::Negative(Box::new(self.factor(depth + 1)?)))
            }
            Some((Token::Sign('('), _)) => {
                self.next += 1;
                let inner = self.sum(depth + 1)?;
                match self.sign(&[')']) {
                    Some(_) => Ok(inner),
                    None => Err(self.unexpected("one of + - * / or )")),
                }
            }
            _ => Err(self.unexpected("a number, an input or (")),
        }
    }

    fn unexpected(&self, expected: &'static str) -> FormulaError {
        let (got, at) = match self.peek() {
            None => ("the end".to_owned(), self.end),
            Some((Token::Number(number), at)) => (number.to_string(), *at),
            Some((Token::Input(name), at)) => (name.clone(), *at),
            Some((Token::Sign(sign), at)) => (sign.to_string(), *at),
        };
        FormulaError::Unexpected { at, got, expected }
    }
}

fn binary(operator: Operator, at: usize, left: Expression, right: Expression) -> Expression {
    Expression::Binary { operator, at, left: Box::new(left), right: Box::new(right) }
}
