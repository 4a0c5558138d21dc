//! Own extractors, so that a bad parameter is answered in our own words.
//!
//! Parameters that are not known are passed over, and so are empty values, as a
//! form sends them for fields left blank.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::header;
use axum::http::request::Parts;

use super::bad_parameter::{BadParameter, Expected};
use super::encoded;
use super::error::ServiceError;

/// How many bytes a form may send.
const MAX_FORM_BYTES: usize = 256 * 1024;

/// In what time a body must come whole.
const MAX_BODY_TIME: Duration = Duration::from_secs(15);

/// Longest name of a host, by the rules of DNS.
const MAX_HOST_BYTES: usize = 253;

/// What can be read from the parameters of an address.
pub(super) trait FromPairs: Sized {
    /// Reads decoded names and values, none of them empty.
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter>;
}

/// The parameters of an address.
pub(super) struct Params<P>(pub(super) P);

/// The parameters that a form sends in its body, and those of its address.
pub(super) struct Form<P>(pub(super) P);

/// Where whoever asks reaches the service, as `http://10.0.0.5:7700`: for
/// addresses that are used outside of our own pages.
pub(super) struct Origin(pub(super) String);

/// The id in the path of an address.
pub(super) struct Id(pub(super) String);

impl<P: FromPairs, S: Send + Sync> FromRequestParts<S> for Params<P> {
    type Rejection = ServiceError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ServiceError> {
        let query = parts.uri.query().unwrap_or_default();
        Ok(Self(P::from_pairs(pairs(query.as_bytes()))?))
    }
}

impl<P: FromPairs, S: Send + Sync> FromRequest<S> for Form<P> {
    type Rejection = ServiceError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ServiceError> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let body = to_bytes(request.into_body(), MAX_FORM_BYTES);
        let body = tokio::time::timeout(MAX_BODY_TIME, body).await;
        let body = body.map_err(|_| ServiceError::TooSlow(MAX_BODY_TIME.as_secs()))?;
        let body = body.map_err(|_| ServiceError::TooLarge(MAX_FORM_BYTES))?;
        let both = pairs(query.as_bytes()).chain(pairs(&body));
        Ok(Self(P::from_pairs(both)?))
    }
}

fn pairs(encoded: &[u8]) -> impl Iterator<Item = (String, String)> {
    encoded::pairs(encoded).filter(|(_, value)| !value.trim().is_empty())
}

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = ServiceError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ServiceError> {
        let header = |name| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let named = header(header::HOST.as_str());
        let host = named.or(parts
            .uri
            .authority()
            .map(axum::http::uri::Authority::as_str));
        let host = host.unwrap_or_default();
        if !is_host(host) {
            return Err(BadParameter::new("Host", host, Expected::Host).into());
        }
        // A proxy in front says so when it speaks TLS; nothing else is taken from it.
        let is_secure = header("x-forwarded-proto") == Some("https");
        let scheme = if is_secure { "https" } else { "http" };
        Ok(Self(format!("{scheme}://{host}")))
    }
}

/// Says whether this is a name or address of a host with an optional port, and
/// nothing that could end an address or an attribute early.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !text.ends_with(']') => (name, Some(port)),
        _ => (text, None),
    };
    let in_brackets = name
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    let is_name = if let Some(address) = in_brackets {
        address.parse::<std::net::Ipv6Addr>().is_ok()
    } else {
        let is_fine = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        !name.is_empty() && name.len() <= MAX_HOST_BYTES && name.chars().all(is_fine)
    };
    is_name && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = ServiceError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ServiceError> {
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| ServiceError::NotFound)?;
        let (_, id) = params.iter().next().ok_or(ServiceError::NotFound)?;
        Ok(Self(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_an_optional_port() {
        for host in [
            "localhost",
            "127.0.0.1:7700",
            "search.gov_net.local:80",
            "[::1]:7700",
            "[fe80::1]",
        ] {
            assert!(is_host(host), "{host}");
        }
        for host in [
            "",
            ":7700",
            "a b",
            "a/b",
            "evil.example\"><script>",
            "host:99999",
            "host:0",
            "host:x",
            "user@host",
            "[::1",
            "[x]",
            "主机",
        ] {
            assert!(!is_host(host), "{host}");
        }
    }
}
