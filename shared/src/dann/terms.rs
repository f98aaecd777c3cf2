use burn::tensor::Tensor;
use serde::{Deserialize, Serialize};

/// The losses that a step may compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LossName {
    /// Cross-entropy of source examples towards their classes.
    Class,
    /// Binary cross-entropy of D as the feature extractor meets it: in the two-step variant after D's own update.
    Domain,
    /// Cross-entropy of D towards one half, in the confusion variant.
    Confusion,
    /// Information maximisation on target examples.
    InformationMaximisation,
    /// Consistency between the weakly and the strongly augmented target example.
    Consistency,
    /// Cross-entropy of target examples towards their soft targets.
    Distillation,
    /// Cross-entropy of target examples towards their pseudo-labels.
    PseudoLabel,
}

impl LossName {
    /// All of them, in the order in which they are reported.
    pub const ALL: [Self; 7] = [
        Self::Class,
        Self::Domain,
        Self::Confusion,
        Self::InformationMaximisation,
        Self::Consistency,
        Self::Distillation,
        Self::PseudoLabel,
    ];

    /// A name for a column, such as `information_maximisation`.
    pub fn column(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Domain => "domain",
            Self::Confusion => "confusion",
            Self::InformationMaximisation => "information_maximisation",
            Self::Consistency => "consistency",
            Self::Distillation => "distillation",
            Self::PseudoLabel => "pseudo_label",
        }
    }
}

/// One loss of a step, before its weight, detached and still on the device.
#[derive(Clone, Debug)]
pub struct LossTerm {
    /// Which loss it is.
    pub name: LossName,
    /// Its value, `[1]`.
    pub value: Tensor<1>,
}

/// The losses that one step computed, each at most once, or sums of them over steps.
#[derive(Clone, Debug, Default)]
pub struct LossTerms(Vec<LossTerm>);

impl LossTerms {
    /// Keeps a loss, detached.
    pub fn push(&mut self, name: LossName, value: &Tensor<1>) {
        let value = value.clone().detach();
        self.0.push(LossTerm { name, value });
    }

    /// One loss, `[1]`; none where the step did not compute it.
    pub fn get(&self, name: LossName) -> Option<&Tensor<1>> {
        let term = self.0.iter().find(|term| term.name == name)?;
        Some(&term.value)
    }

    /// All of them, in the order in which they were computed.
    pub fn iter(&self) -> impl Iterator<Item = &LossTerm> {
        self.0.iter()
    }

    /// Adds the losses of another step, name by name.
    pub fn add(&mut self, other: Self) {
        for LossTerm { name, value } in other.0 {
            match self.0.iter_mut().find(|term| term.name == name) {
                Some(term) => term.value = term.value.clone() + value,
                None => self.0.push(LossTerm { name, value }),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use burn::tensor::Device;

    use super::*;

    #[test]
    fn losses_are_added_by_name() {
        let device = Device::flex();
        let terms = |list: &[(LossName, f32)]| {
            let mut terms = LossTerms::default();
            for (name, value) in list {
                terms.push(*name, &Tensor::from_floats([*value], &device));
            }
            terms
        };
        let mut sum = terms(&[(LossName::Class, 1.0), (LossName::Domain, 2.0)]);
        sum.add(terms(&[
            (LossName::Domain, 0.5),
            (LossName::Consistency, 4.0),
        ]));
        let values: Vec<_> = LossName::ALL
            .into_iter()
            .filter_map(|name| Some((name, sum.get(name)?.clone().into_scalar::<f32>())))
            .collect();
        assert_eq!(
            values,
            [
                (LossName::Class, 1.0),
                (LossName::Domain, 2.5),
                (LossName::Consistency, 4.0)
            ]
        );
    }

    #[test]
    fn every_loss_has_a_column_of_its_own() {
        let mut columns = LossName::ALL.map(LossName::column).to_vec();
        columns.sort_unstable();
        columns.dedup();
        assert_eq!(columns.len(), LossName::ALL.len());
    }
}
