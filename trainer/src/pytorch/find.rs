//! Finding a module's tensors in a checkpoint, under whatever prefix they are.

use std::collections::BTreeMap;

use super::names::{COUNTER, Entry, ModuleName};

/// Words that wrappers put into names, also between those of the notebook: `DataParallel` and the like, `torch.compile`,
/// FSDP, and activation checkpointing.
const WRAPPERS: [&str; 4] = [
    "module",
    "_orig_mod",
    "_fsdp_wrapped_module",
    "_checkpoint_wrapped_module",
];

/// The tensors of one module in a checkpoint: the name in the checkpoint by the notebook's name.
pub(super) type Keys = BTreeMap<String, String>;

/// Why a checkpoint does not hold the module.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// It holds no tensors.
    Nothing,
    /// This tensor is none of the module's.
    Unexpected(String),
    /// This tensor should be there.
    Missing(String),
    /// Nothing of the module is under the key that was given, but under these prefixes.
    NotUnder(Vec<String>),
}

/// The tensors of a module by the prefix before the notebook's names, such as `model.` or nothing; several where more than one
/// module fits.
///
/// `names` are those of all tensors, in order. A key says what the prefix begins with.
pub(super) fn find(
    names: &[String],
    part: ModuleName,
    entries: &[Entry],
    key: Option<&str>,
) -> Result<BTreeMap<String, Keys>, Misfit> {
    let (mut groups, mut others) = (BTreeMap::<&str, Keys>::new(), Vec::new());
    for name in names.iter().filter(|name| !name.ends_with(COUNTER)) {
        match split(name) {
            None => others.push(name),
            Some((prefix, short)) if of_sequence(&short, part) => {
                let group = groups.entry(prefix).or_default();
                if let Some(twin) = group.insert(short, name.clone()) {
                    return Err(Misfit::Unexpected(twin));
                }
            }
            // Some other module's.
            Some(_) => {}
        }
    }
    if groups.is_empty() {
        let first = names.first().cloned();
        return Err(first.map_or(Misfit::Nothing, Misfit::Unexpected));
    }
    let chosen: BTreeMap<&str, Keys> = match key {
        Some(key) => under(key, &groups),
        None => groups.clone(),
    };
    if chosen.is_empty() {
        let prefixes = groups.into_keys().map(str::to_owned);
        return Err(Misfit::NotUnder(prefixes.collect()));
    }
    let misfit = |prefix: &str, group: &Keys| misfit(prefix, group, entries, &others);
    let fitting: BTreeMap<String, Keys> = chosen
        .iter()
        .filter(|(prefix, group)| misfit(prefix, group).is_none())
        .map(|(prefix, group)| ((*prefix).to_owned(), group.clone()))
        .collect();
    if !fitting.is_empty() {
        return Ok(fitting);
    }
    let known = |group: &Keys| {
        let known = entries.iter();
        known
            .filter(|entry| group.contains_key(&entry.theirs))
            .count()
    };
    let nearest = chosen.iter().max_by_key(|(_, group)| known(group));
    let why = nearest.and_then(|(prefix, group)| misfit(prefix, group));
    Err(why.unwrap_or(Misfit::Nothing))
}

/// What keeps a group from being the module: a tensor too many, here or beside it, or one too few.
fn misfit(prefix: &str, group: &Keys, entries: &[Entry], others: &[&String]) -> Option<Misfit> {
    let is_entry = |name: &str| entries.iter().any(|entry| entry.theirs == name);
    let excess = group.iter().find(|(short, _)| !is_entry(short));
    let excess = excess.map(|(_, name)| name);
    let beside = || others.iter().find(|name| name.starts_with(prefix));
    if let Some(name) = excess.or_else(|| beside().copied()) {
        return Some(Misfit::Unexpected(name.clone()));
    }
    let missing = entries
        .iter()
        .find(|entry| !group.contains_key(&entry.theirs))?;
    Some(Misfit::Missing(format!("{prefix}{}", missing.theirs)))
}

/// The group whose prefix is the key, or else those whose prefix begins with it.
fn under<'a>(key: &str, groups: &BTreeMap<&'a str, Keys>) -> BTreeMap<&'a str, Keys> {
    let key = match key.trim_end_matches('.') {
        "" => String::new(),
        key => format!("{key}."),
    };
    let with = |fits: &dyn Fn(&str) -> bool| -> BTreeMap<&'a str, Keys> {
        let fitting = groups.iter().filter(|(prefix, _)| fits(prefix));
        fitting
            .map(|(prefix, group)| (*prefix, group.clone()))
            .collect()
    };
    let same = with(&|prefix| prefix == key);
    if same.is_empty() {
        with(&|prefix| prefix.starts_with(&key))
    } else {
        same
    }
}

/// A name as its prefix and what the notebook calls it without wrappers, where it is of that form.
fn split(name: &str) -> Option<(&str, String)> {
    let mut start = 0;
    let mut words = Vec::new();
    for word in name.split('.') {
        if !WRAPPERS.contains(&word) {
            words.push((start, word));
        }
        start += word.len() + 1;
    }
    let [.., (start, sequence), (_, place), (_, value)] = words[..] else {
        return None;
    };
    let is_known = [ModuleName::Extractor, ModuleName::Predictor]
        .iter()
        .any(|part| part.sequence() == sequence);
    let is_place = !place.is_empty() && place.bytes().all(|byte| byte.is_ascii_digit());
    (is_known && is_place).then(|| (&name[..start], format!("{sequence}.{place}.{value}")))
}

fn of_sequence(short: &str, part: ModuleName) -> bool {
    let rest = short.strip_prefix(part.sequence());
    rest.is_some_and(|rest| rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::super::names::entries;
    use super::*;

    fn names(part: ModuleName, prefix: &str) -> Vec<String> {
        let entries = entries(part, 2, 3);
        let names = entries.iter();
        names
            .map(|entry| format!("{prefix}{}", entry.theirs))
            .collect()
    }

    fn found(
        names: &[Vec<String>],
        part: ModuleName,
        key: Option<&str>,
    ) -> Result<Vec<String>, Misfit> {
        let mut names = names.concat();
        names.sort();
        let found = find(&names, part, &entries(part, 2, 3), key)?;
        for group in found.values() {
            assert_eq!(group.len(), entries(part, 2, 3).len());
        }
        Ok(found.into_keys().collect())
    }

    #[test]
    fn any_chain_of_prefixes_is_found() {
        for prefix in [
            "",
            "module.",
            "_orig_mod.",
            "module._orig_mod.",
            "_orig_mod.module.",
            "model.",
            "state_dict.model.",
            "checkpoint.0.net.feature_extractor.",
            "_fsdp_wrapped_module._checkpoint_wrapped_module.",
        ] {
            for part in [ModuleName::Extractor, ModuleName::Predictor] {
                let names = [names(part, prefix)];
                assert_eq!(found(&names, part, None).unwrap(), [prefix]);
            }
        }
    }

    #[test]
    fn wrappers_within_the_module_are_passed_over() {
        let wrapped: Vec<String> = names(ModuleName::Extractor, "state_dict.")
            .iter()
            .map(|name| {
                name.replace("conv.", "conv._orig_mod.")
                    .replace(".0.", ".0.module.")
            })
            .collect();
        let prefixes = found(std::slice::from_ref(&wrapped), ModuleName::Extractor, None).unwrap();
        assert_eq!(prefixes, ["state_dict."]);
        let twice = [wrapped, names(ModuleName::Extractor, "state_dict.")];
        let twice = found(&twice, ModuleName::Extractor, None);
        assert!(matches!(twice, Err(Misfit::Unexpected(_))), "{twice:?}");
    }

    #[test]
    fn what_else_a_checkpoint_holds_is_passed_over() {
        let other = |name: &str| vec![name.to_owned()];
        let all = [
            names(ModuleName::Extractor, "feature_extractor."),
            names(ModuleName::Predictor, "label_predictor."),
            // The notebook's domain classifier: the same name, with batch normalisation between.
            names(ModuleName::Predictor, "domain_classifier."),
            other("domain_classifier.layer.1.running_mean"),
            other("optimizer.state.0.exp_avg"),
            other("n_averaged"),
            other("feature_extractor.conv.1.num_batches_tracked"),
        ];
        assert_eq!(
            found(&all, ModuleName::Extractor, None).unwrap(),
            ["feature_extractor."]
        );
        assert_eq!(
            found(&all, ModuleName::Predictor, None).unwrap(),
            ["label_predictor."]
        );
        // Both in one module.
        let one = [
            names(ModuleName::Extractor, "net."),
            names(ModuleName::Predictor, "net."),
        ];
        assert_eq!(found(&one, ModuleName::Extractor, None).unwrap(), ["net."]);
        assert_eq!(found(&one, ModuleName::Predictor, None).unwrap(), ["net."]);
    }

    #[test]
    fn of_several_that_fit_a_key_chooses() {
        let part = ModuleName::Extractor;
        let all =
            ["", "ema.", "ema.module.", "model.a.", "model.b."].map(|prefix| names(part, prefix));
        assert_eq!(found(&all[1..], part, None).unwrap().len(), 4);
        for (key, prefixes) in [
            ("", &[""][..]),
            ("ema", &["ema."]),
            ("ema.", &["ema."]),
            ("ema.module", &["ema.module."]),
            ("model", &["model.a.", "model.b."]),
            ("model.b", &["model.b."]),
        ] {
            assert_eq!(found(&all, part, Some(key)).unwrap(), prefixes, "{key}");
        }
        let absent = found(&all[3..], part, Some("mod"));
        let there = ["model.a.", "model.b."].map(str::to_owned).to_vec();
        assert_eq!(absent, Err(Misfit::NotUnder(there)));
    }

    #[test]
    fn the_name_that_stands_in_the_way_is_said() {
        let part = ModuleName::Predictor;
        let good = || names(part, "model.");
        let other = |name: &str| vec![name.to_owned()];
        let refused = |names: &[Vec<String>]| found(names, part, None).unwrap_err();
        let unexpected = |name: &str| Misfit::Unexpected(name.to_owned());
        for name in [
            "model.fc.weight",
            "model.layer.6.weight",
            "model.layer.0.weight_g",
        ] {
            assert_eq!(refused(&[good(), other(name)]), unexpected(name));
        }
        let short = good()[..5].to_vec();
        let missing = Misfit::Missing("model.layer.4.bias".to_owned());
        assert_eq!(refused(&[short]), missing);
        assert_eq!(refused(&[other("0.weight")]), unexpected("0.weight"));
        assert_eq!(refused(&[other("layer")]), unexpected("layer"));
        assert_eq!(refused(&[]), Misfit::Nothing);
    }
}
