//! Labels in words or numbers.

use std::collections::HashMap;

use shared::classes::{ClassId, ClassNames};

use super::number::{Number, number};
use super::pictures::folded;
use super::table::{LabelKind, beginning};

/// Names that a message lists.
const LISTED: usize = 12;

/// What a label may be.
pub(crate) struct ClassCells<'a> {
    names: &'a ClassNames,
    kind: LabelKind,
    /// Classes by their names without regard to case and Unicode's normal forms.
    folded: HashMap<String, Vec<ClassId>>,
}

impl<'a> ClassCells<'a> {
    pub fn new(names: &'a ClassNames, kind: LabelKind) -> Self {
        let mut by_name: HashMap<String, Vec<ClassId>> = HashMap::new();
        for (class, name) in names.ids().zip(names.names()) {
            by_name.entry(folded(name.trim())).or_default().push(class);
        }
        Self {
            names,
            kind,
            folded: by_name,
        }
    }

    /// The class that a trimmed cell names or numbers.
    ///
    /// # Errors
    /// What is wrong with it, and what to do.
    pub fn class(&self, cell: &str) -> Result<ClassId, String> {
        let by_name = match self.kind {
            LabelKind::Number => None,
            LabelKind::Name | LabelKind::Either => self.named(cell)?,
        };
        let by_number = match self.kind {
            LabelKind::Name => None,
            LabelKind::Number | LabelKind::Either => self.numbered(cell),
        };
        match (by_name, by_number) {
            (Some(named), Some(numbered)) if named != numbered => Err(format!(
                "label {cell:?} is the name of class {named} and the number of class {numbered}; call the column class_name or \
                 class_id"
            )),
            (Some(class), _) | (None, Some(class)) => Ok(class),
            (None, None) => Err(format!(
                "label {:?} is not a class; {}",
                beginning(cell),
                self.allowed()
            )),
        }
    }

    /// Whether a trimmed cell names or numbers a class.
    pub fn is_class(&self, cell: &str) -> bool {
        self.class(cell).is_ok()
    }

    /// The class that a trimmed cell names, if any.
    ///
    /// # Errors
    /// Where it could be several: which, and what to do.
    pub fn named(&self, cell: &str) -> Result<Option<ClassId>, String> {
        let exact = |class: &&ClassId| {
            self.names
                .name(**class)
                .is_some_and(|name| name.trim() == cell)
        };
        match self.folded.get(&folded(cell)).map_or(&[][..], Vec::as_slice) {
            [] => Ok(None),
            [class] => Ok(Some(*class)),
            several => several.iter().find(exact).copied().map(Some).ok_or_else(|| {
                format!(
                    "label {cell:?} could be class {} or {}; write the name as it is, or the number",
                    several[0], several[1]
                )
            }),
        }
    }

    fn numbered(&self, cell: &str) -> Option<ClassId> {
        match number(cell) {
            Number::Whole(number) => u8::try_from(number)
                .ok()
                .map(ClassId)
                .filter(|class| self.names.name(*class).is_some()),
            Number::Other | Number::Unsure(_) => None,
        }
    }

    fn allowed(&self) -> String {
        let mut names = self
            .names
            .names()
            .iter()
            .take(LISTED)
            .cloned()
            .collect::<Vec<_>>();
        if names.len() < self.names.len() {
            names.push("...".to_owned());
        }
        let (last, names) = (self.names.len() - 1, names.join(", "));
        match self.kind {
            LabelKind::Number => format!("classes are 0 to {last}"),
            LabelKind::Name => format!("classes are {names}"),
            LabelKind::Either => format!("classes are 0 to {last}, or {names}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(names: &[&str], kind: LabelKind, cell: &str) -> Result<u8, String> {
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let names = ClassNames::new(names).unwrap();
        ClassCells::new(&names, kind)
            .class(cell)
            .map(|class| class.0)
    }

    #[test]
    fn a_class_has_a_name_and_a_number() {
        let names = ["horse", "Caf\u{e9}", "bed"];
        for (cell, expected) in [
            ("horse", 0),
            ("HORSE", 0),
            ("cafe\u{301}", 1),
            ("2", 2),
            ("2.0", 2),
            ("02", 2),
            ("2.000000000000000000e+00", 2),
        ] {
            assert_eq!(
                class(&names, LabelKind::Either, cell),
                Ok(expected),
                "{cell}"
            );
        }
        let error = class(&names, LabelKind::Either, "3").unwrap_err();
        assert_eq!(
            error,
            "label \"3\" is not a class; classes are 0 to 2, or horse, Caf\u{e9}, bed"
        );
        class(&names, LabelKind::Number, "bed").unwrap_err();
        class(&names, LabelKind::Name, "2").unwrap_err();
    }

    #[test]
    fn names_that_are_numbers_are_taken_where_only_one_class_can_be_meant() {
        let names = ["3", "1", "0"];
        assert_eq!(class(&names, LabelKind::Either, "3"), Ok(0));
        assert_eq!(class(&names, LabelKind::Either, "1"), Ok(1));
        let error = class(&names, LabelKind::Either, "0").unwrap_err();
        assert!(error.contains("class_name or class_id"), "{error}");
        assert_eq!(class(&names, LabelKind::Name, "0"), Ok(2));
        assert_eq!(class(&names, LabelKind::Number, "0"), Ok(0));
    }

    #[test]
    fn names_that_differ_in_case_alone_are_told_apart() {
        let names = ["cat", "Cat"];
        assert_eq!(class(&names, LabelKind::Either, "Cat"), Ok(1));
        let error = class(&names, LabelKind::Either, "CAT").unwrap_err();
        assert!(error.contains("could be class 0 or 1"), "{error}");
    }
}
