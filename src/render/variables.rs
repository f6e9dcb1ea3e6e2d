//! What a template sees.

use crate::render::body::Body;
use crate::render::markdown::TocEntry;
use serde::Serialize;
use tera::Context;

/// A page ready to be made.
#[derive(Debug)]
pub(crate) struct Prepared {
    pub(crate) template: &'static str,
    pub(crate) variables: Variables,
    pub(crate) body: Option<Body>,
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
    /// Every variable of the template.
    pub(crate) fn list(&self) -> Vec<Variable> {
        let mut variables = self.variables.list.clone();
        if self.body.is_some() {
            variables.push(Variable::of::<String>("body"));
            variables.push(Variable::of::<Vec<TocEntry>>("toc"));
        }
        variables
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

/// The variables of a template.
#[derive(Debug, Default)]
pub(crate) struct Variables {
    pub(crate) context: Context,
    list: Vec<Variable>,
}

impl Variables {
    pub(crate) fn insert<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.list.push(Variable::of::<T>(name));
        self.context.insert(name, value);
    }
}
