//! Names of files that are never published, wherever they lie and whoever links to them.
//!
//! The lists err on the side of leaving out: a file that is missed can be renamed, a key that was published cannot be
//! taken back.

use camino::Utf8Path;

/// Why a file is never published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NeverPublished {
    /// It belongs to version control, or to a program that works on the repository.
    VersionControl,
    /// An editor, an office program, a merge, a download or the system left it behind.
    Leftover,
    /// It is a private key, or a place where passwords are kept.
    Secret,
    /// Its name, or that of a folder above it, begins with a dot.
    Hidden,
}

/// Folders that version control keeps for itself.
const VERSION_CONTROL_FOLDERS: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    ".bzr",
    ".jj",
    ".pijul",
    "_darcs",
    "cvs",
    ".github",
    ".gitlab",
    ".gitea",
    ".forgejo",
    ".circleci",
    ".husky",
];

/// Files of version control and of the programs that run on a repository.
const VERSION_CONTROL_FILES: &[&str] = &[
    ".gitignore",
    ".gitattributes",
    ".gitmodules",
    ".gitkeep",
    ".keep",
    ".mailmap",
    ".git-blame-ignore-revs",
    ".hgignore",
    ".hgtags",
    ".hgsub",
    ".hgsubstate",
    ".svnignore",
    ".cvsignore",
    ".gitlab-ci.yml",
    ".travis.yml",
    ".pre-commit-config.yaml",
    ".editorconfig",
    ".markdownlint.json",
    ".markdownlint.yaml",
    ".prettierrc",
    ".prettierignore",
];

/// What stands at the top of a repository for those who work on it.
const REPOSITORY_STEMS: &[&str] = &[
    "readme",
    "license",
    "licence",
    "licenses",
    "copying",
    "notice",
    "changelog",
    "contributing",
    "contributors",
    "authors",
    "maintainers",
    "codeowners",
    "code_of_conduct",
    "security",
    "support",
    "citation",
];

const LEFTOVER_NAMES: &[&str] = &[
    ".ds_store",
    ".localized",
    "thumbs.db",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "desktop.ini",
    "icon\r",
    "$recycle.bin",
    // Vim writes it to try whether it can write to a folder.
    "4913",
];

const LEFTOVER_FOLDERS: &[&str] = &["__macosx", "$recycle.bin", ".trashes", "lost+found"];

const LEFTOVER_BEGINNINGS: &[&str] = &[
    // Emacs locks, the metadata of macOS on foreign disks, Word's and LibreOffice's locks, deleted files still open.
    ".#",
    "._",
    "~$",
    ".~",
    ".nfs",
    ".fuse_hidden",
    ".goutputstream-",
    ".syncthing.",
    "~wrl",
];

const LEFTOVER_EXTENSIONS: &[&str] = &[
    "bak",
    "backup",
    "bkp",
    "old",
    "orig",
    "rej",
    "save",
    "tmp",
    "temp",
    "part",
    "partial",
    "crdownload",
    "download",
    "opdownload",
    "autosave",
    "asd",
    "wbk",
    "kate-swp",
    "swp",
    "swo",
    "swn",
    "swx",
    "lck",
    "lock",
];

const SECRET_NAMES: &[&str] = &[
    "htpasswd",
    "_netrc",
    "credentials",
    "client_secret.json",
    "secring.gpg",
    "terraform.tfstate",
    ".netrc",
    ".npmrc",
    ".pypirc",
    ".pgpass",
    ".htpasswd",
    ".git-credentials",
    ".my.cnf",
    ".dockercfg",
    ".s3cfg",
    ".boto",
    ".vault-token",
    ".bash_history",
    ".zsh_history",
];

/// Names of keys, alone or with more behind them: `id_rsa`, `id_rsa_deploy`, `id_ed25519.old`.
const KEY_BEGINNINGS: &[&str] = &["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_xmss"];

/// Stems that say what the file holds, with any of `TEXT_EXTENSIONS`.
const SECRET_STEMS: &[&str] = &["credentials", "secrets", "secret", "passwords", "password"];

const TEXT_EXTENSIONS: &[&str] = &[
    "json",
    "yaml",
    "yml",
    "toml",
    "ini",
    "csv",
    "txt",
    "xml",
    "properties",
    "cfg",
    "conf",
    "env",
    "xlsx",
    "docx",
];

const SECRET_EXTENSIONS: &[&str] = &[
    "pem",
    "key",
    "p12",
    "pfx",
    "p8",
    "pkcs8",
    "pkcs12",
    "jks",
    "jceks",
    "keystore",
    "bks",
    "ppk",
    "kdb",
    "kdbx",
    "psafe3",
    "agilekeychain",
    "keychain",
    "keychain-db",
    "1pif",
    "1pux",
    "opvault",
    "ovpn",
    "tfstate",
    "tfvars",
    "htpasswd",
    "env",
];

impl NeverPublished {
    /// Says why a file is never published; `None` where nothing in its name speaks against it. The path begins below the
    /// folder that the site is made from.
    #[must_use]
    pub fn of(path: &Utf8Path) -> Option<Self> {
        let parts: Vec<String> = path
            .components()
            .map(|part| part.as_str().to_lowercase())
            .collect();
        let (name, folders) = parts.split_last()?;
        let lies_in = |known: &[&str]| {
            folders
                .iter()
                .any(|folder| known.contains(&folder.as_str()))
        };
        if lies_in(VERSION_CONTROL_FOLDERS)
            || VERSION_CONTROL_FOLDERS.contains(&name.as_str())
            || VERSION_CONTROL_FILES.contains(&name.as_str())
        {
            Some(Self::VersionControl)
        } else if is_secret(name) {
            Some(Self::Secret)
        } else if lies_in(LEFTOVER_FOLDERS) || is_leftover(name) {
            Some(Self::Leftover)
        } else if parts.iter().any(|part| part.starts_with('.')) {
            Some(Self::Hidden)
        } else {
            None
        }
    }

    /// The reason, to follow "it is not published: ".
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::VersionControl => "it belongs to the repository and not to the site",
            Self::Leftover => "its name is that of a backup, lock or temporary file",
            Self::Secret => "its name is that of a private key or a file of passwords",
            Self::Hidden => "names that begin with a dot are hidden files",
        }
    }
}

/// Tells whether a file at the top of a repository is for those who work on it: README.md, LICENSE.
#[must_use]
pub fn is_for_repository(name: &str) -> bool {
    let name = name.to_lowercase();
    let stem = name.split(['.', '-']).next().unwrap_or_default();
    REPOSITORY_STEMS.contains(&stem)
}

/// Tells whether a folder is where version control keeps what it knows.
#[must_use]
pub fn is_repository(name: &str) -> bool {
    [".git", ".hg", ".svn", ".bzr", ".jj"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn is_secret(name: &str) -> bool {
    if name == ".env" || name.starts_with(".env.") || SECRET_NAMES.contains(&name) {
        return true;
    }
    // The public half of a key pair says nothing.
    if KEY_BEGINNINGS.iter().any(|key| name.starts_with(key)) {
        return ![".pub", ".md", ".markdown"]
            .iter()
            .any(|harmless| name.ends_with(harmless));
    }
    let Some((stem, extension)) = name.rsplit_once('.') else {
        return false;
    };
    // `server.key.old` is as much a key as `server.key`.
    SECRET_EXTENSIONS.contains(&extension)
        || SECRET_STEMS.contains(&stem) && TEXT_EXTENSIONS.contains(&extension)
        || LEFTOVER_EXTENSIONS.contains(&extension) && is_secret(stem)
}

fn is_leftover(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    LEFTOVER_NAMES.contains(&name)
        || LEFTOVER_BEGINNINGS
            .iter()
            .any(|beginning| name.starts_with(beginning))
        || LEFTOVER_EXTENSIONS.contains(&extension)
        || name.ends_with('~')
        || name.starts_with('#') && name.ends_with('#')
        || is_numbered_save(name)
}

/// Nano's second and later emergency saves: `n301234.md.save.1`.
fn is_numbered_save(name: &str) -> bool {
    name.rsplit_once(".save.")
        .is_some_and(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str) -> Option<NeverPublished> {
        NeverPublished::of(Utf8Path::new(name))
    }

    #[test]
    fn keys_and_passwords_are_secrets_under_any_of_their_names() {
        for name in [
            "id_rsa",
            "a/ID_ED25519",
            "id_rsa_deploy",
            "id_ecdsa.old",
            "x.pem",
            "SERVER.KEY",
            "a.p12",
            "b.kdbx",
            ".env",
            ".env.local",
            "prod.env",
            "credentials.json",
            "secrets.yaml",
            ".htpasswd",
            "server.key.bak",
        ] {
            assert_eq!(of(name), Some(NeverPublished::Secret), "{name}");
        }
    }

    #[test]
    fn what_programs_leave_behind_is_left_over() {
        for name in [
            "~$draft.docx",
            ".~lock.x.odt#",
            "a.md.orig",
            "a.md.rej",
            "a.md.save",
            "a.md.save.2",
            "A.BAK",
            "a.md~",
            "#a.md#",
            ".#a.md",
            ".a.md.swp",
            "desktop.ini",
            "Thumbs.db",
            ".DS_Store",
            "._a.png",
            "x.part",
            "x.tmp",
            "__MACOSX/a.png",
        ] {
            assert_eq!(of(name), Some(NeverPublished::Leftover), "{name}");
        }
    }

    #[test]
    fn hidden_files_and_those_of_a_repository_are_told_apart() {
        for name in [
            ".git",
            ".git/config",
            ".GIT/hooks/x",
            ".gitignore",
            ".github/workflows/x.yml",
            "a/.svn/entries",
        ] {
            assert_eq!(of(name), Some(NeverPublished::VersionControl), "{name}");
        }
        for name in [".secret", ".obsidian/app.json", "a/.b/c.png"] {
            assert_eq!(of(name), Some(NeverPublished::Hidden), "{name}");
        }
        assert!(is_for_repository("README.md") && is_for_repository("LICENSE-MIT"));
        assert!(!is_for_repository("index.md"));
    }

    #[test]
    fn names_of_ordinary_files_say_nothing_against_them() {
        for name in [
            "photo.png",
            "annex.pdf",
            "CNAME",
            "id_rsa.pub",
            "id_rsa-keys.md",
            "keys.md",
            "monkey.png",
            "environment.pdf",
            "keystone.txt",
            "README.md",
            "2018.csv",
            "secret-santa.png",
            "orig.png",
            "a.keys",
        ] {
            assert_eq!(of(name), None, "{name}");
        }
    }
}
