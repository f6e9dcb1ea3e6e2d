//! What client and server can do, as they tell each other when a session begins.

use super::text::Encoding;
use camino::Utf8PathBuf;
use gen_lsp_types as lsp;

/// The signs after which an editor asks for completions by itself: values (`key: `, lists, quotes), links and anchors,
/// tariff numbers, and ruling numbers after `NY `.
const TRIGGERS: &[&str] = &[":", " ", "[", ",", "-", "\"", "'", "(", "/", "#", "."];

/// What the server does.
pub(super) fn of_server(encoding: Encoding) -> lsp::InitializeResult {
    lsp::InitializeResult {
        capabilities: lsp::ServerCapabilities {
            position_encoding: Some(encoding.kind()),
            text_document_sync: Some(
                lsp::TextDocumentSyncOptions {
                    open_close: Some(true),
                    change: Some(lsp::TextDocumentSyncKind::Incremental),
                    save: Some(true.into()),
                    ..lsp::TextDocumentSyncOptions::default()
                }
                .into(),
            ),
            completion_provider: Some(lsp::CompletionOptions {
                trigger_characters: Some(TRIGGERS.iter().map(ToString::to_string).collect()),
                ..lsp::CompletionOptions::default()
            }),
            hover_provider: Some(true.into()),
            definition_provider: Some(true.into()),
            references_provider: Some(true.into()),
            document_symbol_provider: Some(true.into()),
            code_action_provider: Some(
                lsp::CodeActionOptions {
                    code_action_kinds: Some(vec![
                        lsp::CodeActionKind::QuickFix,
                        lsp::CodeActionKind::SourceFixAll,
                    ]),
                    ..lsp::CodeActionOptions::default()
                }
                .into(),
            ),
            ..lsp::ServerCapabilities::default()
        },
        server_info: Some(lsp::ServerInfo {
            name: "portolan".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// The folder that the client works in: the first of its workspace, else its root.
pub(super) fn folder(params: &lsp::InitializeParams) -> Option<Utf8PathBuf> {
    let folders = serde_json::to_value(params).ok()?;
    let first = folders["workspaceFolders"][0]["uri"].as_str();
    let uri = first.or_else(|| folders["rootUri"].as_str())?;
    super::text::path(&uri.into())
}

/// Whether the client can be asked to report changes of files.
pub(super) fn watches_files(client: &lsp::ClientCapabilities) -> bool {
    let workspace = client.workspace.as_ref();
    let watching = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
    watching.is_some_and(|watching| watching.dynamic_registration == Some(true))
}

/// Asks the client to report changes of every file that the portal is made of.
pub(super) fn watch_files() -> lsp::RegistrationParams {
    let patterns = ["**/site.toml", "**/content/**", "**/themes/**"];
    let watchers = patterns.map(|pattern| lsp::FileSystemWatcher {
        glob_pattern: lsp::GlobPattern::Pattern(pattern.to_owned()),
        kind: None,
    });
    let options = lsp::DidChangeWatchedFilesRegistrationOptions::new(watchers.into());
    lsp::RegistrationParams::new(vec![lsp::Registration {
        id: "files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    }])
}
