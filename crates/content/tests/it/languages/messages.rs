//! The messages in a language's files.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, Resource, VariantKey},
    parser,
};
use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// What there is to know of a message.
#[derive(Debug, Default)]
pub(super) struct Message {
    pub(super) variables: BTreeSet<String>,
    /// Those that only choose a form: a language without forms may leave them out.
    pub(super) selectors: BTreeSet<String>,
    /// The messages it refers to.
    references: BTreeSet<String>,
    /// The forms of each choice in it, the default among them.
    choices: Vec<BTreeSet<String>>,
    /// The pieces of text.
    texts: Vec<String>,
    empty: bool,
}

/// All messages of a language.
#[derive(Debug, Default)]
pub(super) struct Messages {
    messages: BTreeMap<String, Message>,
    faults: Vec<String>,
}

impl Messages {
    pub(super) fn of(tag: &str) -> Self {
        let folder = format!("{}/../../locales/{tag}", env!("CARGO_MANIFEST_DIR"));
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let mut all = Self::default();
        for file in files {
            all.add(&fs::read_to_string(file).unwrap());
        }
        all
    }

    pub(super) fn read(file: &str) -> Self {
        let mut messages = Self::default();
        messages.add(file);
        messages
    }

    fn add(&mut self, file: &str) {
        let resource: Resource<&str> = parser::parse(file).unwrap_or_else(|(readable, errors)| {
            self.faults.extend(errors.iter().map(|error| format!("can't be read: {error}")));
            readable
        });
        for entry in resource.body {
            let Entry::Message(read) = entry else { continue };
            let mut message = Message::default();
            if let Some(pattern) = &read.value {
                message.look_at(pattern);
            }
            message.empty = message.all().is_empty()
                && message.references.is_empty()
                && message.texts.concat().is_empty();
            let id = read.id.name.to_owned();
            if self.messages.insert(id.clone(), message).is_some() {
                self.faults.push(format!("{id} is there twice"));
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.messages.len()
    }

    pub(super) fn with_plural(&self) -> usize {
        self.messages.values().filter(|message| !message.choices.is_empty()).count()
    }

    pub(super) fn get(&self, id: &str) -> Option<&Message> {
        self.messages.get(id)
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }

    /// Every piece of text, with its message.
    pub(super) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.messages
            .iter()
            .flat_map(|(id, message)| message.texts.iter().map(|text| (id.as_str(), text.as_str())))
    }
}

impl Message {
    /// The values that it needs to be said.
    pub(super) fn all(&self) -> BTreeSet<String> {
        self.variables.union(&self.selectors).cloned().collect()
    }

    fn look_at(&mut self, pattern: &Pattern<&str>) {
        // A value stands as a mark, so that what is before and behind it can be looked at together.
        let mut text = String::new();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => text.push_str(value),
                PatternElement::Placeable { expression } => self.expression(expression, &mut text),
            }
        }
        self.texts.push(text);
    }

    fn expression(&mut self, expression: &Expression<&str>, text: &mut String) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, text),
            Expression::Select { selector, variants } => {
                if let InlineExpression::VariableReference { id } = selector {
                    self.selectors.insert(id.name.to_owned());
                } else {
                    self.inline(selector, &mut String::new());
                }
                let name = |key: &VariantKey<&str>| match key {
                    VariantKey::Identifier { name } => (*name).to_owned(),
                    VariantKey::NumberLiteral { value } => (*value).to_owned(),
                };
                self.choices.push(variants.iter().map(|variant| name(&variant.key)).collect());
                for variant in variants {
                    self.look_at(&variant.value);
                }
                text.push('…');
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>, text: &mut String) {
        match inline {
            InlineExpression::StringLiteral { value } => {
                text.push_str(&fluent_syntax::unicode::unescape_unicode_to_string(value));
            }
            InlineExpression::NumberLiteral { value } => text.push_str(value),
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
                text.push('…');
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
                text.push('…');
            }
            InlineExpression::Placeable { expression } => self.expression(expression, text),
            InlineExpression::FunctionReference { id, .. }
            | InlineExpression::TermReference { id, .. } => {
                // Neither is needed so far, and the program sets none up.
                self.references.insert(format!("-{}", id.name));
            }
        }
    }
}

/// What a language's messages lack, compared with the original.
pub(super) fn compare(tag: &str, original: &Messages, messages: &Messages) -> Vec<String> {
    let mut faults = messages.faults.clone();
    faults.extend(
        original.ids().filter(|id| messages.get(id).is_none()).map(|id| format!("{id} is missing")),
    );
    let needed = plural_forms(tag);
    for (id, message) in &messages.messages {
        let Some(in_original) = original.get(id) else {
            faults.push(format!("{id} is not in the original"));
            continue;
        };
        if message.empty {
            faults.push(format!("{id} is empty"));
        }
        let (all, originally) = (message.all(), in_original.all());
        if !all.is_subset(&originally) || !in_original.variables.is_subset(&all) {
            faults.push(format!("{id} has the values {all:?}, the original {originally:?}"));
        }
        for reference in &message.references {
            if messages.get(reference).is_none() {
                faults.push(format!("{id} refers to {reference}, which is missing"));
            }
        }
        for choice in &message.choices {
            let forms: BTreeSet<_> =
                choice.iter().filter(|form| form.parse::<u32>().is_err()).cloned().collect();
            if forms != needed {
                faults.push(format!("{id} has the plural forms {forms:?}, and needs {needed:?}"));
            }
        }
    }
    faults.iter().map(|fault| format!("{tag}: {fault}")).collect()
}

/// The forms that a language has for whole numbers (CLDR).
fn plural_forms(tag: &str) -> BTreeSet<String> {
    let language: LanguageIdentifier = tag.split('-').next().unwrap().parse().unwrap();
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL).unwrap();
    let name = |category| match category {
        PluralCategory::ZERO => "zero",
        PluralCategory::ONE => "one",
        PluralCategory::TWO => "two",
        PluralCategory::FEW => "few",
        PluralCategory::MANY => "many",
        PluralCategory::OTHER => "other",
    };
    (0..1000_u32).map(|number| name(rules.select(number).unwrap()).to_owned()).collect()
}
