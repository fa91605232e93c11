//! The flags of an endpoint: where it is, and who asks.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;

use crate::endpoint::{ClientOptions, Credentials};

/// The variables of the environment with secrets, which no command line shows.
const PASSWORD: &str = "REPORTEDLY_PASSWORD";
const TOKEN: &str = "REPORTEDLY_TOKEN";

/// Who asks an endpoint, and how patiently.
#[derive(Args, Debug)]
#[command(next_help_heading = "Of the endpoint")]
pub(super) struct EndpointFlags {
    /// Name to ask with; the password is REPORTEDLY_PASSWORD in the environment, or in a file
    #[arg(long, value_name = "NAME")]
    user: Option<String>,
    /// File with the password on its first line
    #[arg(long, value_name = "FILE", requires = "user")]
    password_file: Option<PathBuf>,
    /// File with a token on its first line, or REPORTEDLY_TOKEN in the environment
    #[arg(long, value_name = "FILE", conflicts_with = "user")]
    token_file: Option<PathBuf>,
    /// How often to ask again where the endpoint fails or is busy, ever later, or when it says
    #[arg(long, value_name = "N", default_value_t = 5)]
    retries: u32,
    /// Seconds that one answer may take
    #[arg(long, value_name = "SECONDS", default_value_t = 600.0)]
    patience: f64,
}

impl EndpointFlags {
    /// What asks the endpoint at an address.
    pub(super) fn options(&self, address: &str) -> anyhow::Result<ClientOptions> {
        let is_http = address.starts_with("http://") || address.starts_with("https://");
        anyhow::ensure!(is_http, "--endpoint {address}: it begins with http:// or https://");
        let mut options = ClientOptions::new(address);
        options.credentials = self.credentials()?;
        options.retries = self.retries;
        options.timeout = Duration::try_from_secs_f64(self.patience)
            .with_context(|| format!("--patience {}: not a number of seconds", self.patience))?;
        if options.credentials.is_some() && address.starts_with("http://") {
            tracing::warn!("http:// shows the password or token to whoever is on the way");
        }
        Ok(options)
    }

    fn credentials(&self) -> anyhow::Result<Option<Credentials>> {
        if let Some(user) = &self.user {
            let password = secret(self.password_file.as_deref(), PASSWORD)?;
            let password = password.with_context(|| {
                format!("--user {user}: no password; set {PASSWORD}, or give --password-file")
            })?;
            return Ok(Some(Credentials::Basic { user: user.clone(), password }));
        }
        Ok(secret(self.token_file.as_deref(), TOKEN)?.map(Credentials::Bearer))
    }
}

/// The first line of a file, or a variable of the environment.
fn secret(file: Option<&Path>, variable: &str) -> anyhow::Result<Option<String>> {
    let Some(path) = file else { return Ok(std::env::var(variable).ok()) };
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let line = text.lines().next().map(str::trim).filter(|line| !line.is_empty());
    let line = line.with_context(|| format!("{}: its first line is empty", path.display()))?;
    Ok(Some(line.to_owned()))
}
