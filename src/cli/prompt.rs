//! Questions to the person at the terminal, answered with a line each: the terminal itself edits the line, and screen
//! readers read it.

use super::output::message;
use std::io::{self, BufRead as _};

/// Somebody who can be asked.
pub(super) trait Ask {
    /// Says something, without a line end where an answer follows.
    fn say(&mut self, text: &str);

    /// Waits for a line.
    fn line(&mut self) -> io::Result<String>;
}

/// The terminal, with questions on standard error.
pub(super) struct Terminal;

impl Ask for Terminal {
    fn say(&mut self, text: &str) {
        message(text);
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        if io::stdin().lock().read_until(b'\n', &mut line)? == 0 {
            self.say("\n");
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the input has ended",
            ));
        }
        Ok(String::from_utf8_lossy(&line).trim().to_owned())
    }
}

/// Asks for a text until `check` accepts it; the check says what is wrong with it.
pub(super) fn text(
    ask: &mut dyn Ask,
    question: &str,
    check: &dyn Fn(&str) -> Result<(), String>,
) -> io::Result<String> {
    loop {
        ask.say(&format!("{question}: "));
        let answer = ask.line()?;
        match check(&answer) {
            Ok(()) => return Ok(answer),
            Err(what) => ask.say(&format!("  {what}\n")),
        }
    }
}

/// Asks for one of several answers, by its number or its first word; nothing means the one that is `proposed`.
pub(super) fn choice(
    ask: &mut dyn Ask,
    question: &str,
    answers: &[String],
    proposed: Option<usize>,
) -> io::Result<usize> {
    ask.say(&format!("{question}:\n"));
    for (at, answer) in answers.iter().enumerate() {
        ask.say(&format!("  {:2}  {answer}\n", at + 1));
    }
    let hint = proposed.map_or(String::new(), |at| format!(", or nothing for {}", at + 1));
    let at = |text: &str| {
        if text.is_empty() {
            return proposed;
        }
        let number = text.parse::<usize>().ok();
        let by_number = number.and_then(|number| number.checked_sub(1));
        by_number.filter(|at| *at < answers.len()).or_else(|| {
            let first = |answer: &String| answer.split(' ').next() == Some(text);
            answers.iter().position(first)
        })
    };
    let check = |text: &str| match at(text) {
        Some(_) => Ok(()),
        None => Err(format!("choose a number from 1 to {}", answers.len())),
    };
    let text = text(ask, &format!("its number{hint}"), &check)?;
    Ok(at(&text).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// Somebody whose answers are known.
    #[derive(Debug, Default)]
    struct Scripted {
        answers: VecDeque<&'static str>,
        said: String,
    }

    impl Ask for Scripted {
        fn say(&mut self, text: &str) {
            self.said.push_str(text);
        }

        fn line(&mut self) -> io::Result<String> {
            let answer = self.answers.pop_front();
            let answer = answer.ok_or(io::ErrorKind::UnexpectedEof)?;
            self.said.push_str(&format!("{answer}\n"));
            Ok(answer.to_owned())
        }
    }

    #[test]
    fn a_choice_is_made_by_number_by_word_or_by_nothing() {
        let answers = ["electronics (covers the goods)", "machinery"].map(str::to_owned);
        for (typed, proposed, chosen) in [
            (vec!["2"], None, 1),
            (vec!["electronics"], None, 0),
            (vec!["0", "3", "x", "", "machinery"], None, 1),
            (vec![""], Some(0), 0),
        ] {
            let mut ask = Scripted {
                answers: typed.into(),
                ..Scripted::default()
            };
            let made = choice(&mut ask, "Center", &answers, proposed).expect("it is answered");
            assert_eq!(made, chosen);
            assert_eq!(ask.answers.len(), 0);
            assert!(
                ask.said
                    .starts_with("Center:\n   1  electronics (covers the goods)\n")
            );
        }
        let ended = choice(&mut Scripted::default(), "Center", &answers, None);
        assert!(ended.is_err());
    }
}
