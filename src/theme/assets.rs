//! The function `asset` of templates: `{{ asset(file="static/style.css") }}` is the address of a file of the theme.

use crate::addresses;
use crate::diagnostic::suggestion;
use crate::files::percent_encoded;
use std::collections::BTreeMap;
use tera::{Error, Kwargs, State, Tera, TeraResult};

/// Gives templates the function. What it says after the first line of an error is the help.
pub(super) fn register<T>(engine: &mut Tera, files: &BTreeMap<String, T>) {
    let files = files.keys();
    let files: BTreeMap<String, String> = files
        .map(|path| {
            let address = percent_encoded(&addresses::theme_file(path));
            (path.clone(), address)
        })
        .collect();
    let asset = move |arguments: Kwargs, state: &State<'_>| -> TeraResult<String> {
        let file: &str = arguments.get("file")?.ok_or_else(|| {
            Error::message("`asset` needs a file\nwrite `asset(file=\"static/style.css\")`")
        })?;
        let Some(address) = files.get(file) else {
            let help = suggestion(file, files.keys().map(String::as_str), || {
                "name a file of the theme's folder `static` or `client`, or of the default theme's"
                    .to_owned()
            });
            let what = format!("the theme has no file `{file}`");
            return Err(Error::message(format!("{what}\n{help}")));
        };
        let page = state.get::<tera::Value>("page")?;
        let root = page
            .as_ref()
            .and_then(|page| page.as_map()?.get(&"root".into())?.as_str());
        Ok(format!("{}{address}", root.unwrap_or_default()))
    };
    engine.register_function("asset", asset);
}
