//! The licences and sources of all dependencies, for every platform.
//!
//! Reads what cargo knows and holds it against `.cargo/deny.toml`, so that a fresh
//! machine needs no other program. Advisories need a database from the net and are
//! checked by `cargo deny` where it is installed (`tests/run`).

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn allowed() -> BTreeSet<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(".cargo/deny.toml");
    let text = std::fs::read_to_string(path).unwrap();
    let table: toml::Table = toml::from_str(&text).unwrap();
    let list = table["licenses"]["allow"].as_array().unwrap();
    list.iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

/// Whether one may choose from the licence expression only what is allowed:
/// `OR` binds looser than `AND`, brackets group, `/` is an old form of `OR`.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let fits = any_of(&tokens, &mut at, allowed);
    fits && at == tokens.len()
}

fn any_of(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut fits = all_of(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        fits |= all_of(tokens, at, allowed);
    }
    fits
}

fn all_of(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    let mut fits = one_of(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        fits &= one_of(tokens, at, allowed);
    }
    fits
}

fn one_of(tokens: &[&str], at: &mut usize, allowed: &BTreeSet<String>) -> bool {
    if tokens.get(*at) == Some(&"(") {
        *at += 1;
        let fits = any_of(tokens, at, allowed);
        *at += 1;
        return fits;
    }
    let mut name = (*tokens.get(*at).unwrap_or(&"")).to_owned();
    *at += 1;
    if tokens.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", tokens.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    allowed.contains(&name)
}

#[test]
fn every_dependency_has_a_licence_and_a_source_that_are_allowed() {
    let allowed = allowed();
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo metadata: {stderr}");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    assert!(packages.len() > 50, "only {} packages", packages.len());
    for package in packages {
        let name = package["name"].as_str().unwrap();
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(
            is_allowed(licence, &allowed),
            "`{name}` has the licence `{licence}`, which `.cargo/deny.toml` does not allow"
        );
        let source = package["source"].as_str();
        let is_registry = source.is_none_or(|source| source.starts_with("registry+"));
        assert!(is_registry, "`{name}` comes from {source:?}, no registry");
    }
}

#[test]
fn a_licence_expression_is_read_as_it_is_meant() {
    let allowed = BTreeSet::from([
        "MIT".to_owned(),
        "Apache-2.0 WITH LLVM-exception".to_owned(),
    ]);
    for fine in [
        "MIT",
        "GPL-3.0 OR MIT",
        "MIT/GPL-2.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-3.0",
        "(GPL-3.0 OR MIT) AND MIT",
    ] {
        assert!(is_allowed(fine, &allowed), "{fine}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "Apache-2.0", "MIT GPL"] {
        assert!(!is_allowed(bad, &allowed), "{bad}");
    }
}
