//! The text of a document, below what it is and its status.

use crate::portal::DocId;
use crate::render::parts::proposals::ProposalView;
use crate::render::parts::status;
use crate::render::prepared::{Content, Prepared};
use crate::render::site::Site;
use portolan_customs::RulingNumber;

/// Gets the file of a document's text ready.
pub(crate) fn prepare(site: Site<'_>, id: DocId) -> Prepared {
    let document = site.portal.document(id);
    let head = head(site, id);
    let mut hasher = blake3::Hasher::new();
    hasher.update(head.as_bytes());
    hasher.update(document.hash.as_bytes());
    Prepared {
        fingerprint: hasher.finalize(),
        content: Content::Text {
            head,
            path: document.path.clone(),
            span: document.body.clone(),
        },
    }
}

/// What stands above the text of a document in its plain form: what it is, and whether it still stands.
pub(crate) fn head(site: Site<'_>, id: DocId) -> String {
    let document = site.portal.document(id);
    let fields = &document.fields;
    let mut lines = vec![match fields.number() {
        Some(number) => format!("{number}: {}", document.common.title),
        None => document.common.title.clone(),
    }];
    lines.extend(fields.date().map(|date| site.date(date)));
    if let Some(status) = status::status(site, id) {
        let mut line = status.label.to_uppercase();
        if !status.note.is_empty() {
            line = format!("{line} {}", status.note);
        }
        if let Some(cause) = &status.cause {
            line = format!("{line} ({} {}", cause.verb, cause.number);
            if !cause.date.is_empty() {
                line = format!("{line}, {}", cause.date);
            }
            line.push(')');
        }
        lines.push(line);
        lines.push(status.basis);
        lines.extend(
            status
                .proposals
                .iter()
                .map(|proposal| proposal_line(site, proposal)),
        );
    }
    if let Some(subsequent) = status::subsequent(site, id) {
        lines.push(subsequent.label.to_uppercase());
        let history = subsequent.history.into_iter();
        lines.extend(history.map(|link| {
            let name = [link.number, link.title]
                .into_iter()
                .filter(|part| !part.is_empty());
            let name = name.collect::<Vec<_>>().join(": ");
            let date = if link.date.is_empty() {
                String::new()
            } else {
                format!(", {}", link.date)
            };
            format!("{} {name}{date}", link.verb)
        }));
        lines.push(subsequent.note);
    }
    lines.extend(status::document_text(site, document).map(|text| text.notice));
    lines.extend(fields.ruling_number().map(RulingNumber::cross_url));
    if !site.config.official {
        lines.push(site.words.get("site.unofficial").to_owned());
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n") + "\n\n"
}

/// `REVOCATION PROPOSED (Customs Bulletin, Vol. 48, No. 29, July 23, 2014; comments until August 22, 2014)`.
fn proposal_line(site: Site<'_>, proposal: &ProposalView) -> String {
    let notice = &proposal.notice;
    let name = if notice.number.is_empty() {
        &notice.title
    } else {
        &notice.number
    };
    let mut line = format!("{} ({name}", proposal.label.to_uppercase());
    if !notice.date.is_empty() {
        line = format!("{line}, {}", notice.date);
    }
    if !proposal.comments_until.is_empty() {
        let date: &dyn std::fmt::Display = &proposal.comments_until;
        line = format!(
            "{line}; {}",
            site.words
                .fill("proposal.comments_until", &[("date", date)])
        );
    }
    line + ")"
}
