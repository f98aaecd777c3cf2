//! A class on its way: its examples so far.

use shared::classes::ClassNames;

use super::class::{ClassError, EXAMPLES, Example, OwnClass, add};

/// The examples of a class that is not finished.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    examples: Vec<Example>,
}

impl Draft {
    /// Takes an example; one more than five is not taken.
    pub fn take(&mut self, example: Example) {
        if !self.is_full() {
            self.examples.push(example);
        }
    }

    /// Takes the last example back.
    pub fn undo(&mut self) {
        self.examples.pop();
    }

    /// Whether there are five examples.
    pub fn is_full(&self) -> bool {
        self.examples.len() >= EXAMPLES
    }

    /// The examples so far.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Makes them a class among others, and begins anew. Where that fails, the examples stay.
    ///
    /// # Errors
    /// Where the name or the examples make no class.
    pub fn finish(
        &mut self,
        name: &str,
        all: &mut Vec<OwnClass>,
        network: &ClassNames,
    ) -> Result<OwnClass, ClassError> {
        let class = OwnClass::new(name, self.examples.clone())?;
        add(all, class.clone(), network)?;
        self.examples.clear();
        Ok(class)
    }

    /// The examples of a class that could not be added after all, to be named anew; a draft that is begun stays.
    pub fn take_back(&mut self, class: &OwnClass) {
        if self.examples.is_empty() {
            self.examples = class.examples().to_vec();
        }
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::super::class::tests::examples;
    use super::*;

    #[test]
    fn five_examples_and_a_name_make_a_class() {
        let (mut draft, mut all, network) = (Draft::default(), Vec::new(), ClassNames::default());
        for (index, example) in examples(0).into_iter().enumerate() {
            assert_eq!(
                draft.finish("star", &mut all, &network),
                Err(ClassError::Count(index))
            );
            draft.take(example);
        }
        draft.take(examples(1)[0].clone());
        assert_eq!(draft.examples().len(), EXAMPLES);
        assert!(draft.finish("cat", &mut all, &network).is_err());
        assert!(draft.is_full());
        draft.finish("star", &mut all, &network).unwrap();
        assert_eq!((all.len(), draft.examples().len()), (1, 0));
    }

    #[test]
    fn the_last_example_can_be_taken_back() {
        let mut draft = Draft::default();
        draft.take(examples(0)[0].clone());
        draft.take(examples(0)[1].clone());
        draft.undo();
        assert_eq!(draft.examples(), &examples(0)[..1]);
    }
}
