//! `portolan explain`: what the code of a problem means.

use super::Failure;
use super::console::print;
use crate::diagnostic::{Code, UnknownCode, did_you_mean};
use std::process::ExitCode;

/// Why nothing was explained.
#[derive(Debug, thiserror::Error)]
pub(super) enum ExplainError {
    #[error("{0}; {help}", help = near(.0))]
    Unknown(#[from] UnknownCode),
}

fn near(UnknownCode(text): &UnknownCode) -> String {
    let codes: Vec<String> = Code::ALL.iter().map(ToString::to_string).collect();
    match did_you_mean(text, codes.iter().map(String::as_str)) {
        Some(near) => format!("did you mean {near}?"),
        None => "`portolan explain` lists all".to_owned(),
    }
}

/// Prints the page of a code, or a line for each code.
pub(super) fn explain(code: Option<&str>) -> Result<ExitCode, Failure> {
    let text = match code {
        Some(code) => {
            let code: Code = code.parse().map_err(ExplainError::from)?;
            code.page().to_owned()
        }
        None => Code::ALL
            .iter()
            .map(|code| format!("{code}  {}\n", code.title()))
            .collect(),
    };
    print(&text)?;
    Ok(ExitCode::SUCCESS)
}
