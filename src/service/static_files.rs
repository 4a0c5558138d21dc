//! Style, script and icon of the pages, held in the program.
//!
//! Pages name them with the hash of their content in the address, so a browser
//! may keep them for good and a new version is fetched at once.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::error::ServiceError;
use super::extract::Id;

/// How long a browser may keep a file that has its hash in its name.
const KEEP_SECONDS: u32 = 365 * 24 * 60 * 60;

/// A file that pages use.
struct StaticFile {
    stem: &'static str,
    extension: &'static str,
    content_type: &'static str,
    content: &'static str,
    hash: String,
}

static FILES: LazyLock<[StaticFile; 11]> = LazyLock::new(|| {
    [
        StaticFile::new(
            ("style", "css"),
            "text/css; charset=utf-8",
            include_str!("../../web/static/style.css"),
        ),
        StaticFile::new(
            ("tools", "css"),
            "text/css; charset=utf-8",
            include_str!("../../web/static/tools.css"),
        ),
        StaticFile::new(
            ("display", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/display.js"),
        ),
        StaticFile::new(
            ("page", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/page.js"),
        ),
        StaticFile::new(
            ("suggest", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/suggest.js"),
        ),
        StaticFile::new(
            ("live", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/live.js"),
        ),
        StaticFile::new(
            ("basket", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/basket.js"),
        ),
        StaticFile::new(
            ("searches", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/searches.js"),
        ),
        StaticFile::new(
            ("reader", "js"),
            "text/javascript; charset=utf-8",
            include_str!("../../web/static/reader.js"),
        ),
        StaticFile::new(
            ("icon", "svg"),
            "image/svg+xml",
            include_str!("../../web/static/icon.svg"),
        ),
        StaticFile::new(
            ("icons", "svg"),
            "image/svg+xml",
            include_str!("../../web/static/icons.svg"),
        ),
    ]
});

impl StaticFile {
    fn new(
        (stem, extension): (&'static str, &'static str),
        content_type: &'static str,
        content: &'static str,
    ) -> Self {
        let hash = blake3::hash(content.as_bytes()).to_hex();
        Self {
            stem,
            extension,
            content_type,
            content,
            hash: hash.chars().take(12).collect(),
        }
    }

    fn hashed_name(&self) -> String {
        format!("{}-{}.{}", self.stem, self.hash, self.extension)
    }

    fn plain_name(&self) -> String {
        format!("{}.{}", self.stem, self.extension)
    }
}

/// The address of the file called `stem.extension`, with the hash of its content.
pub(super) fn address(plain_name: &str) -> String {
    let file = FILES.iter().find(|file| file.plain_name() == plain_name);
    let name = file.map_or_else(|| plain_name.to_owned(), StaticFile::hashed_name);
    format!("/static/{name}")
}

/// Gives a file, for good under its hashed name, to be asked again under its plain one.
#[utoipa::path(
    get,
    path = "/static/{file}",
    description = "A file that the pages use.",
    params(("file" = String, Path, description = "Name of the file")),
    responses(
        (status = 200, description = "The file"),
        (status = 304, description = "The file is still the one that the browser has"),
        (status = 404, description = "There is no such file"),
    )
)]
pub(super) async fn handle(Id(name): Id, headers: HeaderMap) -> Result<Response, ServiceError> {
    let file = FILES
        .iter()
        .find(|file| file.hashed_name() == name || file.plain_name() == name)
        .ok_or(ServiceError::NotFound)?;
    let cache = if file.hashed_name() == name {
        format!("public, max-age={KEEP_SECONDS}, immutable")
    } else {
        "no-cache".to_owned()
    };
    let etag = format!("\"{}\"", file.hash);
    let is_known = headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == etag.as_bytes());
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.content.into_response()
    };
    for (header, value) in [
        (header::CONTENT_TYPE, file.content_type),
        (header::CACHE_CONTROL, &cache),
        (header::ETAG, &etag),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(header, value);
        }
    }
    Ok(response)
}
