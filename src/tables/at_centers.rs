//! What a program or an agency means at Centers: the key `at_centers` of their tables.

use crate::schema::{Field, FieldType, Node, Number, Reader, Shape, Value, keys};
use crate::tables::Reference;
use serde::{Deserialize, Serialize};
use std::ops::Deref;

keys! {
    /// A statement about some Centers, or about all.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AtCenter, "a statement" {
        /// About which.
        pub centers: Scope,
        /// What it means there.
        pub text: String,
        /// Whether no source that can be relied on was found.
        pub unverified: bool,
    }
}

/// Slugs of Centers; `None` for every Center of an industry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope(Option<Vec<Reference>>);

impl Scope {
    /// No Center.
    pub(super) fn none() -> Self {
        Self(Some(Vec::new()))
    }
}

impl Deref for Scope {
    type Target = Option<Vec<Reference>>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl FieldType for Scope {
    const NUMBER: Number = Number::ManyOrAll;
    const REQUIRED: bool = true;

    fn shape() -> Shape {
        Shape::Center
    }

    fn from_value(reader: &mut Reader<'_>, field: &Field, value: &Node) -> Option<Self> {
        match &value.value {
            Value::Scalar { text, .. } if text == "all" => Some(Self(None)),
            _ => reader.items(field, value).map(Some).map(Self),
        }
    }

    fn absent() -> Option<Self> {
        None
    }

    fn canonical_values(&self) -> Option<serde_yaml::Value> {
        match &self.0 {
            None => Some("all".into()),
            Some(centers) => centers.canonical_values(),
        }
    }
}
