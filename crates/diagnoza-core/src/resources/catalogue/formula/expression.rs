use std::fmt;

use crate::resources::catalogue::UnitOfMeasure;

/// What a formula computes; `at` is the character, counted from 1, where a part stands in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Number(f64),
    Input { name: String, at: usize },
    Negative(Box<Expression>),
    Binary { operator: Operator, at: usize, left: Box<Expression>, right: Box<Expression> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Plus,
    Minus,
    Times,
    Over,
}

/// Unit of an input by name, if it is known.
pub(super) type UnitOf<'a> = dyn Fn(&str) -> Option<UnitOfMeasure> + 'a;

impl Operator {
    pub(super) const fn symbol(self) -> char {
        match self {
            Self::Plus => '+',
            Self::Minus => '-',
            Self::Times => '*',
            Self::Over => '/',
        }
    }
}

impl Expression {
    /// The inputs with the place where each stands first, in the order of the text.
    pub(super) fn inputs(&self) -> Vec<(&str, usize)> {
        let mut found: Vec<(&str, usize)> = Vec::new();
        self.visit(&mut |name, at| {
            if found.iter().all(|(known, _)| *known != name) {
                found.push((name, at));
            }
        });
        found
    }

    fn visit<'a>(&'a self, see: &mut impl FnMut(&'a str, usize)) {
        match self {
            Self::Number(_) => {}
            Self::Input { name, at } => see(name, *at),
            Self::Negative(of) => of.visit(see),
            Self::Binary { left, right, .. } => {
                left.visit(see);
                right.visit(see);
            }
        }
    }

    /// How tightly it binds: a sum needs brackets inside a product.
    const fn rank(&self) -> u8 {
        match self {
            Self::Binary { operator: Operator::Plus | Operator::Minus, .. } => 0,
            Self::Binary { .. } | Self::Negative(_) => 1,
            Self::Number(_) | Self::Input { .. } => 2,
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, lowest: u8) -> fmt::Result {
        if self.rank() < lowest { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Input { name, .. } => f.write_str(name),
            Self::Negative(of) => {
                f.write_str("-")?;
                of.write(f, 2)
            }
            Self::Binary { operator, left, right, .. } => {
                left.write(f, self.rank())?;
                write!(f, " {} ", operator.symbol())?;
                // `a - (b - c)` and `a / (b * c)` keep their brackets.
                right.write(f, self.rank() + u8::from(!matches!(operator, Operator::Plus)))
            }
        }
    }
}
