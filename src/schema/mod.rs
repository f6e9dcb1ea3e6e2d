//! How text is read into values with their places: YAML, and names that become addresses.

pub(crate) mod earlier;
pub mod slug;
pub(crate) mod yaml;
mod yaml_fix;
mod yaml_problem;
