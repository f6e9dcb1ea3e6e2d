//! What a package installs beside the program.

use crate::support::program::Folder;

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = Folder::new().run(&["--help"]).succeeded().out;
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    listed
        .take_while(|line| !line.is_empty())
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

#[test]
fn completions_name_every_command_in_every_shell() {
    let commands = commands();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = Folder::new().run(&["completions", shell]).succeeded().out;
        for command in &commands {
            assert!(script.contains(command), "{command} in {shell}");
        }
    }
    let bash = Folder::new().run(&["completions", "bash"]).succeeded().out;
    let checked = std::process::Command::new("bash")
        .args(["-n", "-c", &bash])
        .status();
    assert!(checked.unwrap().success(), "bash reads it");
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::new();
    folder.run(&["man", "share/man1"]).succeeded();
    let names = folder.names("share/man1");
    for command in commands().iter().filter(|command| *command != "help") {
        assert!(
            names.contains(&format!("portolan-{command}.1")),
            "{command}"
        );
    }
    let page = folder.text("share/man1/portolan.1");
    assert!(page.contains(".TH portolan 1"), "{page}");
    assert!(page.contains("Exit codes: 0 success"), "{page}");
    // A file in the place of the folder is named.
    folder.put("taken", "");
    let refused = folder.run(&["man", "taken"]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused
            .err
            .contains("cannot write the manual pages to `taken`"),
        "{}",
        refused.err
    );
}
