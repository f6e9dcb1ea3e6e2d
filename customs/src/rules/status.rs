//! The rule of status: what the changes of a ruling, and later decisions on a decision, come to
//! (shared/domain/DOMAIN.md, section 5).

use crate::{Change, PartialDate, RulingNumber, StatusKind, Treatment};

/// On what a status rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Basis {
    /// Another ruling changed it, or CROSS marks it as no longer in force.
    Change,
    /// No change is known, and a source was read for its changes.
    NoChangeKnown,
    /// Only its record is known.
    RecordOnly,
    /// Its source did not say which rulings changed it.
    RelationsUnknown,
    /// No source was read for changes of rulings of its collection and year.
    NotCovered,
}

impl Basis {
    /// As data and the names of words write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::NoChangeKnown => "no-change-known",
            Self::RecordOnly => "record-only",
            Self::RelationsUnknown => "relations-unknown",
            Self::NotCovered => "not-covered",
        }
    }
}

/// What decides the place of a change in a ruling's history.
#[derive(Debug, Clone, Copy)]
pub struct Dated<'a> {
    /// What was done.
    pub change: Change,
    /// When it took effect.
    pub effective: PartialDate,
    /// Which ruling did it.
    pub by: &'a RulingNumber,
}

/// Sorts the changes of a ruling, the oldest first; `dated` tells what decides the place of each.
///
/// Where days are equal or unknown, a reinstatement answers what went before it. An unknown date sorts first, yet a
/// reinstatement of unknown date cannot precede the revocation that it undoes.
pub fn sort_history<T>(history: &mut [T], dated: impl Fn(&T) -> Dated<'_>) {
    history.sort_by_cached_key(|entry| {
        let Dated {
            change,
            effective,
            by,
        } = dated(entry);
        let is_answer = change == Change::Reinstates && effective == PartialDate::Unknown;
        (is_answer, effective.sort_key(), change, by.clone())
    });
}

/// What the changes of a ruling, the oldest first, come to, and the place of the change that it follows from.
///
/// `is_withdrawn` is the mark of CROSS for a ruling that is no longer in force without a letter that revokes it.
pub fn status_after(
    history: impl IntoIterator<Item = Change>,
    is_withdrawn: bool,
) -> (StatusKind, Option<usize>) {
    let mut kind = StatusKind::InForce;
    let mut cause = None;
    for (at, change) in history.into_iter().enumerate() {
        let next = match change {
            Change::Revokes => StatusKind::Revoked,
            Change::Supersedes => StatusKind::Superseded,
            Change::Reinstates => StatusKind::InForce,
            Change::Modifies if !kind.is_out_of_force() => StatusKind::Modified,
            Change::Modifies => continue,
        };
        // What is revoked stays revoked when something supersedes it later.
        if kind == StatusKind::Revoked && next == StatusKind::Superseded {
            continue;
        }
        kind = next;
        cause = Some(at);
    }
    if is_withdrawn && kind != StatusKind::Revoked {
        return (StatusKind::Revoked, None);
    }
    (kind, cause)
}

/// What a status is and rests on, given what changes come to and whether somebody looked for changes: where not, why.
///
/// What was changed stays changed; what is not known to be changed is in force only where a source was read for its
/// changes.
#[must_use]
pub fn resting(kind: StatusKind, looked_up: Result<(), Basis>) -> (StatusKind, Basis) {
    match looked_up {
        _ if kind.is_changed() => (kind, Basis::Change),
        Ok(()) => (kind, Basis::NoChangeKnown),
        Err(reason) => (StatusKind::NotChecked, reason),
    }
}

/// What a later decision did to a decision, and what has become of the later one since.
#[derive(Debug, Clone, Copy)]
pub struct Later<D> {
    /// Which decision.
    pub by: D,
    /// What it did.
    pub treatment: Treatment,
    /// What came of it.
    pub standing: Option<Standing>,
}

/// What later decisions come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What counts.
    pub treatment: Treatment,
    /// The place of the step that it follows from.
    pub step: usize,
    /// Whether the same later decision affirmed the rest.
    pub in_part: bool,
}

impl Standing {
    /// As addresses, classes and data write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match (self.treatment, self.in_part) {
            (Treatment::Reverses, true) => "reversed-in-part",
            (Treatment::Vacates, true) => "vacated-in-part",
            (treatment, _) => treatment.passive(),
        }
    }

    /// Whether the decision still counts, be it in part.
    #[must_use]
    pub fn is_good_law(self) -> bool {
        self.treatment == Treatment::Affirms || self.in_part
    }
}

/// What later decisions, the oldest first, come to; `None` where none counts.
///
/// What a reversed or vacated decision said no longer counts, but where it had affirmed an earlier one that falls with it.
#[must_use]
pub fn standing_after<D: PartialEq>(steps: &[Later<D>]) -> Option<Standing> {
    let counted = steps.iter().enumerate().rev().find_map(|(at, step)| {
        let fallen = step.standing.filter(|standing| !standing.is_good_law());
        match (step.treatment, fallen) {
            (treatment, None) => Some((at, treatment)),
            (Treatment::Affirms, Some(standing)) => Some((at, standing.treatment)),
            _ => None,
        }
    });
    let (step, treatment) = counted?;
    let mut others = steps[..step]
        .iter()
        .rev()
        .take_while(|other| other.by == steps[step].by);
    Some(Standing {
        treatment,
        step,
        in_part: treatment != Treatment::Affirms
            && others.any(|other| other.treatment == Treatment::Affirms),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_change_counts_and_what_is_revoked_is_not_superseded_or_modified_any_more() {
        use Change::{Modifies, Reinstates, Revokes, Supersedes};
        for (history, expected) in [
            (&[][..], (StatusKind::InForce, None)),
            (&[Modifies], (StatusKind::Modified, Some(0))),
            (&[Revokes, Supersedes], (StatusKind::Revoked, Some(0))),
            (&[Supersedes, Revokes], (StatusKind::Revoked, Some(1))),
            (&[Revokes, Modifies], (StatusKind::Revoked, Some(0))),
            (&[Revokes, Reinstates], (StatusKind::InForce, Some(1))),
            (
                &[Revokes, Reinstates, Modifies],
                (StatusKind::Modified, Some(2)),
            ),
        ] {
            assert_eq!(
                status_after(history.iter().copied(), false),
                expected,
                "{history:?}"
            );
        }
        assert_eq!(status_after([Modifies], true), (StatusKind::Revoked, None));
        assert_eq!(
            status_after([Revokes], true),
            (StatusKind::Revoked, Some(0))
        );
    }

    #[test]
    fn a_reinstatement_of_unknown_date_comes_after_what_it_undoes() {
        let number: RulingNumber = "HQ H300001".parse().expect("it is a number");
        let mut history = [
            (Change::Reinstates, "unknown"),
            (Change::Revokes, "2019-05-06"),
            (Change::Modifies, "unknown"),
        ];
        sort_history(&mut history, |(change, date)| Dated {
            change: *change,
            effective: date.parse().expect("it is a date"),
            by: &number,
        });
        let order = history.map(|(change, _)| change);
        assert_eq!(
            order,
            [Change::Modifies, Change::Revokes, Change::Reinstates]
        );
    }

    #[test]
    fn only_what_somebody_looked_up_is_in_force() {
        let in_force = StatusKind::InForce;
        assert_eq!(resting(in_force, Ok(())), (in_force, Basis::NoChangeKnown));
        assert_eq!(
            resting(in_force, Err(Basis::NotCovered)),
            (StatusKind::NotChecked, Basis::NotCovered)
        );
        assert_eq!(
            resting(StatusKind::Revoked, Err(Basis::NotCovered)),
            (StatusKind::Revoked, Basis::Change)
        );
    }

    #[test]
    fn a_decision_falls_with_the_one_that_affirmed_it_and_a_reversal_that_fell_undoes_nothing() {
        let later = |by, treatment, standing| Later {
            by,
            treatment,
            standing,
        };
        let reversed = Some(Standing {
            treatment: Treatment::Reverses,
            step: 0,
            in_part: false,
        });
        let of = |steps: &[Later<u8>]| standing_after(steps).map(Standing::name);
        assert_eq!(of(&[]), None);
        assert_eq!(
            of(&[later(1, Treatment::Affirms, reversed)]),
            Some("reversed")
        );
        assert_eq!(of(&[later(1, Treatment::Reverses, reversed)]), None);
        let both = [
            later(1, Treatment::Affirms, None),
            later(1, Treatment::Reverses, None),
        ];
        assert_eq!(of(&both), Some("reversed-in-part"));
        let two = [both[0], later(2, Treatment::Vacates, None)];
        assert_eq!(of(&two), Some("vacated"));
    }
}
