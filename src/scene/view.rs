//! What a scene gives back.

use serde::{Serialize, Serializer};

use super::math::Math;
use super::value::Value;
use crate::divergence::{Answer, Request};
use crate::figure::{Figure, Role};
use crate::quantity::{Method, Quantity, Unit};
use crate::text::Text;

/// What a scene shows and says in one state.
#[derive(Debug, Default)]
pub struct View {
    /// The figure.
    pub figure: Figure,
    /// The live numbers.
    pub readouts: Vec<Readout>,
    /// One sentence that says what is to be seen now.
    pub description: Text,
    /// The formulae, with the current numbers in them.
    pub formulas: Vec<Formula>,
    /// States worth seeing.
    pub presets: Vec<Preset>,
    /// Questions to answer before looking.
    pub questions: Vec<Question>,
    /// Things to bring about.
    pub goals: Vec<Goal>,
    /// The unit of information that the scene is about, where the reader has no choice of it.
    pub counts_in: Option<Unit>,
}

/// One live number.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Readout {
    /// Its name for programs.
    pub id: String,
    /// The heading it stands under; nothing for the scene's main numbers.
    pub group: Text,
    /// Its name for people.
    pub label: Text,
    /// The number with its error and unit.
    pub quantity: Quantity,
    /// How it was got; nothing for counts.
    pub method: Option<Method>,
    /// Why it is infinite.
    pub cause: Option<Text>,
    /// Whose colour it wears.
    pub role: Role,
    /// What it is, so that programs can compute it again.
    #[serde(skip)]
    pub request: Option<Request>,
}

/// A formula under a short heading.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Formula {
    /// What it computes.
    pub label: Text,
    /// The formula; it is shown with the signs that its numbers ask for ([`Math::signed`]).
    #[serde(serialize_with = "with_signs")]
    pub math: Math,
}

fn with_signs<S: Serializer>(math: &Math, serializer: S) -> Result<S::Ok, S::Error> {
    math.clone().signed().serialize(serializer)
}

/// A state worth seeing, by name. Controls it does not name take their defaults.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Preset {
    /// Its name for programs and links.
    pub id: &'static str,
    /// Its name for people.
    pub label: Text,
    /// The values it sets.
    pub values: Vec<(String, Value)>,
}

/// A question to commit to before the numbers are shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// Its name for links.
    pub id: &'static str,
    /// The question.
    pub ask: Text,
    /// The state it is asked in; controls not named take their defaults.
    pub values: Vec<(String, Value)>,
    /// The options: an id, the words, and what to say to who chose it.
    pub options: Vec<(&'static str, Text, Text)>,
    /// The id of the right option.
    pub answer: &'static str,
}

/// Something to bring about by moving things.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Goal {
    /// Its name for programs.
    pub id: &'static str,
    /// What to bring about.
    pub text: Text,
    /// Whether the present state does.
    pub reached: bool,
}

impl View {
    /// The same view while a question is open: the figure, which its scene drew without the answer, and nothing that
    /// is computed.
    #[must_use]
    pub(super) fn withheld(mut self) -> Self {
        self.goals.iter_mut().for_each(|goal| goal.reached = false);
        Self { readouts: Vec::new(), description: Text::default(), formulas: Vec::new(), ..self }
    }

    /// The same view with information in bits: the one place of that conversion. Numbers and words follow the unit, and
    /// formulae with them ([`Math::in_bits`]); what is plotted stays in nats, and axes write their ticks in bits.
    #[must_use]
    pub fn in_bits(mut self) -> Self {
        for readout in &mut self.readouts {
            readout.quantity = readout.quantity.in_bits();
            bits(&mut readout.label);
            readout.cause.iter_mut().for_each(bits);
        }
        for Formula { label, math } in &mut self.formulas {
            bits(label);
            *math = math.clone().in_bits();
        }
        for question in &mut self.questions {
            bits(&mut question.ask);
            question.options.iter_mut().for_each(|(_, words, reply)| [words, reply].into_iter().for_each(bits));
        }
        self.goals.iter_mut().for_each(|goal| bits(&mut goal.text));
        self.figure.words().into_iter().for_each(bits);
        bits(&mut self.description);
        self
    }
}

impl Readout {
    /// A computed number.
    pub fn new(id: impl Into<String>, label: impl Into<Text>, answer: &Answer, unit: Unit, role: Role) -> Self {
        Self {
            id: id.into(),
            group: Text::default(),
            label: label.into(),
            quantity: answer.quantity(unit),
            method: Some(answer.method),
            cause: answer.cause.clone(),
            role,
            request: None,
        }
    }

    /// A computed number that is no divergence: a mean, a place, a price.
    pub fn computed(
        id: impl Into<String>,
        label: impl Into<Text>,
        quantity: Quantity,
        method: Method,
        role: Role,
    ) -> Self {
        Self { method: Some(method), ..Self::plain(id, label, quantity, role) }
    }

    /// A number that needs no method: a count.
    pub fn plain(id: impl Into<String>, label: impl Into<Text>, quantity: Quantity, role: Role) -> Self {
        let group = Text::default();
        Self { id: id.into(), group, label: label.into(), quantity, method: None, cause: None, role, request: None }
    }

    /// The readout with what it is, so that programs can compute it again; nothing where it can't be written down.
    #[must_use]
    pub fn computes(mut self, request: impl Into<Option<Request>>) -> Self {
        self.request = request.into();
        self
    }

    /// The readout under a heading.
    #[must_use]
    pub fn under(mut self, group: impl Into<Text>) -> Self {
        self.group = group.into();
        self
    }
}

impl Preset {
    /// A preset that sets the given numbers.
    pub fn new(id: &'static str, label: impl Into<Text>, values: &[(&str, f64)]) -> Self {
        Self { id, label: label.into(), values: numbers(values) }
    }

    /// The preset with one more value of any kind.
    #[must_use]
    pub fn with(mut self, control: &str, value: impl Into<Value>) -> Self {
        self.values.push((control.to_owned(), value.into()));
        self
    }
}

impl Question {
    /// A question asked in the state that the given numbers set; `options` are id, words, reply.
    pub fn new(
        id: &'static str,
        ask: impl Into<Text>,
        values: &[(&str, f64)],
        options: &[(&'static str, &'static str, &'static str)],
        answer: &'static str,
    ) -> Self {
        let options = options.iter().map(|(id, words, reply)| (*id, Text::new(words), Text::new(reply))).collect();
        Self { id, ask: ask.into(), values: numbers(values), options, answer }
    }

    /// The question with a number that its words tell by name: as every number, it follows the unit.
    #[must_use]
    pub fn telling(mut self, name: &'static str, number: Quantity) -> Self {
        let place = format!("{{{name}}}");
        let tell = |words: &mut Text| *words = std::mem::take(words).with(name, number);
        let options = self.options.iter_mut().flat_map(|(_, words, reply)| [words, reply]);
        options.chain([&mut self.ask]).filter(|words| words.key.contains(&place)).for_each(tell);
        self
    }

    /// The question asked in a state with one more value of any kind.
    #[must_use]
    pub fn with(mut self, control: &str, value: impl Into<Value>) -> Self {
        self.values.push((control.to_owned(), value.into()));
        self
    }
}

impl Goal {
    /// A goal and whether it is reached.
    pub fn new(id: &'static str, text: impl Into<Text>, reached: bool) -> Self {
        Self { id, text: text.into(), reached }
    }
}

impl Formula {
    /// A formula under a heading.
    pub fn new(label: impl Into<Text>, math: impl Into<Math>) -> Self {
        Self { label: label.into(), math: math.into() }
    }
}

/// The words with information in bits.
fn bits(words: &mut Text) {
    *words = std::mem::take(words).in_bits();
}

fn numbers(values: &[(&str, f64)]) -> Vec<(String, Value)> {
    values.iter().map(|(id, v)| ((*id).to_owned(), Value::Number(*v))).collect()
}
