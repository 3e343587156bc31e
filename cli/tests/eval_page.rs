//! The page of `eval` in a browser, where there is one: sorting and filtering by the address and by
//! hand.

mod program;

use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

use program::run;

/// Names that the browser goes by.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Three classifiers of two families, by what is true and false of them.
const IDS: [(&str, usize, usize); 3] = [
    ("custom.apple", 3, 1),
    ("custom.pear", 1, 5),
    ("secret.acme.plum", 2, 0),
];

fn page(folder: &Path) -> String {
    let mut pack = String::new();
    let mut cases = String::new();
    for (number, (id, hits, errors)) in IDS.into_iter().enumerate() {
        let word = id.rsplit('.').next().unwrap();
        pack += &[
            "[[classifier]]\nid = \"",
            id,
            "\"\n[[classifier.regex]]\npattern = '",
        ]
        .concat();
        pack += &[word, "s'\n"].concat();
        let text = [word, "s "].concat().repeat(hits + errors);
        let step = word.len() + 2;
        let spans: Vec<String> = (0..hits)
            .map(|hit| format!("[{},{},\"{id}\"]", hit * step, hit * step + step - 1))
            .collect();
        let spans = spans.join(",");
        writeln!(
            cases,
            "{{\"id\":\"{number}\",\"text\":\"{text}\",\"spans\":[{spans}]}}"
        )
        .unwrap();
    }
    fs::write(folder.join("pack.toml"), pack).unwrap();
    fs::write(folder.join("cases.jsonl"), cases).unwrap();
    let args = [
        "eval",
        "--no-builtin",
        "--rules",
        "pack.toml",
        "cases.jsonl",
        "--html",
        "p.html",
    ];
    let ended = run(folder, &args);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    assert!(ended.stdout.starts_with("Sources\n"));
    fs::read_to_string(folder.join("p.html")).unwrap()
}

/// What a browser makes of a page at an address; none without a browser.
fn browse(folder: &Path, page: &str, fragment: &str) -> Option<String> {
    fs::write(folder.join("shown.html"), page).unwrap();
    let address = format!("file://{}/shown.html{fragment}", folder.display());
    for browser in BROWSERS {
        let ran = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .arg(format!("--user-data-dir={}/profile", folder.display()))
            .arg(&address)
            .output();
        match ran {
            Ok(output) => return Some(String::from_utf8(output.stdout).unwrap()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => panic!("{browser}: {error}"),
        }
    }
    println!("skipped: no browser among {}", BROWSERS.join(", "));
    None
}

/// The classifiers that the table shows, in its order.
fn shown(document: &str) -> Vec<String> {
    let table = document.split("id=\"classifier-table\"").nth(1).unwrap();
    let body = table
        .split("<tbody>")
        .nth(1)
        .unwrap()
        .split("</tbody>")
        .next()
        .unwrap();
    body.split("<tr ")
        .skip(1)
        .filter(|row| !row.split('>').next().unwrap().contains("hidden"))
        .map(|row| {
            let id = row.split("<th scope=\"row\">").nth(1).unwrap();
            id.split('<').next().unwrap().to_owned()
        })
        .collect()
}

#[test]
fn tables_are_sorted_and_filtered_by_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(folder.path());
    let show = |fragment: &str| browse(folder.path(), &page, fragment);
    let Some(plain) = show("") else {
        return;
    };
    assert_eq!(
        shown(&plain),
        ["custom.apple", "custom.pear", "secret.acme.plum"]
    );
    for (fragment, expected) in [
        (
            "#sort=true:desc",
            vec!["custom.apple", "secret.acme.plum", "custom.pear"],
        ),
        (
            "#sort=true:asc",
            vec!["custom.pear", "secret.acme.plum", "custom.apple"],
        ),
        (
            "#sort=classifier:desc",
            vec!["secret.acme.plum", "custom.pear", "custom.apple"],
        ),
        (
            "#sort=precision:asc&filter=custom",
            vec!["custom.pear", "custom.apple"],
        ),
        ("#filter=acme", vec!["secret.acme.plum"]),
        (
            "#family=custom&sort=false:desc",
            vec!["custom.pear", "custom.apple"],
        ),
        ("#filter=nothing", vec![]),
        (
            "#sort=none:desc",
            vec!["custom.apple", "custom.pear", "secret.acme.plum"],
        ),
    ] {
        let document = show(fragment).unwrap();
        assert_eq!(shown(&document), expected, "{fragment}");
    }
    let sorted = show("#sort=true:desc&filter=custom").unwrap();
    assert!(sorted.contains("aria-sort=\"descending\" data-key=\"true\""));
    assert!(sorted.contains(">2 of 3</output>"));
}

#[test]
fn tables_are_sorted_and_filtered_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let page = page(folder.path());
    // What a reader does, and the address that comes of it.
    let hand = r#"<script>
        const heading = document.querySelector('#classifier-table th[data-key="false"] button');
        heading.click();
        const filter = document.getElementById("filter");
        filter.value = "custom";
        filter.dispatchEvent(new Event("input"));
        heading.click();
        document.getElementById("families").click();
        document.body.dataset.address = location.hash;
        </script></body>"#;
    let page = page.replace("</body>", hand);
    let Some(document) = browse(folder.path(), &page, "") else {
        return;
    };
    assert_eq!(shown(&document), ["custom.apple", "custom.pear"]);
    let address = "data-address=\"#sort=false:asc&amp;filter=custom&amp;families=shown\"";
    assert!(document.contains(address));
    assert!(document.contains("aria-pressed=\"true\""));
}
