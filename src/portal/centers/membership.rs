//! Among whose documents each document is: its Centers, and the office that issued it.
//!
//! Both list it, so both have the same pages of it. What is said of the document itself keeps the two apart.

use crate::ids::IndexVec;
use crate::portal::{CenterId, DocId};

/// The Centers and the issuing office of every document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Membership {
    /// The Centers of each document; where an office issued it, that stands last.
    scopes: IndexVec<DocId, Vec<CenterId>>,
    /// Whether an office issued it.
    is_issued: IndexVec<DocId, bool>,
}

impl Membership {
    /// Adds the next document. An office that issued it is none of its Centers, also where its file lies there.
    pub(in crate::portal) fn push(&mut self, mut centers: Vec<CenterId>, issuer: Option<CenterId>) {
        if let Some(office) = issuer {
            centers.retain(|center| *center != office);
            centers.push(office);
        }
        self.scopes.push(centers);
        self.is_issued.push(issuer.is_some());
    }

    /// Who lists a document: its Centers, then the office that issued it.
    #[must_use]
    pub fn scopes_of(&self, id: DocId) -> &[CenterId] {
        &self.scopes[id]
    }

    /// The Centers of a document.
    #[must_use]
    pub fn centers_of(&self, id: DocId) -> &[CenterId] {
        let scopes = self.scopes_of(id);
        &scopes[..scopes.len() - usize::from(self.is_issued[id])]
    }

    /// The office that issued a document.
    #[must_use]
    pub fn issuer(&self, id: DocId) -> Option<CenterId> {
        self.scopes_of(id)[self.centers_of(id).len()..]
            .first()
            .copied()
    }

    /// Whether a document is of one Center or office alone: it is its only Center, or the office that issued it. What
    /// several Centers have is shared.
    #[must_use]
    pub fn is_own(&self, id: DocId, center: CenterId) -> bool {
        self.issuer(id) == Some(center) || self.centers_of(id) == [center]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_lists_what_it_issued_and_is_none_of_its_centers() {
        let (electronics, machinery, office) =
            (CenterId::from(0), CenterId::from(1), CenterId::from(2));
        let mut membership = Membership::default();
        membership.push(vec![electronics, machinery], Some(office));
        membership.push(vec![office], Some(office));
        membership.push(vec![electronics, office], None);
        membership.push(Vec::new(), None);
        let of = |at: usize| {
            let id = DocId::from(at);
            (
                membership.scopes_of(id),
                membership.centers_of(id),
                membership.issuer(id),
            )
        };
        assert_eq!(
            of(0),
            (
                &[electronics, machinery, office][..],
                &[electronics, machinery][..],
                Some(office)
            )
        );
        assert_eq!(of(1), (&[office][..], &[][..], Some(office)));
        assert_eq!(
            of(2),
            (&[electronics, office][..], &[electronics, office][..], None)
        );
        assert_eq!(of(3), (&[][..], &[][..], None));

        let own = |at: usize, center| membership.is_own(DocId::from(at), center);
        assert!(
            !own(0, electronics) && own(0, office),
            "two Centers share it"
        );
        assert!(own(1, office));
        assert!(!own(2, electronics) && !own(2, office));
        assert!(!own(3, electronics));
    }
}
