//! What reaches a terminal, and in which language.

use crate::cli::Desk;

#[test]
fn nothing_of_a_document_steers_a_terminal() {
    let desk = Desk::new();
    let evil = "\u{1b}]0;PWNED\u{7}\u{202e}";
    desk.write(
        "资料/a.jsonl",
        &format!(
            "{}\n",
            serde_json::json!({
                "id": format!("1{evil}"), "doc": format!("d{evil}"), "title": format!("氢能规划{evil}"),
                "section": format!("第一章{evil} > 第一节{evil}"), "text": format!("发展氢能{evil}。"),
                "issuer": format!("某局{evil}"),
            })
        ),
    );
    let name = format!("资料/规划{}.txt", evil.replace('/', ""));
    desk.write(
        &name,
        &format!("某市氢能规划{evil}\n第一章 总则{evil}\n发展氢能{evil}。"),
    );
    assert_eq!(desk.run(&["index", "资料"]).code, 0);
    let id = desk.json(&["search", "氢能"])["hits"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for args in [
        &["search", "氢能"][..],
        &["search", "氢能", "--explain", "--json"],
        &["documents"],
        &["documents", "--json"],
        &["show", &id],
        &["suggest", "氢"],
        &["outline", &name],
        &["index", "资料", "没有\u{1b}[31m"],
    ] {
        let run = desk.run(args);
        let steers = |text: &str| text.contains(['\u{1b}', '\u{7}', '\u{202e}']);
        assert!(
            !steers(&run.stdout) && !steers(&run.stderr),
            "{args:?}: {:?}",
            run.stdout
        );
    }
}

#[test]
fn the_language_is_that_of_the_locale_or_as_asked() {
    let desk = Desk::new();
    let said = |args: &[&str], locale: &str| {
        let mut command = desk.command(args);
        let output = command.env("LC_ALL", locale).output().unwrap();
        String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
    };
    for (args, locale, part) in [
        (&["search", "氢能"][..], "zh_CN.UTF-8", "中没有索引；提示："),
        (&["search", "氢能"], "C.UTF-8", "there is no index in"),
        (
            &["--lang", "en", "search", "氢能"],
            "zh_CN.UTF-8",
            "there is no index in",
        ),
        (&["--lang", "zh", "search", "--help"], "C", "用法："),
        (&["search", "--helps"], "zh_CN.UTF-8", "错误：没有参数"),
        (&["index", "nowhere"], "zh_CN.UTF-8", "没有这个文件或文件夹"),
    ] {
        let said = said(args, locale);
        assert!(said.contains(part), "{args:?}: {said}");
    }
}

#[test]
fn help_fits_eighty_columns() {
    let desk = Desk::new();
    let wide = |c: char| {
        if ('\u{2e80}'..'\u{ff61}').contains(&c) {
            2
        } else {
            1
        }
    };
    for lang in ["en", "zh"] {
        for command in ["index", "search", "serve", "show"] {
            let run = desk.run(&["--lang", lang, command, "--help"]);
            for line in run.stdout.lines() {
                let width: usize = line.chars().map(wide).sum();
                assert!(width <= 82, "{width}: {line}");
            }
        }
    }
}

#[test]
fn chinese_help_has_no_english_sentence() {
    let desk = Desk::new();
    let help = desk.run(&["--lang", "zh", "--help"]).stdout;
    let commands = help.lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split_whitespace().next()?;
        name.chars()
            .all(|c| c.is_ascii_lowercase())
            .then_some(name.to_owned())
    });
    let commands: Vec<String> = commands.filter(|name| name != "plansearch").collect();
    assert!(commands.len() >= 10, "{commands:?}");
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_ascii_lowercase());
    for command in std::iter::once("").chain(commands.iter().map(String::as_str)) {
        let arguments = ["--lang", "zh", command, "--help"];
        let arguments: Vec<&str> = arguments.into_iter().filter(|a| !a.is_empty()).collect();
        for line in desk.run(&arguments).stdout.lines() {
            let said = line.replace("plansearch", "").replace(command, "");
            let n_words = said.split_whitespace().filter(is_word).count();
            assert!(n_words < 3, "{command}: {line}");
        }
    }
}
