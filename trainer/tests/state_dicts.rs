//! State dicts and checkpoints as PyTorch's programs write them: under prefixes, in checkpoints, as safetensors.
#![allow(clippy::unwrap_used, reason = "a test that cannot continue fails")]

mod program;
mod torch_save;

use std::{collections::HashMap, fs};

use program::{TINY, fail, succeed, with_sample};
use safetensors::{Dtype, tensor::TensorView};
use shared::weights::metadata_from_bytes;
use tempfile::TempDir;
use torch_save::{
    Tensor, Value,
    fixture::{StateDict, dict, exported, extractor, fixture, joined, predictor, prefixed},
    torch_save,
};
use trainer::pytorch::state_dicts;

/// How a program puts a state dict into a file.
type Form<'a> = &'a dyn Fn(&StateDict) -> Value;

/// As safetensors writes it, with other entries for metadata.
fn safetensors(prefix: &str, dict: &StateDict) -> Vec<u8> {
    let bytes: Vec<(String, &Tensor, Vec<u8>)> = dict
        .iter()
        .map(|(name, tensor)| {
            let values = tensor.storage.iter().flat_map(|value| value.to_le_bytes());
            (format!("{prefix}{name}"), tensor, values.collect())
        })
        .collect();
    let views = bytes.iter().map(|(name, tensor, bytes)| {
        let view = TensorView::new(Dtype::F32, tensor.shape.clone(), bytes).unwrap();
        (name.as_str(), view)
    });
    let header = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    safetensors::tensor::serialize(views, Some(header)).unwrap()
}

/// A folder with the names of the three classes.
fn place() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("names.txt"), "one\ntwo\nthree\n").unwrap();
    folder
}

const ARGUMENTS: [&str; 9] = [
    "import",
    "--extractor",
    "e.bin",
    "--predictor",
    "p.bin",
    "--classes",
    "names.txt",
    "--out",
    "w",
];

/// The weights file that is made of two files.
fn imported(extractor: &[u8], predictor: &[u8], more: &[&str]) -> Vec<u8> {
    let folder = place();
    fs::write(folder.path().join("e.bin"), extractor).unwrap();
    fs::write(folder.path().join("p.bin"), predictor).unwrap();
    let arguments: Vec<&str> = ARGUMENTS.iter().chain(more).copied().collect();
    succeed(folder.path(), &arguments);
    fs::read(folder.path().join("w")).unwrap()
}

/// Asserts that two files are refused with these words, and that nothing is written.
fn refused(extractor: &[u8], predictor: &[u8], more: &[&str], words: &[&str]) {
    let folder = place();
    fs::write(folder.path().join("e.bin"), extractor).unwrap();
    fs::write(folder.path().join("p.bin"), predictor).unwrap();
    let arguments: Vec<&str> = ARGUMENTS.iter().chain(more).copied().collect();
    fail(folder.path(), &arguments, words);
    assert!(!folder.path().join("w").exists());
}

/// What PyTorch saved, imported.
fn control() -> Vec<u8> {
    let bytes = |name| fs::read(fixture(name)).unwrap();
    imported(
        &bytes("extractor_model.bin"),
        &bytes("predictor_model.bin"),
        &[],
    )
}

#[test]
fn every_wrapper_and_every_checkpoint_gives_the_same_weights() {
    let control = control();
    let plain = |state: &StateDict| prefixed("", state);
    let optimizer = || {
        let average = Value::Tensor(Tensor::new(vec![2], vec![0.0, 1.0]));
        let state = dict([("exp_avg", average.clone()), ("step", Value::Int(3))]);
        dict([
            ("state", dict([("0", state)])),
            ("moments", Value::List(vec![average])),
        ])
    };
    let forms: [(&str, Form); 11] = [
        ("plain", &plain),
        ("compiled", &|state| prefixed("_orig_mod.", state)),
        ("parallel", &|state| prefixed("module.", state)),
        ("compiled in parallel", &|state| {
            prefixed("module._orig_mod.", state)
        }),
        ("parallel, compiled", &|state| {
            prefixed("_orig_mod.module.", state)
        }),
        ("checkpoint", &|state| {
            dict([
                ("epoch", Value::Int(3)),
                ("model_state_dict", plain(state)),
                ("optimizer_state_dict", optimizer()),
            ])
        }),
        ("lightning", &|state| {
            let state = prefixed("model.", state);
            dict([
                ("state_dict", state),
                ("optimizer_states", Value::List(vec![optimizer()])),
            ])
        }),
        ("deep", &|state| {
            let inner = dict([("net", prefixed("module._orig_mod.", state))]);
            dict([("checkpoint", Value::List(vec![Value::Int(1), inner]))])
        }),
        ("averaged", &|state| {
            let count = Value::Tensor(Tensor::new(vec![1], vec![3.0]));
            joined([dict([("n_averaged", count)]), prefixed("module.", state)])
        }),
        ("two names of one module", &|state| {
            joined([
                prefixed("net.", state),
                prefixed("compiled._orig_mod.", state),
            ])
        }),
        ("column by column", &|state| {
            let state = state.iter();
            let lying = state.map(|(name, tensor)| (name.clone(), tensor.column_by_column()));
            plain(&lying.collect())
        }),
    ];
    for (name, form) in forms {
        let [extractor, predictor] =
            [form(&extractor()), form(&predictor())].map(|v| torch_save(&v));
        assert!(imported(&extractor, &predictor, &[]) == control, "{name}");
    }
    for prefix in ["", "model.", "module._orig_mod."] {
        let extractor = safetensors(prefix, &extractor());
        let predictor = safetensors(prefix, &predictor());
        assert!(imported(&extractor, &predictor, &[]) == control, "{prefix}");
    }
}

#[test]
fn one_checkpoint_may_hold_both_modules() {
    let control = control();
    let domain: StateDict = predictor()
        .into_iter()
        .chain([(
            "layer.1.running_mean".to_owned(),
            Tensor::new(vec![1], vec![0.0]),
        )])
        .collect();
    for [extractor_, predictor_, domain_] in [
        ["extractor.", "predictor.", "domain."],
        [
            "state_dict.feature_extractor.",
            "state_dict.label_predictor.",
            "state_dict.domain_classifier.",
        ],
        ["net.", "net.", "domain."],
        ["F.module.", "C.module.", "D.module."],
    ] {
        let both = torch_save(&joined([
            prefixed(extractor_, &extractor()),
            prefixed(predictor_, &predictor()),
            prefixed(domain_, &domain),
        ]));
        assert!(imported(&both, &both, &[]) == control, "{extractor_}");
    }
}

#[test]
fn of_several_modules_that_fit_one_must_be_chosen() {
    let control = control();
    let older = |state: StateDict| -> StateDict {
        let state = state.into_iter();
        let older = state.map(|(name, tensor)| {
            let storage = tensor.storage.iter().map(|value| value / 2.0).collect();
            (name, Tensor { storage, ..tensor })
        });
        older.collect()
    };
    let two = |state: StateDict| {
        let (average, model) = (
            prefixed("module.", &older(state.clone())),
            prefixed("", &state),
        );
        torch_save(&dict([("ema", average), ("model", model)]))
    };
    let (e, p) = (two(extractor()), two(predictor()));
    let words = [
        "e.bin",
        "feature extractor",
        "ema.module or model",
        "--extractor-key",
    ];
    refused(&e, &p, &[], &words);
    let chosen = ["--extractor-key", "model"];
    let words = ["p.bin", "label predictor", "--predictor-key"];
    refused(&e, &p, &chosen, &words);
    let both = ["--extractor-key", "model", "--predictor-key", "model."];
    assert!(imported(&e, &p, &both) == control);
    let other = ["--extractor-key", "ema", "--predictor-key", "ema"];
    assert!(imported(&e, &p, &other) != control);
    let absent = ["--extractor-key", "teacher"];
    refused(
        &e,
        &p,
        &absent,
        &["e.bin", "teacher", "ema.module or model"],
    );
}

#[test]
fn what_stands_in_the_way_is_named() {
    let good = torch_save(&prefixed("", &predictor()));
    let refused = |value: &Value, words: &[&str]| refused(&torch_save(value), &good, &[], words);
    let one = |name: &str, shape: &[usize]| -> StateDict {
        let count = shape.iter().product();
        vec![(
            name.to_owned(),
            Tensor::new(shape.to_vec(), vec![0.0; count]),
        )]
    };
    let with = |more: StateDict| {
        let all: StateDict = extractor().into_iter().chain(more).collect();
        dict([("state_dict", prefixed("model.", &all))])
    };
    refused(
        &with(one("fc.weight", &[2])),
        &["e.bin", "state_dict.model.fc.weight", "feature extractor"],
    );
    refused(
        &with(one("conv.20.weight", &[2])),
        &["state_dict.model.conv.20.weight"],
    );
    let without = extractor()
        .into_iter()
        .filter(|(name, _)| name != "conv.5.bias");
    refused(
        &prefixed("model.", &without.collect()),
        &["model.conv.5.bias is missing"],
    );
    let wide = extractor().into_iter().map(|(name, tensor)| match &*name {
        "conv.4.weight" => one("conv.4.weight", &[8, 4, 5, 5]).remove(0),
        _ => (name, tensor),
    });
    refused(
        &prefixed("module.", &wide.collect()),
        &["module.conv.4.weight", "[8, 4, 5, 5]", "[8, 4, 3, 3]"],
    );
    refused(&dict([("epoch", Value::Int(3))]), &["e.bin", "no tensors"]);
    refused(
        &prefixed("", &one("0.weight", &[2])),
        &["0.weight", "conv.0.weight"],
    );
}

#[test]
fn what_is_exported_comes_back_as_it_was() {
    let folder = with_sample();
    let place = folder.path();
    succeed(place, &TINY);
    for precision in ["f32", "f16"] {
        let export = ["export", "--run", "run", "--precision", precision];
        let call = |more: &[&str]| {
            let arguments: Vec<&str> = export.iter().chain(more).copied().collect();
            succeed(place, &arguments);
        };
        call(&["--out", "direct"]);
        call(&["--format", "pytorch-safetensors", "--out", "two"]);
        let import = [
            "import",
            "--extractor",
            "two/extractor_model.safetensors",
            "--predictor",
            "two/predictor_model.safetensors",
            "--out",
            "back",
        ];
        succeed(place, &import);
        let read = |name: &str| fs::read(place.join(name)).unwrap();
        assert!(read("back") == read("direct"), "{precision}");
    }
    fail(
        place,
        &["import", "--extractor", "direct", "--predictor", "direct"],
        &["direct", "weights file of Edgewise", "--weights"],
    );
}

#[test]
fn metadata_holds_for_the_two_parts_of_one_export_alone() {
    let weights = exported();
    let [extractor, predictor] = state_dicts(&weights).unwrap();
    let folder = TempDir::new().unwrap();
    let import = |extractor: &[u8], predictor: &[u8], more: &[&str]| {
        fs::write(folder.path().join("e.bin"), extractor).unwrap();
        fs::write(folder.path().join("p.bin"), predictor).unwrap();
        let arguments = [
            "import",
            "--extractor",
            "e.bin",
            "--predictor",
            "p.bin",
            "--out",
            "w",
        ];
        succeed(folder.path(), &[&arguments[..], more].concat());
        metadata_from_bytes(&fs::read(folder.path().join("w")).unwrap()).unwrap()
    };
    let whole = metadata_from_bytes(&weights).unwrap();
    assert_eq!(import(&extractor, &predictor, &[]), whole);
    let other = torch_save(&prefixed("", &self::extractor()));
    let mixed = import(&other, &predictor, &[]);
    assert_eq!(mixed.classes, whole.classes);
    assert_eq!((mixed.calibration, mixed.training), (None, None));
    fs::write(folder.path().join("names"), "a\nb\nc\n").unwrap();
    let named = import(&extractor, &predictor, &["--classes", "names"]);
    assert_eq!(named.classes.names(), ["a", "b", "c"]);
    assert_eq!(named.calibration, whole.calibration);
}
