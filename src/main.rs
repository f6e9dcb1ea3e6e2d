//! The `portolan` program.

fn main() -> std::process::ExitCode {
    portolan::cli::run()
}
