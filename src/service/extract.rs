//! Own extractors, so that a bad parameter is answered in our own words.
//!
//! Parameters that are not known are passed over, and so are empty values, as a
//! form sends them for fields left blank.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;

use super::bad_parameter::BadParameter;
use super::error::ServiceError;

/// What can be read from the parameters of an address.
pub(super) trait FromPairs: Sized {
    /// Reads decoded names and values, none of them empty.
    fn from_pairs(pairs: impl Iterator<Item = (String, String)>) -> Result<Self, BadParameter>;
}

/// The parameters of an address.
pub(super) struct Params<P>(pub(super) P);

/// The id in the path of an address.
pub(super) struct Id(pub(super) String);

impl<P: FromPairs, S: Send + Sync> FromRequestParts<S> for Params<P> {
    type Rejection = ServiceError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ServiceError> {
        let query = parts.uri.query().unwrap_or_default();
        let pairs = form_urlencoded::parse(query.as_bytes())
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .filter(|(_, value)| !value.trim().is_empty());
        Ok(Self(P::from_pairs(pairs)?))
    }
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
