//! The pages of the site. Each file has what a page's template sees, and the function that makes it.

pub(crate) mod center;
pub(crate) mod centers;
pub(crate) mod changes;
pub(crate) mod directory;
pub(crate) mod document;
pub(crate) mod home;
pub(crate) mod listing;
pub(crate) mod search;
pub(crate) mod site_map;
pub(crate) mod small;
pub(crate) mod tariff;
pub(crate) mod terms;
pub(crate) mod trends;
