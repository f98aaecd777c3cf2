//! What a visit downloads, and how much that may be.

use super::{
    bundles::PAGE,
    files::{files, relative},
};
use anyhow::{Result, bail};
use server::plain_name;
use std::{fmt::Write, fs, path::Path};

/// Parts of a site and the most bytes that they may have, compressed with brotli.
const BUDGETS: [(Part, u64); 4] = [
    (Part::First, 900_000),
    (Part::Laboratory, 800_000),
    (Part::Story, 320_000),
    (Part::Gpu, 2_000_000),
];
/// The most bytes that a CPU engine may have before it is compressed. With Burn it would have millions.
pub const CPU_ENGINE: u64 = 300_000;

/// What the page says the sizes of, and the files that it is made of.
const TOLD: [(&str, &[&str]); 4] = [
    ("cpu", &["workers/cpu.js", "workers/cpu_bg.wasm"]),
    (
        "cpu-relaxed",
        &["workers/cpu-relaxed.js", "workers/cpu-relaxed_bg.wasm"],
    ),
    ("gpu", &["workers/gpu.js", "workers/gpu_bg.wasm"]),
    ("weights", &["assets/weights/edgewise.safetensors"]),
];

/// A part of what is downloaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// To the first prediction on the CPU.
    First,
    /// The CPU engine for browsers without relaxed SIMD, in place of the other.
    OtherCpu,
    /// Parts of the page that come when they are opened.
    Opened,
    /// For photos.
    Photo,
    /// For training in the laboratory.
    Laboratory,
    /// How the network came to be: its view and its file.
    Story,
    /// For WebGPU.
    Gpu,
    /// What is asked for when a visitor wants it: the second network, pictures to try.
    Later,
    /// What nobody needs to draw.
    Papers,
}

/// Whether a file, by its hashed name, is needed in every visit or may be: it is kept for visits without a network.
pub fn is_for_every_visit(name: &str) -> bool {
    let is_packed = name.ends_with(".br") || name.ends_with(".gz");
    let part = Part::of(&plain_name(name));
    !is_packed
        && matches!(
            part,
            Part::First | Part::OtherCpu | Part::Opened | Part::Photo
        )
}

impl Part {
    const ALL: [Self; 9] = [
        Self::First,
        Self::OtherCpu,
        Self::Opened,
        Self::Photo,
        Self::Laboratory,
        Self::Story,
        Self::Gpu,
        Self::Later,
        Self::Papers,
    ];

    /// The part of a file, by its name without a hash.
    fn of(plain: &str) -> Self {
        match plain {
            "workers/cpu.js" | "workers/cpu_bg.wasm" => Self::OtherCpu,
            "workers/gpu.js" | "workers/gpu_bg.wasm" => Self::Gpu,
            "workers/laboratory.js" | "workers/laboratory_bg.wasm" => Self::Laboratory,
            "app/split_story.wasm" | "assets/story.safetensors" => Self::Story,
            "workers/photo.js" | "workers/photo_bg.wasm" => Self::Photo,
            "LICENSE.txt" | "licences.html" | "_headers" | "assets/fonts/OFL.txt" => Self::Papers,
            "assets/weights/photos-only.safetensors"
            | "assets/icon-192.png"
            | "assets/icon-512.png"
            | "assets/og.png"
            | "service-worker.js" => Self::Later,
            name if name.starts_with("assets/samples/") => Self::Later,
            name if name.starts_with("app/") && name.ends_with(".wasm") && name != PAGE.wasm() => {
                Self::Opened
            }
            _ => Self::First,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::First => "to the first prediction on the CPU",
            Self::OtherCpu => "the CPU engine without relaxed SIMD",
            Self::Opened => "parts of the page, when opened",
            Self::Photo => "photos",
            Self::Laboratory => "the laboratory",
            Self::Story => "the story",
            Self::Gpu => "WebGPU",
            Self::Later => "what is asked for later",
            Self::Papers => "licences and headers",
        }
    }
}

/// Bytes as they are and compressed; where compressing does not help, the same.
#[derive(Clone, Copy, Default)]
struct Size {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Size {
    fn add(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

/// The files of a site that was compressed, and their sizes.
pub struct Sizes(Vec<(String, Part, Size)>);

impl Sizes {
    /// Looks at the files.
    pub fn of(site: &Path) -> Result<Self> {
        let mut sizes = Vec::new();
        for path in files(site)? {
            let name = relative(site, &path)?;
            if name.ends_with(".br") || name.ends_with(".gz") || name.starts_with('.') {
                continue;
            }
            let raw = fs::metadata(&path)?.len();
            let packed = |ending: &str| {
                let mut name = path.as_os_str().to_owned();
                name.push(ending);
                fs::metadata(name).map_or(raw, |packed| packed.len())
            };
            let size = Size {
                raw,
                gzip: packed(".gz"),
                brotli: packed(".br"),
            };
            let part = Part::of(&plain_name(&name));
            sizes.push((name, part, size));
        }
        sizes.sort_by_key(|(_, _, size)| u64::MAX - size.brotli);
        Ok(Self(sizes))
    }

    /// Every file, largest first, and what they add up to.
    pub fn table(&self) -> String {
        let mut table = format!(
            "   {:<52} {:>11} {:>10} {:>10}\n",
            "", "bytes", "gzip", "brotli"
        );
        for part in Part::ALL {
            if self.files(part).next().is_some() {
                self.write_part(&mut table, part);
            }
        }
        let all = self.0.iter().filter(|(_, part, _)| *part != Part::Papers);
        let all = all.fold(Size::default(), |sum, (_, _, size)| sum.add(*size));
        line(&mut table, "together", all);
        table
    }

    /// What the page says of its engines and the weights, where the site has them: "cpu:9 cpu-relaxed:9 weights:9", in bytes with
    /// brotli.
    pub fn told(&self) -> String {
        let mut told = Vec::new();
        for (what, names) in TOLD {
            let files = self
                .0
                .iter()
                .filter(|(name, _, _)| names.contains(&&*plain_name(name)));
            let bytes: u64 = files.map(|(_, _, size)| size.brotli).sum();
            if bytes > 0 {
                told.push(format!("{what}:{bytes}"));
            }
        }
        told.join(" ")
    }

    /// Requires every part to keep within its budget.
    ///
    /// # Errors
    /// Names the parts that grew too large, with their files.
    pub fn check(&self) -> Result<()> {
        let mut grown = String::new();
        for (part, most) in BUDGETS {
            let brotli = self.sum(part).brotli;
            if brotli > most {
                let title = part.title();
                let _ = writeln!(
                    grown,
                    "{title}: {brotli} bytes with brotli, of at most {most}:"
                );
                self.write_part(&mut grown, part);
            }
        }
        if !grown.is_empty() {
            bail!(
                "the site has grown too large:\n{grown}make it smaller, or change the budget in xtask/src/site/sizes.rs"
            );
        }
        Ok(())
    }

    fn files(&self, part: Part) -> impl Iterator<Item = &(String, Part, Size)> {
        self.0.iter().filter(move |file| file.1 == part)
    }

    fn sum(&self, part: Part) -> Size {
        self.files(part)
            .fold(Size::default(), |sum, (_, _, size)| sum.add(*size))
    }

    fn write_part(&self, table: &mut String, part: Part) {
        for (name, _, size) in self.files(part) {
            line(table, &format!("  {name}"), *size);
        }
        line(table, part.title(), self.sum(part));
    }
}

fn line(table: &mut String, what: &str, size: Size) {
    let Size { raw, gzip, brotli } = size;
    // A string takes everything.
    let _ = writeln!(table, "   {what:<52} {raw:>11} {gzip:>10} {brotli:>10}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    fn site(gpu: usize) -> TempDir {
        let site = TempDir::new().unwrap();
        fs::create_dir_all(site.path().join("workers")).unwrap();
        for (name, length) in [
            ("index.html", 100),
            ("index.html.br", 40),
            ("index.html.gz", 50),
            ("workers/cpu_bg-0123456789abcdef.wasm", 7),
            ("workers/gpu_bg-0123456789abcdef.wasm", 10 * gpu),
            ("workers/gpu_bg-0123456789abcdef.wasm.br", gpu),
            ("LICENSE.txt", 1000),
        ] {
            fs::write(site.path().join(name), vec![0; length]).unwrap();
        }
        site
    }

    #[test]
    fn sizes_are_those_that_are_sent() {
        let sizes = Sizes::of(site(2).path()).unwrap();
        let table = sizes.table();
        let row = |start: &str| {
            let line = table
                .lines()
                .find(|line| line.trim_start().starts_with(start));
            let words = line.unwrap().trim_start()[start.len()..].split_whitespace();
            words
                .map(|word| word.parse().unwrap())
                .collect::<Vec<u64>>()
        };
        assert_eq!(row("to the first prediction on the CPU"), [100, 50, 40]);
        assert_eq!(row("WebGPU"), [20, 20, 2]);
        assert_eq!(row("together"), [127, 77, 49]);
        assert_eq!(sizes.told(), "cpu:7 gpu:2");
        sizes.check().unwrap();
    }

    #[test]
    fn what_grows_too_large_is_named() {
        let error = Sizes::of(site(2_000_001).path())
            .unwrap()
            .check()
            .unwrap_err();
        let error = error.to_string();
        assert!(error.contains("WebGPU: 2000001 bytes"), "{error}");
        assert!(
            error.contains("workers/gpu_bg-0123456789abcdef.wasm"),
            "{error}"
        );
        assert!(!error.contains("index.html"), "{error}");
    }
}
