//! The programs of the site.

/// A program of the site: what it is built from, and where its JavaScript and WebAssembly go.
pub struct Bundle {
    /// What it is, for people.
    pub title: &'static str,
    /// The package.
    pub package: &'static str,
    /// The binary of the package.
    pub binary: &'static str,
    /// The package's features.
    pub features: &'static [&'static str],
    /// Flags for the compiler besides those of `.cargo/config.toml`.
    pub flags: &'static [&'static str],
    /// The folder of the site.
    pub folder: &'static str,
    /// The name of its JavaScript, without the ending; that of its WebAssembly has `_bg` after it.
    pub name: &'static str,
}

/// The feature of a package whose program is split.
const SPLIT: &str = "split";

/// The page.
pub const PAGE: Bundle = Bundle {
    title: "the page",
    package: "web",
    binary: "web",
    features: &[SPLIT],
    flags: &[],
    folder: "app",
    name: "web",
};

/// The engine for the processor of any browser.
pub const CPU: Bundle = Bundle {
    title: "the CPU engine",
    package: "engine_worker",
    binary: "cpu",
    features: &["cpu"],
    flags: &[],
    folder: WORKERS,
    name: "cpu",
};

/// The engine for the processor of a browser with fused multiply-add.
pub const CPU_RELAXED: Bundle = Bundle {
    title: "the CPU engine with relaxed SIMD",
    flags: &["-C", "target-feature=+relaxed-simd"],
    name: "cpu-relaxed",
    ..CPU
};

/// The engine for the graphics card.
pub const GPU: Bundle = Bundle {
    title: "the WebGPU engine",
    package: "engine_worker",
    binary: "gpu",
    features: &["gpu"],
    flags: &[],
    folder: WORKERS,
    name: "gpu",
};

/// What trains the laboratory's network.
pub const LABORATORY: Bundle = Bundle {
    title: "the laboratory",
    package: "laboratory_worker",
    binary: "laboratory",
    features: &[],
    flags: &[],
    folder: WORKERS,
    name: "laboratory",
};

/// What decodes photos and finds their edges.
pub const PHOTO: Bundle = Bundle {
    title: "the photo worker",
    package: "photo_worker",
    binary: "photo",
    features: &[],
    flags: &[],
    folder: WORKERS,
    name: "photo",
};

/// Where the workers are, beside the script that starts them.
const WORKERS: &str = "workers";

/// What a visit begins with: a site is of use as soon as these are built.
pub const NEEDED: [&Bundle; 4] = [&PAGE, &CPU, &CPU_RELAXED, &PHOTO];

/// Everything but [`GPU`], which is an extra.
pub const USUAL: [&Bundle; 5] = [&PAGE, &CPU, &CPU_RELAXED, &PHOTO, &LABORATORY];

/// Files and folders that are copied as they are: from the repository, to the site.
pub const COPIES: [(&str, &str); 5] = [
    ("index.html", "index.html"),
    ("assets", "assets"),
    ("web/worker.js", "workers/worker.js"),
    ("web/service-worker.js", "service-worker.js"),
    ("LICENSE", "LICENSE.txt"),
];

impl Bundle {
    /// Whether parts of it are files of their own.
    pub fn is_split(&self) -> bool {
        self.features.contains(&SPLIT)
    }

    /// Its JavaScript in the site.
    pub fn script(&self) -> String {
        format!("{}/{}.js", self.folder, self.name)
    }

    /// Its WebAssembly in the site.
    pub fn wasm(&self) -> String {
        format!("{}/{}_bg.wasm", self.folder, self.name)
    }
}
