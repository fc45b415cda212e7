//! The syntax tree of an expression.

use std::fmt;

use stepladder_yaml::TextRange;

/// A node: what it is and where it stands in the source of the expression (bytes, without parentheses around it).
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub range: TextRange,
    /// What it is.
    pub kind: ExprKind,
}

/// A name with its place. Empty when it is still to be written, as in `github.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written; names are compared without regard to case.
    pub text: String,
    /// Where it stands.
    pub range: TextRange,
}

impl Name {
    /// Whether it is `other`, in any case.
    #[must_use]
    pub fn is(&self, other: &str) -> bool {
        self.text.eq_ignore_ascii_case(other)
    }
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// `'text'`, without its quotes and with `''` as one quote.
    String(String),
    /// The name of a context: `github`.
    Context(Name),
    /// `object.name`
    Property {
        /// What stands before the dot.
        object: Box<Expr>,
        /// What stands after it.
        name: Name,
    },
    /// `object[index]`
    Index {
        /// What stands before the bracket.
        object: Box<Expr>,
        /// What stands in the brackets.
        index: Box<Expr>,
    },
    /// `object.*` and `object[*]`: all items of an array, all values of an object.
    Filter {
        /// What stands before it.
        object: Box<Expr>,
    },
    /// `name(arguments)`
    Call {
        /// The function.
        function: Name,
        /// Its arguments.
        args: Vec<Expr>,
    },
    /// `!operand`
    Not(Box<Expr>),
    /// `left == right` and the like.
    Compare {
        /// How they are compared.
        op: Compare,
        /// Left of the operator.
        left: Box<Expr>,
        /// Right of it.
        right: Box<Expr>,
    },
    /// `a && b && c`, `a || b || c`: two operands or more.
    Logical {
        /// Which of the two.
        op: Logical,
        /// What it joins, from left to right.
        operands: Vec<Expr>,
    },
    /// Nothing stands where a value is needed; an error tells so.
    Missing,
    /// What stands side by side with nothing that joins it; an error tells so.
    Parts(Vec<Expr>),
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Compare {
    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// Whether it asks for the order of its operands, not for their equality.
    #[must_use]
    pub fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }
}

/// A logical operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Logical {
    /// `&&`
    And,
    /// `||`
    Or,
}

impl Logical {
    /// As it is written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::And => "&&",
            Self::Or => "||",
        }
    }
}

impl Expr {
    /// The nodes directly below it, from left to right.
    pub fn children(&self) -> impl Iterator<Item = &Expr> {
        let (two, many): ([Option<&Expr>; 2], &[Expr]) = match &self.kind {
            ExprKind::Property { object, .. } | ExprKind::Filter { object } | ExprKind::Not(object) => {
                ([Some(object), None], &[])
            }
            ExprKind::Index { object, index } => ([Some(object), Some(index)], &[]),
            ExprKind::Compare { left, right, .. } => ([Some(left), Some(right)], &[]),
            ExprKind::Call { args: many, .. }
            | ExprKind::Logical { operands: many, .. }
            | ExprKind::Parts(many) => ([None, None], many),
            _ => ([None, None], &[]),
        };
        two.into_iter().flatten().chain(many)
    }

    /// Calls `see` for this node and for all below it, a node before what is below it.
    pub fn walk<'a>(&'a self, see: &mut impl FnMut(&'a Expr)) {
        see(self);
        for child in self.children() {
            child.walk(see);
        }
    }

    /// Whether this node or one below it is so.
    pub fn any(&self, test: &impl Fn(&Expr) -> bool) -> bool {
        test(self) || self.children().any(|child| child.any(test))
    }

    /// The innermost node that `offset` (bytes, in the source) touches, with the nodes around it, outermost first.
    #[must_use]
    pub fn path_to(&self, offset: u32) -> Vec<&Expr> {
        let (mut path, mut at) = (Vec::new(), self);
        loop {
            path.push(at);
            match at.children().filter(|child| child.range.touches(offset)).last() {
                Some(child) => at = child,
                None => return path,
            }
        }
    }

    /// How tightly it binds: an operand that binds less tightly than its place needs parentheses.
    fn binding(&self) -> u8 {
        match &self.kind {
            ExprKind::Logical { op: Logical::Or, .. } => 0,
            ExprKind::Logical { op: Logical::And, .. } => 1,
            ExprKind::Compare { op, .. } if !op.is_order() => 2,
            ExprKind::Compare { .. } => 3,
            ExprKind::Not(_) => 4,
            ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) => 5,
            _ => 6,
        }
    }

    fn print(&self, needed: u8, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let binding = self.binding();
        if binding < needed {
            out.write_str("(")?;
            self.print(0, out)?;
            return out.write_str(")");
        }
        match &self.kind {
            ExprKind::Null => out.write_str("null"),
            ExprKind::Bool(true) => out.write_str("true"),
            ExprKind::Bool(false) => out.write_str("false"),
            ExprKind::Number(n) if n.is_infinite() => {
                out.write_str(if *n > 0.0 { "Infinity" } else { "-Infinity" })
            }
            ExprKind::Number(n) if n.abs() >= 1e15 || (*n != 0.0 && n.abs() < 1e-4) => write!(out, "{n:e}"),
            ExprKind::Number(n) => write!(out, "{n}"),
            ExprKind::String(text) => write!(out, "'{}'", text.replace('\'', "''")),
            ExprKind::Context(name) => out.write_str(&name.text),
            ExprKind::Property { object, name } => {
                object.print(6, out)?;
                write!(out, ".{}", name.text)
            }
            ExprKind::Index { object, index } => {
                object.print(6, out)?;
                out.write_str("[")?;
                index.print(0, out)?;
                out.write_str("]")
            }
            ExprKind::Filter { object } => {
                object.print(6, out)?;
                out.write_str(".*")
            }
            ExprKind::Call { function, args } => {
                write!(out, "{}(", function.text)?;
                for (i, arg) in args.iter().enumerate() {
                    if i > 0 {
                        out.write_str(", ")?;
                    }
                    arg.print(0, out)?;
                }
                out.write_str(")")
            }
            ExprKind::Not(operand) => {
                out.write_str("!")?;
                operand.print(4, out)
            }
            ExprKind::Compare { op, left, right } => {
                left.print(binding, out)?;
                write!(out, " {} ", op.symbol())?;
                right.print(binding + 1, out)
            }
            ExprKind::Logical { op, operands } => {
                for (i, operand) in operands.iter().enumerate() {
                    if i > 0 {
                        write!(out, " {} ", op.symbol())?;
                    }
                    operand.print(binding + 1, out)?;
                }
                Ok(())
            }
            ExprKind::Missing => Ok(()),
            ExprKind::Parts(parts) => {
                for (i, part) in parts.iter().enumerate() {
                    if i > 0 {
                        out.write_str(" ")?;
                    }
                    part.print(0, out)?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Expr {
    /// The expression in its plainest form: single blanks around operators, only the parentheses that are needed.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.print(0, out)
    }
}
