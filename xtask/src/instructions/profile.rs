//! Reading what `callgrind_annotate --inclusive=yes` prints.

use std::collections::HashMap;

/// Instructions by function, each with those of all that it calls.
#[derive(Debug, PartialEq)]
pub(super) struct Profile {
    pub(super) total: u64,
    functions: HashMap<String, u64>,
}

impl Profile {
    /// Reads the output; `None` where it has no total.
    pub(super) fn read(annotated: &str) -> Option<Self> {
        let mut total = None;
        let mut functions = HashMap::new();
        for (count, what) in annotated.lines().filter_map(row) {
            if what == "PROGRAM TOTALS" {
                total = Some(count);
            } else if let Some(function) = function(what) {
                *functions.entry(function).or_default() += count;
            }
        }
        Some(Self {
            total: total?,
            functions,
        })
    }

    /// The instructions of a function, in all of its instances; `None` where it was not called.
    pub(super) fn of(&self, function: &str) -> Option<u64> {
        self.functions.get(function).copied()
    }
}

/// A count and what it is of: `1,234 (56.78%)  file:function [object]`. The share and its sign may be missing.
fn row(line: &str) -> Option<(u64, &str)> {
    let line = line.trim_start();
    let end = line.find(|c: char| c != ',' && !c.is_ascii_digit())?;
    let (count, rest) = line.split_at(end);
    let count = count.replace(',', "").parse().ok()?;
    let rest = rest.trim_start();
    let what = match rest.strip_prefix('(') {
        Some(share) => share.split_once(')')?.1.trim_start(),
        None => rest,
    };
    Some((count, what))
}

/// The function of `file:function [object]`, without what the ways of Rust to mangle names differ in:
/// `<a::Type>::method::<u8>` is `a::Type::method`.
fn function(what: &str) -> Option<String> {
    let what = what.rsplit_once(" [").map_or(what, |(what, _)| what);
    // Functions have colons, too, but each with another one.
    let bytes = what.as_bytes();
    let colon = (1..bytes.len()).find(|&at| {
        bytes[at] == b':' && bytes[at - 1] != b':' && bytes.get(at + 1) != Some(&b':')
    })?;
    let name = &what[colon + 1..];
    let name = name.split_once("::<").map_or(name, |(name, _)| name);
    match name
        .strip_prefix('<')
        .and_then(|name| name.split_once(">::"))
    {
        Some((of, method)) if !of.contains(" as ") => Some(format!("{of}::{method}")),
        _ => Some(name.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANNOTATED: &str = "\
--------------------------------------------------------------------------------
Profile data file 'callgrind.out' (creator: callgrind-3.19.0)
--------------------------------------------------------------------------------
Timerange: Basic block 0 - 491980374
Events recorded:  Ir
Thresholds:       100

--------------------------------------------------------------------------------
Ir
--------------------------------------------------------------------------------
2,532,045,307 (100.0%)  PROGRAM TOTALS

--------------------------------------------------------------------------------
Ir                      file:function
--------------------------------------------------------------------------------
3,667,531,785 (144.8%)  ???:__rust_try'2 [/build/portolan]
1,660,598,470 (65.58%)  ./nptl/pthread_create.c:start_thread [/usr/lib/libc.so.6]
  337,871,000 (13.34%)  src/render/mod.rs:portolan::render::Renderer::render_entry [/build/portolan]
   77,042,342 ( 3.04%)  ???:portolan::document::read::read'2 [/build/portolan]
   64,750,154 ( 2.56%)  ???:tantivy::merge_indices::<portolan::Directory> [/build/portolan]
          100 ( 0.00%)  ???:tantivy::merge_indices::<portolan::Other> [/build/portolan]
           40 ( 0.00%)  ???:<portolan::Block>::add [/build/portolan]
           10 ( 0.00%)  ???:<portolan::Stored as tantivy::Plugin>::merge [/build/portolan]
";

    #[test]
    fn counts_are_read_by_function() {
        let profile = Profile::read(ANNOTATED).unwrap();
        assert_eq!(profile.total, 2_532_045_307);
        for (function, count) in [
            ("start_thread", 1_660_598_470),
            ("portolan::render::Renderer::render_entry", 337_871_000),
            ("tantivy::merge_indices", 64_750_254),
            ("portolan::Block::add", 40),
        ] {
            assert_eq!(profile.of(function), Some(count), "{function}");
        }
    }

    #[test]
    fn calls_from_within_a_function_are_not_counted_as_calls_of_it() {
        let profile = Profile::read(ANNOTATED).unwrap();
        assert_eq!(profile.of("portolan::document::read::read"), None);
    }

    #[test]
    fn an_output_without_a_total_is_no_profile() {
        assert_eq!(Profile::read(""), None);
        assert_eq!(Profile::read("10 (1.0%)  ???:main [portolan]"), None);
    }
}
