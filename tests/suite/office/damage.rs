//! Indexes that are damaged, begun, or only read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::Desk;

fn files_of(dir: &Path, suffix: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(dir).into_iter().map(Result::unwrap);
    let files = entries.map(walkdir::DirEntry::into_path);
    files
        .filter(|path| path.to_string_lossy().ends_with(suffix))
        .collect()
}

#[test]
fn a_damaged_pointer_is_damage_and_the_next_run_mends_it() {
    let desk = Desk::with_seeds();
    let pointer = desk.path().join("index/CURRENT");
    let good = fs::read(&pointer).unwrap();
    for damaged in [Some(&b""[..]), Some(b"g\0"), Some(b"g9\n"), None] {
        match damaged {
            Some(bytes) => fs::write(&pointer, bytes).unwrap(),
            None => fs::remove_file(&pointer).unwrap(),
        }
        // Without a command too, which makes an index where there is none.
        for args in [&["search", "氢能"][..], &[]] {
            let run = desk.run(args);
            assert_eq!(run.code, 2, "{damaged:?}: {}", run.stderr);
            assert!(run.stderr.contains("is damaged"), "{}", run.stderr);
        }
        let seeds = crate::library::seeds_dir();
        let report = desk.json(&["index", seeds.to_str().unwrap()]);
        assert_eq!(
            (&report["read"], &report["unchanged"]),
            (&0.into(), &4.into())
        );
        assert_eq!(fs::read(&pointer).unwrap(), good);
    }
}

#[test]
fn a_flipped_byte_is_found() {
    let desk = Desk::with_seeds();
    let whole = desk.run(&["verify"]);
    assert_eq!(whole.code, 0, "{}", whole.stderr);
    for suffix in [".store", ".idx", ".pos", ".term", ".fast", "meta.json"] {
        let file = files_of(&desk.path().join("index"), suffix).remove(0);
        let good = fs::read(&file).unwrap();
        let mut bad = good.clone();
        let at = bad.len() / 2;
        bad[at] ^= 4;
        fs::write(&file, &bad).unwrap();
        let run = desk.run(&["verify"]);
        assert_eq!(run.code, 2, "{suffix}: {}{}", run.stdout, run.stderr);
        // What every search reads whole is compared by every opening.
        if [".fast", "meta.json"].contains(&suffix) {
            assert_eq!(desk.run(&["search", "氢能"]).code, 2, "{suffix}");
        }
        fs::write(&file, &good).unwrap();
    }
    assert!(desk.json(&["verify"])["ok"].as_bool().unwrap());
}

#[test]
fn no_damage_stops_the_program() {
    let desk = Desk::with_seeds();
    for suffix in [".term", ".idx", ".pos", ".store"] {
        let file = files_of(&desk.path().join("index"), suffix).remove(0);
        let good = fs::read(&file).unwrap();
        // Places all over the file, and its end, where the engine looks first.
        let places = (1..8).map(|nth| good.len() * nth / 8);
        for at in places.chain([good.len() - 5]) {
            let mut bad = good.clone();
            bad[at] = !bad[at];
            fs::write(&file, &bad).unwrap();
            for args in [&["suggest", "氢"][..], &["search", "氢能 储运"]] {
                let run = desk.run(args);
                let is_told = run.code != 2 || run.stderr.contains("plansearch verify");
                assert!(
                    run.code <= 2 && is_told && !run.stderr.contains("panicked"),
                    "{suffix} at {at}, {args:?}: {} {}",
                    run.code,
                    run.stderr
                );
            }
        }
        fs::write(&file, &good).unwrap();
    }
}

#[test]
fn what_killed_runs_left_is_gone_after_the_next() {
    let desk = Desk::new();
    desk.write("资料/甲.txt", "发展氢能。");
    for name in ["index/g1/meta.json", "index/g2/0123.fast", "index/LOCK"] {
        desk.write(name, "");
    }
    assert_eq!(desk.run(&["index", "资料"]).code, 0);
    let part = format!("{}.idx", "a".repeat(32));
    let generation = desk.path().join("index").join(
        fs::read_to_string(desk.path().join("index/CURRENT"))
            .unwrap()
            .trim(),
    );
    fs::write(generation.join(&part), "half").unwrap();
    assert_eq!(desk.run(&["index", "资料"]).code, 0);
    assert!(!generation.join(part).exists());
    let folders = fs::read_dir(desk.path().join("index")).unwrap();
    let n_folders = folders
        .filter(|entry| entry.as_ref().unwrap().path().is_dir())
        .count();
    assert_eq!(n_folders, 1);
}

#[cfg(unix)]
#[test]
fn files_have_the_permissions_of_the_umask_and_readers_write_nothing() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with_seeds();
    let index = desk.path().join("index");
    let modes = |dir: &Path| -> Vec<(PathBuf, u32)> {
        files_of(dir, "")
            .into_iter()
            .filter(|path| path.is_file())
            .map(|path| {
                (
                    path.clone(),
                    path.metadata().unwrap().permissions().mode() & 0o777,
                )
            })
            .collect()
    };
    let made = desk.path().join("made");
    fs::write(&made, "").unwrap();
    let usual = made.metadata().unwrap().permissions().mode() & 0o777;
    for (path, mode) in modes(&index) {
        assert_eq!(mode, usual, "{}", path.display());
    }
    let lock = files_of(&index, ".tantivy-meta.lock");
    for path in &lock {
        fs::remove_file(path).unwrap();
    }
    let before = modes(&index);
    assert_eq!(desk.run(&["search", "氢能"]).code, 0);
    assert_eq!(desk.run(&["verify"]).code, 0);
    assert_eq!(modes(&index), before);
}
