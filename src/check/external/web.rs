//! What the web says of an address, and what follows from it.

/// How an address is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Whether it is there.
    Head,
    /// What is there; for servers that know no other question.
    Get,
}

/// One answer of the web, after redirects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A server's answer.
    Status(u16),
    /// No host has this name.
    NoHost,
    /// The host cannot prove that it is the one.
    Tls(String),
    /// The address leads into a private network, and is not asked for.
    Private,
    /// No answer: time ran out, a connection broke, redirects went in a circle.
    Failed(String),
}

/// The web, or a twin of it in memory.
pub trait Web: Sync {
    /// Sends one request and follows redirects.
    fn send(&self, method: Method, url: &str) -> Reply;
}

/// What is held of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is there.
    Sound(u16),
    /// Nobody will find anything there, and why.
    Dead(String),
    /// It could not be found out, and why.
    Unsure(String),
}

/// Asks for an address: shortly, then in full, and once more where the answer may have been bad luck.
pub(super) fn ask(web: &dyn Web, url: &str) -> Verdict {
    let mut reply = once(web, url);
    if is_bad_luck(&reply) {
        reply = once(web, url);
    }
    match reply {
        Reply::Status(status @ 100..400) => Verdict::Sound(status),
        Reply::Status(404) => Verdict::Dead("the server answers 404 (not found)".to_owned()),
        Reply::Status(410) => Verdict::Dead("the server answers 410 (gone)".to_owned()),
        Reply::Status(status) => Verdict::Unsure(format!("the server answers {status}")),
        Reply::NoHost => Verdict::Dead("no host has this name".to_owned()),
        Reply::Tls(why) => Verdict::Dead(format!("the connection is not secure ({why})")),
        Reply::Private => Verdict::Unsure("it leads into a private network".to_owned()),
        Reply::Failed(why) => Verdict::Unsure(why),
    }
}

/// Many servers answer HEAD wrongly, so only a good answer to it counts.
fn once(web: &dyn Web, url: &str) -> Reply {
    match web.send(Method::Head, url) {
        Reply::Status(400..) => web.send(Method::Get, url),
        reply => reply,
    }
}

fn is_bad_luck(reply: &Reply) -> bool {
    matches!(
        reply,
        Reply::Status(500..) | Reply::NoHost | Reply::Tls(_) | Reply::Failed(_)
    )
}

#[cfg(test)]
mod tests {
    use super::super::MemoryWeb;
    use super::*;

    #[test]
    fn only_what_nobody_will_find_is_dead() {
        let web = MemoryWeb::new()
            .with("https://a.example/", [Reply::Status(200)])
            .with(
                "https://b.example/",
                [Reply::Status(404), Reply::Status(404)],
            )
            .with(
                "https://c.example/",
                [Reply::Status(403), Reply::Status(403)],
            )
            .with(
                "https://d.example/",
                [Reply::Status(429), Reply::Status(429)],
            );
        let verdict = |url| ask(&web, url);
        assert_eq!(verdict("https://a.example/"), Verdict::Sound(200));
        assert!(matches!(verdict("https://b.example/"), Verdict::Dead(_)));
        assert!(matches!(verdict("https://c.example/"), Verdict::Unsure(_)));
        assert!(matches!(verdict("https://d.example/"), Verdict::Unsure(_)));
        assert!(matches!(
            verdict("https://unknown.example/"),
            Verdict::Dead(_)
        ));
        assert_eq!(web.sent("https://d.example/"), [Method::Head, Method::Get]);
    }

    #[test]
    fn a_server_that_does_not_know_head_is_asked_with_get() {
        let web = MemoryWeb::new().with(
            "https://a.example/",
            [Reply::Status(405), Reply::Status(200)],
        );
        assert_eq!(ask(&web, "https://a.example/"), Verdict::Sound(200));
    }

    #[test]
    fn bad_luck_is_tried_once_more() {
        let late = || Reply::Failed("no answer".to_owned());
        let web = MemoryWeb::new()
            .with("https://a.example/", [late(), Reply::Status(200)])
            .with("https://b.example/", [late(), late(), Reply::Status(200)]);
        assert_eq!(ask(&web, "https://a.example/"), Verdict::Sound(200));
        assert!(matches!(
            ask(&web, "https://b.example/"),
            Verdict::Unsure(_)
        ));
    }
}
