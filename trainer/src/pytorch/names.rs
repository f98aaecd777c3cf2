//! Our names of tensors, as they stand in a weights file, and those of the notebook's state dicts.
//!
//! The notebook's feature extractor is `conv`, a sequence of convolution, batch normalisation, ReLU and pooling five times over;
//! its label predictor is `layer`, a sequence of linear layers with a ReLU between two.

/// Which of the notebook's two state dicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Extractor,
    Predictor,
}

/// Our name of an entry of a state dict, or nothing where we have no use for it.
///
/// A `module.` before it, as `DataParallel` writes, is left aside.
pub(super) fn ours(part: Part, name: &str) -> Option<String> {
    let name = name.strip_prefix("module.").unwrap_or(name);
    let (sequence, place) = name.split_once('.')?;
    let (place, value) = place.split_once('.')?;
    let place: usize = place.parse().ok()?;
    match (part, sequence, place % 4, place % 2) {
        (Part::Extractor, "conv", 0, _) => {
            Some(format!("extractor.blocks.{}.conv.{value}", place / 4))
        }
        (Part::Extractor, "conv", 1, _) if value != COUNTER => {
            Some(format!("extractor.blocks.{}.norm.{value}", place / 4))
        }
        (Part::Predictor, "layer", _, 0) => Some(format!("predictor.layers.{}.{value}", place / 2)),
        _ => None,
    }
}

/// PyTorch's count of the batches that a batch normalisation has seen, which only matters without momentum.
pub(super) const COUNTER: &str = "num_batches_tracked";

/// The notebook's name of one of our tensors, and which state dict it belongs to.
pub(super) fn theirs(name: &str) -> Option<(Part, String)> {
    let mut words = name.splitn(5, '.');
    let mut word = || words.next();
    let (part, _, place) = (word()?, word()?, word()?.parse::<usize>().ok()?);
    match (part, word()?, word()) {
        ("extractor", "conv", Some(value)) => {
            Some((Part::Extractor, format!("conv.{}.{value}", 4 * place)))
        }
        ("extractor", "norm", Some(value)) => {
            Some((Part::Extractor, format!("conv.{}.{value}", 4 * place + 1)))
        }
        ("predictor", value, None) => {
            Some((Part::Predictor, format!("layer.{}.{value}", 2 * place)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_translated_both_ways() {
        for (part, theirs_, ours_) in [
            (
                Part::Extractor,
                "conv.0.weight",
                "extractor.blocks.0.conv.weight",
            ),
            (
                Part::Extractor,
                "conv.17.running_var",
                "extractor.blocks.4.norm.running_var",
            ),
            (
                Part::Extractor,
                "conv.5.bias",
                "extractor.blocks.1.norm.bias",
            ),
            (
                Part::Predictor,
                "layer.4.weight",
                "predictor.layers.2.weight",
            ),
        ] {
            assert_eq!(ours(part, theirs_).as_deref(), Some(ours_));
            assert_eq!(theirs(ours_), Some((part, theirs_.to_owned())));
        }
        assert_eq!(
            ours(Part::Predictor, "module.layer.0.bias").as_deref(),
            Some("predictor.layers.0.bias")
        );
    }

    #[test]
    fn what_has_no_place_here_has_no_name() {
        for name in [
            "conv.1.num_batches_tracked",
            "conv.2.weight",
            "fc.weight",
            "conv",
            "conv.x.weight",
            "",
        ] {
            assert_eq!(ours(Part::Extractor, name), None, "{name}");
        }
        assert_eq!(ours(Part::Predictor, "conv.0.weight"), None);
        assert_eq!(theirs("domain.layers.0.weight"), None);
    }
}
