//! `portolan where`: the file, the page and the Center of what an editor names.

use super::args::{Format, ReportFormat};
use super::console::{Console, counts, print};
use super::root::Root;
use super::{Failure, context, list};
use crate::build::{self, BuildContext, Outcome, Site};
use crate::cache::Facts;
use crate::diagnostic::has_errors;
use crate::edit::{self, Goods, Match, Place, Visibility};
use crate::files::Disk;
use serde_json::json;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Finds what a text names.
pub(super) fn where_is(
    root: &Root,
    what: &str,
    format: Format,
    console: Console,
) -> Result<ExitCode, Failure> {
    let cache = context::cache(&Disk::new(&root.path), true);
    let Some(site) = load(root, cache.facts(), console, "nothing was looked up")? else {
        return Ok(ExitCode::from(1));
    };
    let found = edit::find(&site, what, &root.paths(what)?);
    let near = if found.is_empty() {
        edit::near(&site, what)
    } else {
        None
    };
    match format {
        Format::Json => {
            let mut data = json!({ "matches": found });
            if let Some(near) = &near {
                data["did_you_mean"] = json!(near);
            }
            print(&format!("{data:#}\n"))?;
        }
        Format::Text => print(&found.iter().map(text).collect::<String>())?,
    }
    if found.is_empty() {
        let nothing = nothing(what, near.as_deref());
        console.say_always(&format!("error: {nothing}"));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// Reads a portal with its drafts; one with errors is reported, and `outcome` says that nothing came of it.
pub(super) fn load(
    root: &Root,
    facts: &Facts,
    console: Console,
    outcome: &str,
) -> Result<Option<Site>, Failure> {
    let files = Disk::new(&root.path);
    let context = BuildContext {
        drafts: true,
        ..context::context(&root.path.join("public"), None)
    };
    let Outcome { result, problems } = build::load(&files, facts, context, &())?;
    // The next run is slower without; this one is as good.
    let _ = facts.save();
    let site = result.filter(|_| !has_errors(&problems));
    if site.is_none() {
        console.report(&problems, None, &files, &root.path, ReportFormat::Terminal)?;
        console.say(&format!("{}; {outcome}", counts(&problems)));
    }
    Ok(site)
}

/// That a text names nothing, and what it was probably meant to be.
pub(super) fn nothing(what: &str, near: Option<&str>) -> String {
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "name an address, a number, a file, a tariff number or a Center; `portolan list` lists the documents".to_owned()
        }
    };
    format!("nothing in this portal is called `{what}`: {help}")
}

fn text(found: &Match) -> String {
    match found {
        Match::Place(found) => place(found),
        Match::Goods(goods) => goods_text(goods),
    }
}

fn headline(place: &Place) -> String {
    let title = place.title.as_deref();
    match (place.kind.as_str(), &place.number, title) {
        ("center", _, Some(title)) => title.to_owned(),
        (_, Some(number), Some(title)) => format!("{number}: {title}"),
        (_, _, Some(title)) => title.to_owned(),
        (kind, ..) => kind.to_owned(),
    }
}

fn place(place: &Place) -> String {
    let mut text = headline(place) + "\n";
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "    {name:8} {value}");
    };
    if let Some(file) = &place.file {
        line("file:", file);
    }
    match &place.url {
        Some(url) => line("page:", &format!("{} ({url})", place.address)),
        None => line("page:", &place.address),
    }
    if let Some(from) = &place.redirected_from {
        line("moved:", &format!("{from} leads there"));
    }
    match place.centers.as_slice() {
        [] => {}
        [center] => line("Center:", center),
        centers => line("Centers:", &centers.join(", ")),
    }
    if let Some(office) = &place.issued_by {
        line("issued:", office);
    }
    let visibility = match place.visibility {
        Visibility::Published => "",
        Visibility::Draft => ", draft: not published",
        Visibility::Scheduled => ", scheduled: not published yet",
        Visibility::Expired => ", expired: no longer published",
    };
    let status = place.status.as_ref().map(list::status).unwrap_or_default();
    if place.title.is_some() && place.kind != "center" {
        line("status:", &format!("{}{status}{visibility}", place.kind));
    }
    text
}

fn goods_text(goods: &Goods) -> String {
    let mut text = format!("HTS {}\n", goods.hts);
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(text, "    {name:8} {value}");
    };
    match goods.centers.as_slice() {
        [] => line("Center:", "none covers this number"),
        [center] => line("Center:", center),
        centers => line("Centers:", &centers.join(", ")),
    }
    if let Some(address) = &goods.address {
        line("page:", address);
    }
    for place in &goods.documents {
        let file = place.file.as_deref().unwrap_or_default();
        let _ = writeln!(text, "{}\n    {file}", headline(place));
    }
    text
}
