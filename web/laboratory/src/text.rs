//! Every sentence of the laboratory, in English; another language needs another `lesson` and `run` alone.

use crate::lessons::{LessonId, RunId};

/// What a lesson says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LessonText {
    /// Its title.
    pub title: &'static str,
    /// What there is to see.
    pub scene: &'static str,
    /// Asked before the run.
    pub question: &'static str,
    /// The possible answers, in the order of their numbers.
    pub answers: [&'static str; 3],
    /// What the runs show, and why.
    pub explanation: &'static str,
}

/// A lesson's sentences.
pub fn lesson(id: LessonId) -> LessonText {
    match id {
        LessonId::SourceOnly => LessonText {
            title: "Without adaptation",
            scene: "The target is the source turned by 25 degrees. The network learns from the source alone.",
            question: "All source points are classified correctly after training. And the target points?",
            answers: [
                "All of them as well: the classes have the same shape",
                "Most of them, but not those that were turned across the boundary",
                "About half of them: no target point had a label",
            ],
            explanation: "About 86 percent on average over five runs. The boundary fits the source closely, and the end of each moon is turned across it.",
        },
        LessonId::Alignment => LessonText {
            title: "Alignment",
            scene: "The domain classifier D now learns to tell the domains apart by their features, and the feature extractor F learns to prevent it.",
            question: "No target label is used. What happens to the accuracy on the target?",
            answers: [
                "It rises: aligned features fit the label predictor of the source",
                "It stays: the domain says nothing about the class",
                "It falls: F cannot serve two ends",
            ],
            explanation: "It rises from about 86 to about 97 percent on average over five runs. Where D cannot tell the domains apart, the target's moons lie on the source's, and the boundary between those fits both.",
        },
        LessonId::LambdaTooLarge => LessonText {
            title: "Lambda too large, too early",
            scene: "Lambda weighs the confusion loss against the class loss. In one run it is 10 from the first step; in the other it grows from 0 to 1.",
            question: "What does F learn if lambda is 10 from the first step?",
            answers: [
                "The same, only sooner",
                "To separate the classes better",
                "To make all points alike, so that even the source is classified by chance",
            ],
            explanation: "D cannot tell points apart that all have the same features, and at the start nothing is lost by that: most runs stay at chance, even on the source. Where lambda grows from 0, the classes are separated before F listens to D.",
        },
        LessonId::ConfidentlyWrong => LessonText {
            title: "Confidently wrong",
            scene: "D is trained, and then held while F and C take 100 steps against it: once on minus the domain loss, once on the confusion loss.",
            question: "Minus the domain loss becomes ever lower. Where does F move the features?",
            answers: [
                "To where D is unsure",
                "To where D is confidently wrong, further with every step",
                "Nowhere: D is held, so that its loss stays",
            ],
            explanation: "A domain loss has no upper bound, so F moves each domain deep into the other's side, where the domains are as far apart as before. The confusion loss is least, ln 2, where D is unsure, and stays there.",
        },
        LessonId::UnequalShares => LessonText {
            title: "Unequal shares",
            scene: "In the source both classes have as many points. In the target 90 percent are of one class. In a third run the classes have changed places.",
            question: "DANN makes the features of both domains equally distributed. What does that do here?",
            answers: [
                "It helps as before: no label of the target is used",
                "It makes no difference",
                "It harms: part of the large class has to be moved onto the small one",
            ],
            explanation: "On average over five runs about 85 percent are classified correctly without adaptation, with DANN about 77 percent. And where the classes have changed places, D is at chance, DANN has reached all it wants, and every target point is classified wrongly.",
        },
        LessonId::Consistency => LessonText {
            title: "Without an adversary",
            scene: "The target is turned by 30 degrees. One run has the adversary, one has consistency instead, and one a little information maximisation as well.",
            question: "Consistency asks that a point moved a little keeps its confident prediction. Does that help with no adversary at all?",
            answers: [
                "Yes, and more reliably: the boundary is pushed out of the target's moons",
                "Yes, but less: the domains stay apart",
                "No: wrong predictions are only confirmed",
            ],
            explanation: "About 95 percent on average over five runs, with the adversary about 82. Consistency moves the boundary to where no target points are, which is between the classes. The adversary only makes the two clouds as a whole alike, and may put part of one class on the other. Information maximisation adds that all classes are predicted equally often, which is right here and wrong where shares differ. On photos and doodles both helped more than the adversary, too.",
        },
    }
}

/// The name of a run.
pub fn run(id: RunId) -> &'static str {
    match id {
        RunId::SourceOnly => "Without adaptation",
        RunId::Adversary => "With the adversary",
        RunId::Large => "Lambda 10 from the first step",
        RunId::Growing => "Lambda from 0 to 1",
        RunId::DomainLoss => "Minus the domain loss",
        RunId::Confusion => "Confusion loss",
        RunId::Swapped => "Classes exchanged",
        RunId::Consistency => "Consistency instead",
        RunId::Both => "Consistency and information maximisation",
    }
}
