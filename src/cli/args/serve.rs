//! `plansearch serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::ValueEnum;

/// Options of `serve`.
#[derive(Debug, Clone, clap::Args)]
#[command(after_help = "\
Examples:
  plansearch serve                                   for this machine alone
  plansearch serve --listen 0.0.0.0:7700             for the office
  plansearch serve --log-format json --log-file access.log
  plansearch serve --trusted-proxy 127.0.0.1         behind a proxy on this machine")]
pub struct ServeOptions {
    /// Address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:7700", value_name = "ADDRESS", value_parser = parse_address)]
    pub listen: SocketAddr,
    /// Form of the log: a line of text or of JSON a request, or failures alone.
    #[arg(long, value_enum, default_value_t = LogChoice::Text, value_name = "FORM")]
    pub log_format: LogChoice,
    /// File to add the log to, in place of stderr.
    #[arg(long, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Log what is searched for too; without it the log has the path alone.
    #[arg(long)]
    pub log_query: bool,
    /// Address of a proxy whose X-Forwarded-For and X-Request-Id are believed.
    #[arg(long, value_name = "ADDRESS")]
    pub trusted_proxy: Vec<IpAddr>,
}

/// Form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogChoice {
    /// A line of text a request.
    Text,
    /// A line of JSON a request.
    Json,
    /// Failures alone.
    Quiet,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 7700)),
            log_format: LogChoice::Text,
            log_file: None,
            log_query: false,
            trusted_proxy: Vec::new(),
        }
    }
}

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    let local = text
        .strip_prefix("localhost:")
        .map(|port| format!("127.0.0.1:{port}"));
    let address = local.as_deref().unwrap_or(text).parse();
    address.map_err(|_| {
        "write an address and a port: 127.0.0.1:7700 for this machine alone, 0.0.0.0:7700 for all that reach it"
            .to_owned()
    })
}
