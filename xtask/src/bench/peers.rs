//! The programs that Portolan is measured beside.

use crate::failure::Failure;
use crate::node::Node;
use crate::tool::Tool;
use crate::workspace;
use std::path::PathBuf;

/// A program beside Portolan.
#[derive(Clone, Copy)]
pub(crate) enum Peer {
    Hugo,
    Pagefind,
}

impl Peer {
    /// Installs it and gives its program.
    pub(crate) fn program(self) -> Result<PathBuf, Failure> {
        match self {
            Self::Hugo => Tool::Hugo.program(),
            Self::Pagefind => {
                let tools = workspace::root().join("xtask/tools/pagefind");
                Node::install()?.install_packages(&tools)?;
                // Past the script that only starts it.
                Ok(tools.join("node_modules/@pagefind/linux-x64/bin/pagefind_extended"))
            }
        }
    }

    /// Why it is not measured with so many documents; `None` where this machine has the memory that it takes.
    pub(crate) fn obstacle(self, documents: usize) -> Option<String> {
        lack_of_memory(self.kilobytes(documents), available_kilobytes()?)
    }

    /// Its memory, which grows with the number of documents (docs/performance.md).
    fn kilobytes(self, documents: usize) -> u64 {
        let each = match self {
            Self::Hugo => 100,
            Self::Pagefind => 550,
        };
        documents as u64 * each
    }
}

fn lack_of_memory(needed: u64, available: u64) -> Option<String> {
    let gigabytes = |kilobytes: u64| kilobytes as f64 / 1024.0 / 1024.0;
    (needed > available).then(|| {
        format!(
            "left out: takes about {:.0} GB of memory, of which {:.0} GB are free",
            gigabytes(needed),
            gigabytes(available)
        )
    })
}

/// What programs can take without swapping, as the kernel estimates it.
fn available_kilobytes() -> Option<u64> {
    let memory = std::fs::read_to_string("/proc/meminfo").ok()?;
    super::measure::kilobytes(&memory, "MemAvailable:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_that_takes_more_memory_than_there_is_is_left_out_and_says_so() {
        let gigabytes = 1024 * 1024;
        assert_eq!(lack_of_memory(5 * gigabytes, 20 * gigabytes), None);
        let why = lack_of_memory(Peer::Pagefind.kilobytes(100_000), 20 * gigabytes).unwrap();
        assert_eq!(
            why,
            "left out: takes about 52 GB of memory, of which 20 GB are free"
        );
    }
}
