//! What a portal has, as far as a new document must not collide with it. Documents with problems count.

use super::new_document::Whose;
use crate::addresses;
use crate::build::read_documents;
use crate::cache::Facts;
use crate::document::{Document, Fields, Kind, Schema, Unreadable};
use crate::files::{FileError, Files, PathGlobs};
use crate::ids::IndexVec;
use crate::portal::{CenterId, CenterRecord, Coverage, page_address};
use crate::source;
use camino::{Utf8Path, Utf8PathBuf};
use portolan_customs::{HtsNumber, RulingNumber};
use std::collections::HashMap;

/// The files, addresses, numbers and Centers of a portal.
#[derive(Debug)]
pub struct Inventory {
    centers: IndexVec<CenterId, CenterRecord>,
    coverage: Coverage,
    /// Every file of the content tree, by its path in small letters: some file systems ignore case.
    files: HashMap<String, Utf8PathBuf>,
    /// The file of each page and of each earlier address.
    addresses: HashMap<String, Utf8PathBuf>,
    /// The files of rulings and of decisions that have a ruling's number.
    rulings: HashMap<RulingNumber, Utf8PathBuf>,
}

impl Inventory {
    /// Reads the content tree. Documents that `facts` remembers are not read again.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn load(files: &dyn Files, facts: &Facts, schema: &Schema) -> Result<Self, FileError> {
        let folders: Vec<&str> = schema.kinds.folders().collect();
        // What `ignore` names is there, too.
        let (sources, _) = source::scan(files, &folders, &PathGlobs::default())?;
        let (documents, unreadable) = read_documents(files, facts, &sources, schema)?;
        let mut inventory = Self {
            centers: IndexVec::from(Vec::new()),
            coverage: Coverage::default(),
            files: HashMap::new(),
            addresses: HashMap::new(),
            rulings: HashMap::new(),
        };
        let paths = sources.documents.iter().map(|file| &file.path);
        let left_out = sources.left_out.keys();
        for path in paths.chain(&sources.assets).chain(left_out) {
            let key = path.as_str().to_lowercase();
            inventory.files.insert(key, path.clone());
        }
        let mut centers = Vec::new();
        for document in documents {
            inventory.add(&document, schema);
            if let Fields::Center(record) = document.fields.clone() {
                centers.push(CenterRecord { document, record });
            }
        }
        for document in &unreadable {
            inventory.add_unreadable(document, schema);
        }
        centers.sort_by(|a, b| (&a.record.number, a.slug()).cmp(&(&b.record.number, b.slug())));
        inventory.centers = IndexVec::from(centers);
        inventory.coverage = Coverage::new(&inventory.centers);
        Ok(inventory)
    }

    fn add(&mut self, document: &Document, schema: &Schema) {
        let path = &document.path;
        let address = page_address(document.kind, &document.slug, &schema.kinds);
        self.addresses.insert(address, path.clone());
        for alias in &document.common.aliases {
            let address = addresses::redirect(alias);
            self.addresses.entry(address).or_insert(path.clone());
        }
        for number in numbers(&document.fields) {
            self.rulings.entry(number).or_insert(path.clone());
        }
    }

    fn add_unreadable(&mut self, document: &Unreadable, schema: &Schema) {
        let path = &document.path;
        let address = page_address(document.kind, &document.slug, &schema.kinds);
        self.addresses.entry(address).or_insert(path.clone());
        if document.kind == Kind::Ruling
            && let Ok(number) = document.slug.parse()
        {
            self.rulings.entry(number).or_insert(path.clone());
        }
    }

    /// The file of a ruling, or of a decision with its number.
    #[must_use]
    pub fn ruling(&self, number: &RulingNumber) -> Option<&Utf8Path> {
        self.rulings.get(number).map(Utf8PathBuf::as_path)
    }

    pub(super) fn file(&self, path: &Utf8Path) -> Option<&Utf8Path> {
        let found = self.files.get(&path.as_str().to_lowercase());
        found.map(Utf8PathBuf::as_path)
    }

    pub(super) fn at(&self, address: &str) -> Option<&Utf8Path> {
        self.addresses.get(address).map(Utf8PathBuf::as_path)
    }

    /// The slugs of the Centers, by number.
    pub fn centers(&self) -> impl Iterator<Item = &str> + Clone {
        self.centers.iter().map(CenterRecord::slug)
    }

    /// Whose goods with these tariff numbers are, by the rule of the portal: the longest number that a Center covers.
    #[must_use]
    pub fn proposal(&self, hts: &[HtsNumber]) -> Option<Whose> {
        let found = self.coverage.centers_of(hts);
        let slugs = found.iter().map(|id| self.centers[*id].slug().to_owned());
        let slugs: Vec<String> = slugs.collect();
        (!slugs.is_empty()).then_some(Whose::Centers(slugs))
    }
}

/// The ruling numbers of a ruling, or of a decision: `HQ H284617; FR Doc. 2018-1`.
fn numbers(fields: &Fields) -> Vec<RulingNumber> {
    match fields {
        Fields::Ruling(ruling) => vec![ruling.number.clone()],
        Fields::Decision(decision) => {
            let parts = decision
                .number
                .iter()
                .flat_map(|number| number.split([';', ',']));
            parts.filter_map(|part| part.trim().parse().ok()).collect()
        }
        _ => Vec::new(),
    }
}
