//! `cargo xtask client`: builds the search engine for the browser into `themes/default/client/`.
//!
//! The result is committed, so that nobody who builds Portolan needs a compiler for the browser. A stamp says from which
//! sources it was made; a test here fails where they are others.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Failure;
use crate::node::Node;
use crate::shell;
use crate::steps::step;
use crate::workspace;

/// Build the search engine for the browser
///
/// Needs a compiler with sources of the standard library for WebAssembly: the toolchain's own target where rustup has
/// it, else Debian's packages rustc-web, cargo-web and rust-web-src. Installs wasm-bindgen from the crate registry and
/// wasm-opt from npm under the build folder. Takes about ten minutes on two cores.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  apt-get install rustc-web cargo-web rust-web-src && cargo xtask client")]
pub(crate) struct Arguments {}

/// Must be the version of the crate in search/web.
const WASM_BINDGEN: &str = "0.2.130";

/// What the compiler emits and every browser of the last years has. With all features wasm-opt writes some that none has.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

const TARGET: &str = "wasm32-unknown-unknown";

pub(crate) fn run(_: &Arguments) -> Result<(), Failure> {
    let web = workspace::root().join("search/web");
    let client = workspace::root().join("themes/default/client");
    let made = workspace::tools().with_file_name("client");
    step("engine", || compile(&web))?;
    let module = web.join(format!("target/{TARGET}/release/portolan_search_web.wasm"));
    step("wasm-bindgen", || bind(&module, &made))?;
    step("wasm-opt", || {
        shrink(&made.join("engine_bg.wasm"), &made.join("engine.wasm"))
    })?;
    step("deflate and stamp", || {
        let read = |path: &Path| std::fs::read(path).map_err(Failure::file("read", path));
        let deflated = deflate(&read(&made.join("engine.wasm"))?)?;
        eprintln!("the engine is {} bytes deflated", deflated.len());
        write(&client.join("engine.wasm.bin"), &deflated)?;
        let script = read(&made.join("engine.js"))?;
        write(&client.join("engine.js"), &[UNCHECKED, &script].concat())?;
        write(&stamp_path(), stamp()?.as_bytes())
    })
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(Failure::file("write", path))
}

/// Compiles with Debian's compiler and the standard library's sources, else with the toolchain's own target. The second
/// way gives an engine that is an eighth larger, because its standard library keeps the words of every panic.
fn compile(web: &Path) -> Result<(), Failure> {
    let own = ["build", "--release", "--locked", "--target", TARGET];
    let has_sources = Path::new("/usr/lib/rustlib/src").is_dir();
    if !has_sources && rust_lib().join(TARGET).is_dir() {
        // No path of this machine belongs into what is published.
        let home = std::env::var("HOME").unwrap_or_default();
        return shell::run(
            Command::new("cargo")
                .current_dir(web)
                .env("RUSTFLAGS", format!("--remap-path-prefix={home}=~"))
                .args(own),
        );
    }
    // rust-lld is among the toolchain's own programs.
    let linker = rust_lib().join(host()).join("bin");
    let path = std::env::var("PATH").unwrap_or_default();
    shell::run(
        Command::new("/usr/bin/cargo")
            .current_dir(web)
            .env("PATH", format!("{}:/usr/bin:{path}", linker.display()))
            .env("RUSTC", "/usr/bin/rustc")
            // The standard library is built from its sources, which a stable compiler does only when told so.
            .env("RUSTC_BOOTSTRAP", "1")
            // A panic ends the instance, and the worker starts another: its message would only be fetched by everybody.
            .env("RUSTFLAGS", "-Zunstable-options -Cpanic=immediate-abort")
            .args(own)
            .arg("-Zbuild-std=std,panic_abort"),
    )
}

fn rust_lib() -> PathBuf {
    let root = shell::output(Command::new("rustc").args(["--print", "sysroot"]));
    PathBuf::from(root.unwrap_or_default().trim()).join("lib/rustlib")
}

fn host() -> String {
    let version = shell::output(Command::new("rustc").arg("-vV")).unwrap_or_default();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap_or_default().to_owned()
}

fn bind(module: &Path, made: &Path) -> Result<(), Failure> {
    let root = workspace::tools().join("wasm-bindgen");
    let program = root.join("bin/wasm-bindgen");
    let is_current = shell::output(Command::new(&program).arg("--version"))
        .is_some_and(|text| text.contains(WASM_BINDGEN));
    if !is_current {
        shell::run(
            Command::new("cargo")
                .args([
                    "install",
                    "--quiet",
                    "wasm-bindgen-cli",
                    "--version",
                    WASM_BINDGEN,
                    "--root",
                ])
                .arg(root),
        )?;
    }
    shell::run(
        Command::new(program)
            .args([
                "--target",
                "web",
                "--no-typescript",
                "--out-name",
                "engine",
                "--out-dir",
            ])
            .arg(made)
            .arg(module),
    )
}

fn shrink(from: &Path, to: &Path) -> Result<(), Failure> {
    let tools = workspace::root().join("xtask/tools/client");
    let node = Node::install()?;
    node.install_packages(&tools)?;
    shell::run(
        node.command(&tools)
            .arg("node_modules/binaryen/bin/wasm-opt")
            .arg("-Oz")
            .args(FEATURES)
            .args(["--strip-producers", "--output"])
            .arg(to)
            .arg(from),
    )
}

/// Deflates as small as it can be: it is done once, and fetched by every reader.
fn deflate(bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut deflated = Vec::new();
    zopfli::compress(
        zopfli::Options::default(),
        zopfli::Format::Deflate,
        bytes,
        &mut deflated,
    )
    .map_err(Failure::file("deflate", Path::new("engine.wasm")))?;
    Ok(deflated)
}

/// Keeps the check of types, which `cargo xtask lint` runs over all scripts, out of a generated one.
const UNCHECKED: &[u8] = b"// @ts-nocheck: generated by wasm-bindgen, which moves untyped values across the boundary to WebAssembly.\n";

/// Outside of the theme, all of whose files are published.
fn stamp_path() -> PathBuf {
    workspace::root().join("xtask/tools/client/stamp.txt")
}

/// The sources that only the generator compiles.
const GENERATOR_ONLY: [&str; 4] = [
    "search/src/build",
    "search/src/engine/judge.rs",
    "search/src/schema.rs",
    "customs/src/rules",
];

/// The hash of what the engine is made from.
fn stamp() -> Result<String, Failure> {
    let root = workspace::root();
    let mut files = [
        "customs/Cargo.toml",
        "search/Cargo.toml",
        "search/web/Cargo.toml",
        "search/web/Cargo.lock",
    ]
    .map(|file| root.join(file))
    .to_vec();
    for folder in ["customs/src", "search/src", "search/web/src"] {
        sources(&root.join(folder), &mut files)?;
    }
    files.retain(|file| {
        !GENERATOR_ONLY
            .iter()
            .any(|only| file.starts_with(root.join(only)))
    });
    files.sort();
    let mut hasher = blake3::Hasher::new();
    for file in files {
        let name = file
            .strip_prefix(root)
            .unwrap_or(&file)
            .to_string_lossy()
            .into_owned();
        let bytes = std::fs::read(&file).map_err(Failure::file("read", &file))?;
        hasher
            .update(name.as_bytes())
            .update(&(bytes.len() as u64).to_le_bytes())
            .update(&bytes);
    }
    Ok(format!("{}\n", hasher.finalize()))
}

/// Adds every file below a folder.
fn sources(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Failure> {
    for entry in std::fs::read_dir(folder).map_err(Failure::file("list", folder))? {
        let path = entry.map_err(Failure::file("list", folder))?.path();
        if path.is_dir() {
            sources(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_engine_is_made_from_these_sources() {
        let committed = std::fs::read_to_string(stamp_path()).unwrap();
        assert_eq!(committed, stamp().unwrap(), "run `cargo xtask client`");
    }

    #[test]
    fn the_engine_is_small_enough_for_a_first_visit() {
        let path = workspace::root().join("themes/default/client/engine.wasm.bin");
        let length = std::fs::metadata(path).unwrap().len();
        assert!(length <= 400_000, "{length} bytes");
    }
}
