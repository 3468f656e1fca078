//! Texts that many rows share, each kept once.

use std::collections::HashMap;

use crate::report::page::tame;

/// Texts by number; number 0 is the empty one.
#[derive(Debug)]
pub struct Texts {
    list: Vec<String>,
    known: HashMap<String, usize>,
}

impl Texts {
    /// With nothing but the empty text.
    pub fn new() -> Texts {
        Texts {
            list: vec![String::new()],
            known: HashMap::from([(String::new(), 0)]),
        }
    }

    /// The number of a text.
    pub fn number(&mut self, text: &str) -> usize {
        let text = tame(text);
        if let Some(&number) = self.known.get(&text) {
            return number;
        }
        let number = self.list.len();
        self.list.push(text.clone());
        self.known.insert(text, number);
        number
    }

    /// The texts in order of their numbers.
    pub fn list(&self) -> &[String] {
        &self.list
    }
}
