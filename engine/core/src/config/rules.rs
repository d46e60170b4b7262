//! The language of `<failover>`: text in, rules and problems out. It knows no checkers, groups or
//! other rules; whoever calls it compares the names.
//!
//! ```text
//! rules      = { label ":" "if" "(" condition ")" "then" action ";" }
//! condition  = all { "||" all }
//! all        = unary { "&&" unary }
//! unary      = "!" unary | "(" condition ")" | resource ( "==" | "!=" ) state
//! resource   = [ "local." ] class "." ( id | "?" | "*" )
//! action     = ( "stop" | "stopstart" | "wait" | "restart" ) "(" ")" | "withdraw" "(" group ")"
//! ```
//!
//! After a problem reading goes on behind the next `;`, so each rule can have one.

use super::limits::{COMPARISONS_MAX, CONDITION_DEPTH_MAX, FAILOVER_RULES_MAX};
use super::model::{Comparison, Condition, FailoverRule, ResourceId, ResourcePattern, RuleAction};

mod lexer;

use lexer::{Lexer, Token};

pub(super) use lexer::is_word;

/// A rule and where things of it stand in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadRule {
    /// The rule.
    pub rule: FailoverRule,
    /// The byte where its label starts.
    pub label_at: usize,
    /// The bytes where its comparisons start, in the order of the text.
    pub comparisons_at: Vec<usize>,
    /// The byte where its action starts.
    pub action_at: usize,
}

/// What is wrong with a text of rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleProblem {
    /// The byte where it stands.
    pub at: usize,
    /// A sentence.
    pub message: String,
}

/// Reads the rules of a `<failover>`: those that can be read, and what is wrong with the others.
pub fn parse(text: &str) -> (Vec<ReadRule>, Vec<RuleProblem>) {
    let (mut rules, mut problems) = (Vec::new(), Vec::new());
    if let Some(at) = find_lua(text) {
        let message = "rules in Lua are not supported; write them as label: if (condition) then \
                       action;"
            .to_owned();
        return (rules, vec![RuleProblem { at, message }]);
    }
    let mut parser = Parser::new(text);
    while parser.peek() != Token::End {
        if rules.len() + problems.len() == FAILOVER_RULES_MAX {
            let at = parser.at();
            let message = format!("one rule too many; there can be {FAILOVER_RULES_MAX}");
            problems.push(RuleProblem { at, message });
            break;
        }
        match parser.rule() {
            Ok(rule) => rules.push(rule),
            Err(problem) => {
                problems.push(problem);
                parser.skip_rule();
            }
        }
    }
    (rules, problems)
}

/// Where the table of rules stands that only Lua has.
fn find_lua(text: &str) -> Option<usize> {
    let uses = |(at, name): (usize, &str)| {
        let rest = text[at + name.len()..].trim_start();
        let is_assigned = rest.starts_with('=') && !rest.starts_with("==");
        (is_assigned || rest.starts_with(".disable")).then_some(at)
    };
    text.match_indices("Rules").find_map(uses)
}

const TOO_DEEP: &str = "conditions stand too deep in each other; make several rules of it";

/// How many levels a condition has above its comparisons.
fn depth(condition: &Condition) -> usize {
    match condition {
        Condition::Is(_) => 0,
        Condition::Not(inner) => 1 + depth(inner),
        Condition::All(parts) | Condition::Any(parts) => {
            1 + parts.iter().map(depth).max().unwrap_or(0)
        }
    }
}

type Result<T> = std::result::Result<T, RuleProblem>;

struct Parser<'t> {
    lexer: Lexer<'t>,
    /// Where the comparisons of the present rule start.
    comparisons_at: Vec<usize>,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lexer: Lexer::new(text),
            comparisons_at: Vec::new(),
            depth: 0,
        }
    }

    fn peek(&self) -> Token<'t> {
        self.lexer.peek()
    }

    fn at(&self) -> usize {
        self.lexer.at()
    }

    fn problem<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(RuleProblem {
            at: self.at(),
            message: message.into(),
        })
    }

    /// Takes this token, which has to come.
    fn expect(&mut self, token: Token<'_>) -> Result<()> {
        let found = self.peek();
        if found != token {
            return self.problem(format!("{token} is missing here; there is {found}"));
        }
        self.lexer.next();
        Ok(())
    }

    fn skip_rule(&mut self) {
        while !matches!(self.lexer.next(), Token::Semicolon | Token::End) {}
    }

    fn rule(&mut self) -> Result<ReadRule> {
        let label_at = self.at();
        let Some(label) = self.lexer.label() else {
            return self.problem(format!(
                "a rule starts with its label, as in web: if (tcp.web == down) then restart(); \
                 here is {}",
                self.peek()
            ));
        };
        self.comparisons_at.clear();
        self.depth = 0;
        self.expect(Token::Word("if"))?;
        self.expect(Token::Open)?;
        let condition_at = self.at();
        let condition = self.any()?;
        if depth(&condition) > CONDITION_DEPTH_MAX {
            let message = TOO_DEEP.to_owned();
            let at = condition_at;
            return Err(RuleProblem { at, message });
        }
        self.expect(Token::Close)?;
        self.expect(Token::Word("then"))?;
        let action_at = self.at();
        let action = self.action()?;
        self.expect(Token::Semicolon)?;
        let rule = FailoverRule {
            label: label.to_owned(),
            condition,
            action,
        };
        Ok(ReadRule {
            rule,
            label_at,
            comparisons_at: std::mem::take(&mut self.comparisons_at),
            action_at,
        })
    }

    fn any(&mut self) -> Result<Condition> {
        self.row(Token::Or, Self::all, Condition::Any)
    }

    fn all(&mut self) -> Result<Condition> {
        self.row(Token::And, Self::unary, Condition::All)
    }

    /// One or more parts with the same sign between them.
    fn row(
        &mut self,
        sign: Token<'_>,
        part: fn(&mut Self) -> Result<Condition>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Result<Condition> {
        let first = part(self)?;
        if self.peek() != sign {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.peek() == sign {
            self.lexer.next();
            parts.push(part(self)?);
        }
        Ok(join(parts))
    }

    fn unary(&mut self) -> Result<Condition> {
        match self.peek() {
            Token::Not => {
                self.lexer.next();
                let inner = self.deeper(Self::unary)?;
                Ok(Condition::Not(Box::new(inner)))
            }
            Token::Open => {
                self.lexer.next();
                let inner = self.deeper(Self::any)?;
                self.expect(Token::Close)?;
                Ok(inner)
            }
            Token::Word(_) => self.comparison().map(Condition::Is),
            found @ (Token::Close
            | Token::Semicolon
            | Token::Equal
            | Token::Unequal
            | Token::And
            | Token::Or
            | Token::Quoted(_)
            | Token::Stray(_)
            | Token::End) => self.problem(format!(
                "a comparison is missing here, such as tcp.web == down; there is {found}"
            )),
        }
    }

    fn deeper(&mut self, read: fn(&mut Self) -> Result<Condition>) -> Result<Condition> {
        // Printed, a condition has up to two signs for each of its levels.
        if self.depth == 2 * CONDITION_DEPTH_MAX {
            return self.problem(TOO_DEEP);
        }
        self.depth += 1;
        let read = read(self)?;
        self.depth -= 1;
        Ok(read)
    }

    fn comparison(&mut self) -> Result<Comparison> {
        if self.comparisons_at.len() == COMPARISONS_MAX {
            return self.problem(format!(
                "a rule has at most {COMPARISONS_MAX} comparisons; make two rules of it"
            ));
        }
        self.comparisons_at.push(self.at());
        let resource = self.resource()?;
        let sign = self.peek();
        if sign != Token::Equal && sign != Token::Unequal {
            return self.problem(format!(
                "{resource} has to be compared by == or !=; there is {sign}"
            ));
        }
        self.lexer.next();
        let Token::Word(state) = self.peek() else {
            let found = self.peek();
            return self.problem(format!("a state such as down is missing; there is {found}"));
        };
        self.lexer.next();
        Ok(Comparison {
            resource,
            equal: sign == Token::Equal,
            state: state.to_owned(),
        })
    }

    fn resource(&mut self) -> Result<ResourcePattern> {
        let Token::Word(word) = self.peek() else {
            return self.problem("a resource is missing here, such as tcp.web");
        };
        if word.starts_with("remote.") {
            return self.problem(
                "resources of another node are for mirror modules, which are not supported; a \
                 rule of a farm can use those of its own node",
            );
        }
        let word = word.strip_prefix("local.").unwrap_or(word);
        let parts = word.split_once('.');
        let Some((class, id)) = parts.filter(|(class, id)| !class.is_empty() && !id.is_empty())
        else {
            return self.problem(format!(
                "{word:?} is no resource; write its class and its name, as in tcp.web"
            ));
        };
        let pattern = ResourcePattern {
            class: class.to_owned(),
            id: match id {
                "?" => ResourceId::Any,
                "*" => ResourceId::All,
                one if !one.contains(['?', '*']) => ResourceId::One(one.to_owned()),
                _ => return self.problem("? and * stand for a whole name, as in ip.?"),
            },
        };
        if class.contains(['?', '*']) {
            return self.problem("? and * stand for the name behind the class, as in ip.?");
        }
        self.lexer.next();
        Ok(pattern)
    }

    fn action(&mut self) -> Result<RuleAction> {
        let found = self.peek();
        let word = if let Token::Word(word) = found {
            word
        } else {
            ""
        };
        let action = match word {
            "stop" => Some(RuleAction::Stop),
            "stopstart" => Some(RuleAction::Stopstart),
            "wait" => Some(RuleAction::Wait),
            "restart" => Some(RuleAction::Restart),
            "withdraw" => None,
            "swap" => {
                return self.problem(
                    "swap() is for mirror modules, which are not supported; a farm has stop(), \
                     stopstart(), wait(), restart() and withdraw(group)",
                );
            }
            _ => {
                return self.problem(format!(
                    "an action is missing here; there is {found}. It can be stop(), stopstart(), \
                     wait(), restart() or withdraw(group)"
                ));
            }
        };
        self.lexer.next();
        self.expect(Token::Open)?;
        let action = match action {
            Some(action) => action,
            None => RuleAction::Withdraw(self.group()?),
        };
        self.expect(Token::Close)?;
        Ok(action)
    }

    fn group(&mut self) -> Result<String> {
        let found = self.peek();
        let (Token::Word(name) | Token::Quoted(name)) = found else {
            return self.problem(format!(
                "the name of a group is missing here; there is {found}"
            ));
        };
        self.lexer.next();
        Ok(name.to_owned())
    }
}
