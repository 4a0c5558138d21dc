//! Files by names, kinds and places that a library did not expect.

use std::time::Duration;

use crate::cli::Desk;

const MAX_TIME: Duration = Duration::from_mins(1);

/// The documents of the index, by file.
fn files(desk: &Desk) -> Vec<String> {
    let listed = desk.json(&["documents"]);
    let documents = listed["documents"].as_array().unwrap();
    let mut files: Vec<String> = documents
        .iter()
        .flat_map(|doc| doc["files"].as_array().unwrap())
        .map(|file| file.as_str().unwrap().to_owned())
        .collect();
    files.sort();
    files
}

#[test]
fn an_index_inside_the_library_is_not_read() {
    let desk = Desk::new();
    desk.write("甲.txt", "某市氢能产业发展规划\n第一章 总则\n发展氢能。");
    desk.write("下级/乙.txt", "某县港口规划\n第一章 总则\n建设港口。");
    for args in [
        &["index", "."][..],
        &["index", "."],
        &["index", "下级", "--index", "下级/别的"],
        &["index", "."],
    ] {
        let run = desk.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}", run.stderr);
    }
    assert_eq!(files(&desk), ["下级/乙.txt", "甲.txt"]);
    let run = desk.run(&["index", "index", "--index", "third"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("holds an index"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn names_in_gbk_are_files_of_their_own_and_shown_as_what_they_are() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let desk = Desk::new();
    std::fs::create_dir(desk.path().join("资料")).unwrap();
    // 丁青县规划.txt and 八宿县规划.txt, as an archive of Windows unpacks.
    let names: [&[u8]; 2] = [
        b"\xb6\xa1\xc7\xe0\xcf\xd8\xb9\xe6\xbb\xae.txt",
        b"\xb0\xcb\xcb\xde\xcf\xd8\xb9\xe6\xbb\xae.txt",
    ];
    for (name, text) in names.iter().zip(["发展氢能。", "建设港口。"]) {
        let path = desk.path().join("资料").join(OsStr::from_bytes(name));
        std::fs::write(path, text).unwrap();
    }
    let run = desk.run(&["index", "资料"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(files(&desk), ["资料/丁青县规划.txt", "资料/八宿县规划.txt"]);
    let again = desk.json(&["index", "资料"]);
    assert_eq!(
        (&again["unchanged"], &again["removed"]),
        (&2.into(), &0.into())
    );
    std::fs::remove_file(desk.path().join("资料").join(OsStr::from_bytes(names[0]))).unwrap();
    assert_eq!(desk.json(&["index", "资料"])["removed"], 1);
    assert_eq!(files(&desk), ["资料/八宿县规划.txt"]);
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_named_at_once() {
    let desk = Desk::new();
    desk.write("资料/甲.txt", "发展氢能。");
    let pipe = desk.path().join("资料/管道.txt");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", desk.path().join("资料/零.txt")).unwrap();
    let run = desk
        .run_within(&["index", "资料"], MAX_TIME)
        .expect("it ends");
    assert_eq!(run.code, 2);
    for part in ["a named pipe", "a device", "1 documents"] {
        assert!(run.stderr.contains(part), "`{part}`: {}", run.stderr);
    }
    let run = desk
        .run_within(&["outline", "资料/管道.txt"], MAX_TIME)
        .expect("it ends");
    assert_eq!(run.code, 2);
}

#[test]
fn a_folder_that_is_not_there_leaves_nothing_behind() {
    let desk = Desk::new();
    for args in [&["index", "nowhere"][..], &["index"]] {
        let run = desk.run(args);
        assert_eq!(run.code, 2);
        assert!(
            run.stderr.contains("there is no such file or folder"),
            "{}",
            run.stderr
        );
        assert_eq!(
            run.stderr.matches("no such file").count(),
            1,
            "{}",
            run.stderr
        );
    }
    assert!(!desk.path().join("index").exists());
}
