//! The parts of a package that have to do with comments.

use std::io::{Cursor, Read as _};

use askama::Template;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::error::ServiceError;
use crate::xml;

/// Largest part that is read.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

const TYPES: &str = "[Content_Types].xml";
const ROOT_RELATIONS: &str = "_rels/.rels";
const NO_COMMENTS: &str = include_str!("../../../../web/export/comments.xml");
const NO_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const STRICT_RELATIONS: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STRICT_NAMESPACE: &str = "http://purl.oclc.org/ooxml/wordprocessingml/main";
const COMMENTS_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// What is read of a package.
pub(super) struct Parts {
    /// Name of the body and the body.
    document_name: String,
    pub(super) document: String,
    /// Name of the part with its relations, and that.
    relations_name: String,
    relations: String,
    types: String,
    /// Name of the comments and, where there are any, these.
    comments_name: String,
    comments: Option<String>,
    is_strict: bool,
}

#[derive(Template)]
#[template(path = "comment_items.xml", config = "../../web/askama.toml")]
struct Items<'a> {
    namespace: &'static str,
    comments: &'a [(usize, Vec<String>)],
}

/// A line of a part of relations.
struct Relation {
    kind: String,
    target: String,
    id: String,
}

impl Parts {
    /// Reads them; none where it is no docx.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let types = read(&mut archive, TYPES)?;
        let root = relations(&read(&mut archive, ROOT_RELATIONS)?);
        let main = root
            .iter()
            .find(|one| one.kind.ends_with("/officeDocument"))?;
        let document_name = main.target.trim_start_matches('/').to_owned();
        let document = read(&mut archive, &document_name)?;
        let (folder, file) = document_name
            .rsplit_once('/')
            .unwrap_or(("", &document_name));
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let relations_name = format!("{folder}_rels/{file}.rels");
        let own = read(&mut archive, &relations_name).unwrap_or_else(|| NO_RELATIONS.to_owned());
        let listed = relations(&own);
        let known = listed.iter().find(|one| one.kind.ends_with("/comments"));
        let comments_name = known.map_or_else(
            || format!("{folder}comments.xml"),
            |one| match one.target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}{}", one.target),
            },
        );
        let comments = known.and_then(|_| read(&mut archive, &comments_name));
        Some(Self {
            is_strict: main.kind.starts_with(STRICT_RELATIONS),
            document_name,
            document,
            relations_name,
            relations: own,
            types,
            comments_name,
            comments,
        })
    }

    /// A number that no comment of the document has, nor any above it.
    pub(super) fn first_id(&self) -> usize {
        let text = self.comments.as_deref().unwrap_or_default();
        let ids = text.split("id=\"").skip(1).filter_map(|rest| {
            let id = rest.split('"').next()?;
            id.parse::<usize>().ok()
        });
        ids.max().map_or(0, |id| id + 1)
    }

    /// The parts that change when the body becomes `document` with `comments`.
    pub(super) fn with(
        self,
        document: String,
        comments: &[(usize, Vec<String>)],
    ) -> Result<Vec<(String, String)>, ServiceError> {
        let legal: Vec<(usize, Vec<String>)> = comments
            .iter()
            .map(|(id, lines)| (*id, lines.iter().map(|line| xml::legal(line)).collect()))
            .collect();
        let items = Items {
            namespace: if self.is_strict {
                STRICT_NAMESPACE
            } else {
                NAMESPACE
            },
            comments: &legal,
        };
        let items = items.render()?;
        let held = self.comments.as_deref().unwrap_or(NO_COMMENTS);
        let mut changed = vec![
            (self.document_name, document),
            (self.comments_name.clone(), before_end(held, &items)),
        ];
        if self.comments.is_none() {
            let known = relations(&self.relations);
            let id = (1..=known.len() + 1)
                .map(|n| format!("comments{n}"))
                .find(|id| known.iter().all(|one| one.id != *id))
                .unwrap_or_default();
            let kind = if self.is_strict {
                STRICT_RELATIONS
            } else {
                RELATIONS
            };
            let part = format!("/{}", self.comments_name);
            let relation =
                format!("<Relationship Id=\"{id}\" Type=\"{kind}/comments\" Target=\"{part}\"/>");
            changed.push((self.relations_name, before_end(&self.relations, &relation)));
            if !self.types.contains(&format!("PartName=\"{part}\"")) {
                let kind =
                    format!("<Override PartName=\"{part}\" ContentType=\"{COMMENTS_TYPE}\"/>");
                changed.push((TYPES.to_owned(), before_end(&self.types, &kind)));
            }
        }
        Ok(changed)
    }
}

/// Puts text in front of the last end tag.
fn before_end(xml: &str, more: &str) -> String {
    let xml = xml.trim_end();
    match xml.rfind("</") {
        Some(at) => {
            let (front, back) = (xml.get(..at), xml.get(at..));
            [front.unwrap_or_default(), more, back.unwrap_or_default()].concat()
        }
        // An empty root: <Relationships …/>.
        None => match xml.rfind("/>").zip(xml.rfind('<')) {
            Some((end, start)) => {
                let tag = xml.get(start + 1..end).unwrap_or_default();
                let name = tag.split_whitespace().next().unwrap_or_default();
                let front = xml.get(..end).unwrap_or_default();
                format!("{front}>{more}</{name}>")
            }
            None => xml.to_owned(),
        },
    }
}

fn read(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<String> {
    let file = archive.by_name(name).ok()?;
    let mut text = String::new();
    file.take(MAX_BYTES).read_to_string(&mut text).ok()?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Some(text.to_owned())
}

/// The lines of a part of relations.
fn relations(xml: &str) -> Vec<Relation> {
    let mut reader = Reader::from_str(xml);
    let mut found = Vec::new();
    while let Ok(event) = reader.read_event() {
        let tag = match event {
            Event::Start(tag) | Event::Empty(tag) => tag,
            Event::Eof => break,
            _ => continue,
        };
        let mut relation = Relation {
            kind: String::new(),
            target: String::new(),
            id: String::new(),
        };
        for attribute in tag.attributes().flatten() {
            let value = attribute.value.into_owned();
            match attribute.key.as_ref() {
                "Type" => relation.kind = value,
                "Target" => relation.target = value,
                "Id" => relation.id = value,
                _ => {}
            }
        }
        found.push(relation);
    }
    found
}
