//! A file ready to be made, and what its fingerprint is the hash of.

use crate::document::BodyRef;
use crate::render::body::Body;
use crate::render::markdown::TocEntry;
use serde::Serialize;
use tera::Context;

/// A file ready to be made.
#[derive(Debug)]
pub struct Prepared {
    /// The hash of everything that it is made from.
    pub fingerprint: blake3::Hash,
    pub(crate) content: Content,
}

#[derive(Debug)]
pub(crate) enum Content {
    Bytes(Vec<u8>),
    /// A document's text under a head.
    Text {
        head: String,
        text: BodyRef,
    },
    Template {
        name: &'static str,
        context: Box<Context>,
        variables: Vec<Variable>,
        body: Option<Body>,
    },
}

/// A variable of a template, besides those that every page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Variable {
    /// Its name.
    pub name: &'static str,
    /// The type that it comes from, with its path.
    pub form: &'static str,
}

impl Prepared {
    /// A file that is these bytes.
    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self {
            fingerprint: blake3::hash(&bytes),
            content: Content::Bytes(bytes),
        }
    }

    /// The template that makes the file and its variables; `None` for files that come from none.
    #[must_use]
    pub fn template(&self) -> Option<(&'static str, Vec<Variable>)> {
        let Content::Template {
            name,
            variables,
            body,
            ..
        } = &self.content
        else {
            return None;
        };
        let mut variables = variables.clone();
        if body.is_some() {
            variables.push(Variable::of::<String>("body"));
            variables.push(Variable::of::<Vec<TocEntry>>("toc"));
        }
        Some((name, variables))
    }
}

impl Variable {
    pub(crate) fn of<T: ?Sized>(name: &'static str) -> Self {
        Self {
            name,
            form: std::any::type_name::<T>(),
        }
    }
}

/// The variables of a template, and the hash of them.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    pub(crate) context: Context,
    pub(crate) list: Vec<Variable>,
    pub(crate) hasher: blake3::Hasher,
}

impl Variables {
    pub(crate) fn insert<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        hash_into(&mut self.hasher, value);
        self.list.push(Variable::of::<T>(name));
        self.context.insert(name, value);
    }
}

pub(crate) fn hash_into<T: Serialize + ?Sized>(hasher: &mut blake3::Hasher, value: &T) {
    // In one piece: the hasher is slow at the many small ones that a serializer writes.
    let bytes = serde_json::to_vec(value).expect("views are maps with text keys");
    hasher.update(&bytes);
    hasher.update(b"\n");
}
