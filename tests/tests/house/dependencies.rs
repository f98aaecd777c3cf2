use super::root;
use std::{collections::BTreeSet, path::Path, process::Command};

/// A package as it is built, and what it may be built from.
struct Build {
    package: &'static str,
    features: &'static [&'static str],
    is_for_browsers: bool,
    /// The first-party packages that it links, all of them; the trainer's own, below its folder, aside.
    ours: &'static [&'static str],
    links_burn: bool,
    why: &'static str,
}

const BUILDS: [Build; 10] = [
    Build {
        package: "shared",
        features: &["clap", "autodiff", "nn-batch"],
        is_for_browsers: false,
        ours: &[],
        links_burn: true,
        why: "all others depend on shared, so it depends on none of them",
    },
    Build {
        package: "shared",
        features: &["nn", "weights"],
        is_for_browsers: true,
        ours: &[],
        links_burn: false,
        why: "prediction by our own kernels has to stay small and start at once",
    },
    Build {
        package: "files",
        features: &[],
        is_for_browsers: false,
        ours: &[],
        links_burn: false,
        why: "writing files is the same for every program",
    },
    Build {
        package: "protocol",
        features: &[],
        is_for_browsers: true,
        ours: &["shared"],
        links_burn: false,
        why: "messages are read by the page, which has to stay small",
    },
    Build {
        package: "web",
        features: &[],
        is_for_browsers: true,
        ours: &["laboratory", "protocol", "shared"],
        links_burn: false,
        why: "Burn is megabytes, and a visitor waits for the page",
    },
    Build {
        package: "photo_worker",
        features: &[],
        is_for_browsers: true,
        ours: &["protocol", "shared"],
        links_burn: false,
        why: "photos are decoded and their edges found without the network",
    },
    Build {
        package: "engine_worker",
        features: &["cpu"],
        is_for_browsers: true,
        ours: &["protocol", "shared"],
        links_burn: false,
        why: "a visitor waits for the CPU engine, which needs our own kernels alone",
    },
    Build {
        package: "engine_worker",
        features: &["gpu"],
        is_for_browsers: true,
        ours: &["protocol", "shared"],
        links_burn: true,
        why: "the WebGPU engine runs the network's Burn modules",
    },
    Build {
        package: "laboratory_worker",
        features: &[],
        is_for_browsers: true,
        ours: &["laboratory", "protocol", "shared"],
        links_burn: true,
        why: "the laboratory trains, by the step that trains the shipped network",
    },
    Build {
        package: "trainer",
        features: &[],
        is_for_browsers: false,
        ours: &["shared"],
        links_burn: true,
        why: "the trainer is built from its own crates and shared, and knows nothing of the page",
    },
];

/// Crates that decode pictures.
const DECODERS: [&str; 8] = [
    "gif",
    "image-webp",
    "jpeg-decoder",
    "png",
    "ravif",
    "tiff",
    "zune-jpeg",
    "zune-core",
];

#[test]
fn programs_link_what_they_may_link_and_nothing_else() {
    for build in BUILDS {
        let Build {
            package,
            features,
            ours,
            why,
            ..
        } = build;
        let (linked, ours_linked) = linked(&build);
        let ours: BTreeSet<String> = ours.iter().map(ToString::to_string).collect();
        assert_eq!(
            ours_linked, ours,
            "{package} {features:?} links other packages of the workspace than it may: change its Cargo.toml, since {why}"
        );
        let burn = linked.iter().find(|name| name.starts_with("burn"));
        assert_eq!(
            burn.is_some(),
            build.links_burn,
            "{package} {features:?} and Burn ({burn:?}): {why}"
        );
        let decoder = linked.iter().find(|name| DECODERS.contains(&name.as_str()));
        assert!(
            !build.is_for_browsers || decoder.is_none(),
            "{package} links {decoder:?}: leave it out of the features of `image`, since the browser decodes pictures"
        );
    }
}

/// The names of the packages that a build links, and of those among them that are first-party.
fn linked(build: &Build) -> (BTreeSet<String>, BTreeSet<String>) {
    let features = build.features.join(",");
    let mut tree = Command::new(env!("CARGO"));
    tree.current_dir(root()).args([
        "tree",
        "--offline",
        "--locked",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--package",
        build.package,
        "--features",
        &features,
    ]);
    if build.is_for_browsers {
        tree.args(["--target", "wasm32-unknown-unknown"]);
    }
    let output = tree.output().unwrap();
    assert!(
        output.status.success(),
        "{tree:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut names = BTreeSet::new();
    let mut ours = BTreeSet::new();
    for line in lines.lines().skip(1) {
        let name = line.split(' ').next().unwrap_or_default().to_owned();
        let is_trainers = build.package == "trainer" && is_below(line, &root().join("trainer"));
        let is_its_own = name == build.package || is_trainers;
        if is_below(line, &root()) && !is_its_own {
            ours.insert(name.clone());
        }
        names.insert(name);
    }
    (names, ours)
}

/// Whether the package of a line, such as `tsne v0.1.0 (/repository/trainer/tsne)`, lies below a folder.
fn is_below(line: &str, folder: &Path) -> bool {
    // An empty name puts the separator at the end.
    line.contains(&format!("({}", folder.join("").display()))
}

#[test]
fn a_repository_may_lie_in_any_folder() {
    let root = Path::new("/home/trainer/edgewise");
    let shared = "shared v0.1.0 (/home/trainer/edgewise/shared)";
    assert!(is_below(shared, root));
    assert!(!is_below(shared, &root.join("trainer")));
    let tsne = "tsne v0.1.0 (/home/trainer/edgewise/trainer/tsne)";
    assert!(is_below(tsne, &root.join("trainer")));
}
