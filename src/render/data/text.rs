//! The text of a document, below what it is and its status.

use crate::document::body;
use crate::files::Files;
use crate::portal::DocId;
use crate::render::RenderError;
use crate::render::parts::proposals::ProposalView;
use crate::render::parts::relations::RulingLinkView;
use crate::render::parts::status;
use crate::render::site::Site;
use portolan_customs::RulingNumber;
use std::fmt::Display;

/// The file of a document's text.
///
/// # Errors
/// When the document's file is gone or was changed since its facts were read.
pub(crate) fn bytes(site: Site<'_>, id: DocId, files: &dyn Files) -> Result<Vec<u8>, RenderError> {
    let text = site.portal.document(id).body_ref().read(files)?;
    Ok((head(site, id) + &body::published(&text)).into_bytes())
}

/// What is above the text: what the document is, and its status.
fn head(site: Site<'_>, id: DocId) -> String {
    let document = site.portal.document(id);
    let fields = &document.fields;
    let mut lines = vec![match fields.number() {
        Some(number) => format!("{number}: {}", document.common.title),
        None => document.common.title.clone(),
    }];
    lines.extend(fields.date().map(|date| site.date(date)));
    if let Some(status) = status::status(site, id) {
        let mut line = status.label.to_uppercase();
        if let Some(note) = &status.note {
            line = format!("{line} {note}");
        }
        if let Some(cause) = &status.cause {
            let cause = RulingLinkView {
                title: None,
                ..cause.clone()
            };
            line = format!("{line} ({})", relation(&cause));
        }
        lines.push(line);
        lines.push(status.basis);
        let proposals = status.proposals.iter();
        lines.extend(proposals.map(|proposal| proposal_line(site, proposal)));
    }
    if let Some(subsequent) = status::subsequent(site, id) {
        lines.extend(subsequent.label.map(|label| label.to_uppercase()));
        lines.extend(subsequent.history.iter().map(relation));
        lines.extend(subsequent.note);
    }
    lines.extend(status::document_text(site, document).map(|text| text.notice));
    lines.extend(fields.ruling_number().map(RulingNumber::cross_url));
    if !site.config.official {
        lines.push(site.word("site.unofficial"));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n") + "\n\n"
}

/// `reversed by Acetris Health, LLC v. United States: …, February 10, 2020`.
fn relation(link: &RulingLinkView) -> String {
    let verb = link.verb.as_deref().unwrap_or_default();
    format!("{verb} {}", named(link))
}
/// `REVOCATION PROPOSED (Customs Bulletin, Vol. 48, No. 29, July 23, 2014; comments until August 22, 2014)`.
fn proposal_line(site: Site<'_>, proposal: &ProposalView) -> String {
    let notice = RulingLinkView {
        title: proposal
            .notice
            .title
            .clone()
            .filter(|_| proposal.notice.number.is_none()),
        ..proposal.notice.clone()
    };
    let mut line = format!("{} ({}", proposal.label.to_uppercase(), named(&notice));
    if let Some(date) = &proposal.comments_until {
        let values: [(&str, &dyn Display); 1] = [("date", date)];
        let comments = site.words.fill("proposal.comments_until", &values);
        line = format!("{line}; {comments}");
    }
    line + ")"
}

/// A document's number, title and day, as far as the link has them.
fn named(link: &RulingLinkView) -> String {
    let name = link.number.iter().chain(&link.title);
    let name = name.map(String::as_str).collect::<Vec<_>>().join(": ");
    match &link.date {
        Some(date) => format!("{name}, {date}"),
        None => name,
    }
}
