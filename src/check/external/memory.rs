//! A web in memory, for tests.

use super::{Method, Reply, Web};
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

/// Answers by address; what is not there has no host.
#[derive(Debug, Default)]
pub struct MemoryWeb {
    replies: Mutex<HashMap<String, VecDeque<Reply>>>,
    sent: Mutex<Vec<(Method, String)>>,
}

impl MemoryWeb {
    /// Starts with nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts the answers of an address, one after the other; the last one stays.
    #[must_use]
    pub fn with(self, url: &str, replies: impl IntoIterator<Item = Reply>) -> Self {
        self.replies
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(url.to_owned(), replies.into_iter().collect());
        self
    }

    /// What was asked of an address.
    #[must_use]
    pub fn sent(&self, url: &str) -> Vec<Method> {
        let sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        let of_url = sent.iter().filter(|(_, other)| other == url);
        of_url.map(|(method, _)| *method).collect()
    }
}

impl Web for MemoryWeb {
    fn send(&self, method: Method, url: &str) -> Reply {
        self.sent
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((method, url.to_owned()));
        let mut replies = self.replies.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(replies) = replies.get_mut(url) else {
            return Reply::NoHost;
        };
        if replies.len() > 1 {
            replies.pop_front().unwrap_or(Reply::NoHost)
        } else {
            replies.front().cloned().unwrap_or(Reply::NoHost)
        }
    }
}
