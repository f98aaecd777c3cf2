//! The questions to one engine: at most one on its way, and of those that wait only the newest.

use std::iter;

use image::GrayImage;

/// A picture with the number by which its answer is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// 1 or more; 0 is [`PROBE`].
    pub id: u32,
    /// The 32x32 grey picture.
    pub picture: GrayImage,
    /// Other pictures of that size, such as the drawing without one of its strokes.
    pub variants: Vec<GrayImage>,
}

impl Question {
    /// A question to measure how long an answer takes.
    fn probe(picture: GrayImage) -> Self {
        Self {
            id: PROBE,
            picture,
            variants: Vec::new(),
        }
    }

    /// One byte a pixel of all pictures, row by row.
    pub fn pixels(&self) -> Vec<u8> {
        let pictures = iter::once(&self.picture).chain(&self.variants);
        pictures
            .flat_map(|picture| picture.as_raw().iter().copied())
            .collect()
    }
}

/// The id of a question asked only to measure how long an answer takes.
pub const PROBE: u32 = 0;

/// The questions to one engine.
#[derive(Debug, Default)]
pub struct Queue {
    in_flight: Option<u32>,
    waiting: Option<Question>,
}

impl Queue {
    /// Puts a question in the place of the one that waits.
    pub fn ask(&mut self, question: Question) {
        self.waiting = Some(question);
    }

    /// Forgets the question that waits.
    pub fn withdraw(&mut self) {
        self.waiting = None;
    }

    /// Whether a question is on its way.
    pub fn is_busy(&self) -> bool {
        self.in_flight.is_some()
    }

    /// The question to send now, if there is one and none is on its way; where none waits, a probe with the picture of `probe`.
    pub fn next(&mut self, probe: impl FnOnce() -> Option<GrayImage>) -> Option<Question> {
        if self.in_flight.is_some() {
            return None;
        }
        let next = self.waiting.take().or_else(|| probe().map(Question::probe));
        self.in_flight = next.as_ref().map(|question| question.id);
        next
    }

    /// Notes that the question on its way was answered.
    pub fn answered(&mut self, id: u32) {
        self.in_flight.take_if(|asked| *asked == id);
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_family = "wasm")]
    use wasm_bindgen_test::wasm_bindgen_test as test;

    use super::*;

    fn question(id: u32) -> Question {
        Question {
            id,
            picture: GrayImage::new(1, 1),
            variants: Vec::new(),
        }
    }

    fn next(queue: &mut Queue) -> Option<u32> {
        queue.next(|| None).map(|sent| sent.id)
    }

    #[test]
    fn one_is_in_flight_and_the_newest_follows() {
        let mut queue = Queue::default();
        queue.ask(question(1));
        assert_eq!(next(&mut queue), Some(1));
        queue.ask(question(2));
        queue.ask(question(3));
        assert_eq!(next(&mut queue), None);
        queue.answered(1);
        assert_eq!(next(&mut queue), Some(3));
        queue.answered(3);
        assert_eq!(next(&mut queue), None);
    }

    #[test]
    fn an_answer_to_something_else_frees_nothing() {
        let mut queue = Queue::default();
        queue.ask(question(1));
        assert_eq!(next(&mut queue), Some(1));
        queue.answered(9);
        queue.ask(question(2));
        assert_eq!(next(&mut queue), None);
    }

    #[test]
    fn probes_give_way_to_questions() {
        let mut queue = Queue::default();
        let next = |queue: &mut Queue| {
            let probe = queue.next(|| Some(GrayImage::new(1, 1)));
            probe.map(|sent| sent.id)
        };
        assert_eq!(next(&mut queue), Some(PROBE));
        queue.ask(question(5));
        assert_eq!(next(&mut queue), None);
        queue.answered(PROBE);
        assert_eq!(next(&mut queue), Some(5));
        queue.answered(5);
        assert_eq!(next(&mut queue), Some(PROBE));
    }

    #[test]
    fn a_withdrawn_question_is_not_sent() {
        let mut queue = Queue::default();
        queue.ask(question(1));
        queue.withdraw();
        assert_eq!(next(&mut queue), None);
    }
}
