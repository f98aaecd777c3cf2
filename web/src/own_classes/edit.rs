//! Changes of the own classes, made to whatever is stored by then: another tab may have changed it.

use shared::classes::ClassNames;

use super::class::{ClassError, OwnClass, add};

/// A change of the own classes.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds a class.
    Add(OwnClass),
    /// Forgets the class of this name.
    Forget(String),
}

impl Edit {
    /// Changes `classes`; `network`: the names of the network's classes.
    ///
    /// # Errors
    /// Where a class cannot be added.
    pub fn apply(
        &self,
        classes: &mut Vec<OwnClass>,
        network: &ClassNames,
    ) -> Result<(), ClassError> {
        match self {
            // What is stored may already have it.
            Self::Add(class) if classes.iter().any(|other| other.is_same(class)) => Ok(()),
            Self::Add(class) => add(classes, class.clone(), network),
            Self::Forget(name) => {
                classes.retain(|class| class.name() != name);
                Ok(())
            }
        }
    }
}

/// Makes all changes in their order; the classes that could not be added, each with the reason.
pub fn apply_all(
    edits: &[Edit],
    classes: &mut Vec<OwnClass>,
    network: &ClassNames,
) -> Vec<(OwnClass, ClassError)> {
    let mut refused = Vec::new();
    for edit in edits {
        if let (Err(error), Edit::Add(class)) = (edit.apply(classes, network), edit) {
            refused.push((class.clone(), error));
        }
    }
    refused
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::super::class::tests::class;
    use super::*;

    #[test]
    fn classes_of_another_tab_stay_and_each_class_is_added_once() {
        let (network, mut stored) = (ClassNames::default(), vec![class("bolt", 0)]);
        let edits = [
            Edit::Add(class("star", 1)),
            Edit::Add(class("star", 1)),
            Edit::Add(class("moon", 2)),
            Edit::Forget("moon".into()),
            Edit::Forget("gone".into()),
        ];
        assert_eq!(apply_all(&edits, &mut stored, &network), []);
        assert_eq!(stored, [class("bolt", 0), class("star", 1)]);
    }

    #[test]
    fn a_name_that_another_tab_has_taken_is_refused() {
        let (network, mut stored) = (ClassNames::default(), vec![class("star", 0)]);
        let edits = [Edit::Add(class("star", 1)), Edit::Add(class("moon", 2))];
        let refused = apply_all(&edits, &mut stored, &network);
        let error = ClassError::Taken("star".into());
        assert_eq!(refused, [(class("star", 1), error)]);
        assert_eq!(stored, [class("star", 0), class("moon", 2)]);
    }
}
