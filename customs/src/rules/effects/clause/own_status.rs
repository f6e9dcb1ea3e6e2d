//! What a text tells of its own status: `This ruling was revoked by HQ H123456`.

use super::super::words::{Form, LETTER, THIS, Verb};
use super::{Found, Sentence};

impl Sentence<'_> {
    /// `This ruling was revoked by HQ H123456`, `HQ H123456 revokes this letter`.
    pub(super) fn own_status(&self, at: usize, verb: &'static Verb, form: Form) -> Option<Found> {
        let key = verb.change.inverse_key()?;
        let found = |rulings| {
            Some(Found {
                key,
                rulings,
                is_certain: false,
                is_own_status: true,
            })
        };
        if self.is_conditional() {
            return None;
        }
        if form == Form::Participle {
            let (from, _) = self.before(at, form);
            let mut end = from;
            while end > 0
                && matches!(
                    self.word(end - 1),
                    "is" | "was" | "been" | "has" | "being" | "since" | "later"
                )
            {
                end -= 1;
            }
            let is_own =
                end > 0 && end < from && (self.is_own(end - 1) || self.is_this_letter(end - 1));
            let by = (at + 1..self.tokens.len().min(at + 4)).find(|at| self.word(*at) == "by");
            if let (true, Some(by)) = (is_own, by)
                && !self.is_not_done(self.clause_start(end - 1)..at)
            {
                let first =
                    (by + 1..self.tokens.len().min(by + 5)).find(|at| self.is_ruling(*at))?;
                return found(vec![first]);
            }
        }
        let is_told = matches!(form, Form::Third | Form::Participle);
        let (from, _) = self.before(at, form);
        if is_told
            && from > 0
            && self.is_ruling(from - 1)
            && !self.is_own(from - 1)
            && (self.is_own(at + 1)
                || (at + 1..at + 4).any(|next| {
                    self.is_this_letter(next)
                        && (at + 1..next).all(|at| {
                            self.tokens.get(at).is_some_and(|token| {
                                token.is_one_of(THIS) || token.is_one_of(LETTER)
                            })
                        })
                }))
        {
            return found(vec![from - 1]);
        }
        None
    }
}
