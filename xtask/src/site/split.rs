//! Cuts the parts of the page that come later out of its compiled program.

use anyhow::{Context, Result, anyhow, ensure};
use std::{fs, path::Path};
use wasm_split_cli_support::{Options, transform};

/// The script that fetches the parts, beside the program's own.
const LOADER: &str = "parts.js";

/// What the loader gets its program's memory and tables from. It must not import the program's own script, which imports it:
/// names that carry hashes cannot go round in a circle.
const FROM_MODULE: &str = "import { initSync } from \"\";";
const FROM_PAGE: &str =
    "const initSync = (...given) => globalThis.edgewisePage.initSync(...given);";

/// How the loader compiles a part. A host that does not know WebAssembly's type gets by without streaming.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
const ANY_HOST: &str = "instantiate(src, imports)";
const INSTANTIATE: &str = "
async function instantiate(source, imports) {
  const response = await source;
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  if (response.headers.get(\"content-type\")?.startsWith(\"application/wasm\")) {
    return WebAssembly.instantiateStreaming(response, imports);
  }
  return WebAssembly.instantiate(await response.arrayBuffer(), imports);
}
";

/// Writes the parts of `compiled` and the script that fetches them into `folder`, and the rest, which is still to be joined to the
/// browser, to `rest`.
///
/// # Errors
/// Where `compiled` was not linked with `--emit-relocs`, or has no parts.
pub fn split(compiled: &Path, folder: &Path, rest: &Path) -> Result<()> {
    let program =
        fs::read(compiled).with_context(|| format!("cannot read {}", compiled.display()))?;
    let link = format!("./{LOADER}");
    let mut options = Options::new(&program);
    options.output_dir = folder;
    options.main_out_path = rest;
    options.link_name = &link;
    options.main_module = "";
    let split = transform(options)
        .map_err(|error| anyhow!("{} cannot be split: {error:#}", compiled.display()))?;
    ensure!(
        !split.split_modules.is_empty(),
        "{} has no parts: build it with the feature `split`",
        compiled.display()
    );
    let path = folder.join(LOADER);
    let script =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    fs::write(&path, loader(&script)?).with_context(|| format!("cannot write {}", path.display()))
}

/// The generated script, made fit for the site.
fn loader(generated: &str) -> Result<String> {
    for text in [FROM_MODULE, STREAMING] {
        ensure!(
            generated.contains(text),
            "wasm_split_cli_support writes another script than it did: it lacks `{text}`; adapt xtask/src/site/split.rs to its version"
        );
    }
    let script = generated
        .replacen(FROM_MODULE, FROM_PAGE, 1)
        .replace(STREAMING, ANY_HOST);
    Ok(script + INSTANTIATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_imports_no_program_and_needs_no_media_type() {
        let generated =
            format!("{FROM_MODULE}\nconst a = () => {STREAMING};\nconst b = () => {STREAMING};\n");
        let script = loader(&generated).unwrap();
        assert!(!script.contains("import "), "{script}");
        assert_eq!(script.matches(ANY_HOST).count(), 2);
        let error = loader("export const a = 1;").unwrap_err().to_string();
        assert!(error.contains("initSync"), "{error}");
    }
}
