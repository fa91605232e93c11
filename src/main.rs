//! The `reportedly` program: hands its arguments to [`reportedly::cli`].

fn main() -> std::process::ExitCode {
    reportedly::cli::run(std::env::args_os())
}
