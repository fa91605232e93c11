use super::*;

const WORDS: &str = "# words\nlemma\tclass: one of verb | noun\tlike: lemma?\n\
                     say\tverb\ttell\nask\tverb\t-\nsay\tnoun\t-\n";

fn shown(table: &Table) -> String {
    let rows = table.rows().map(|row| row.cells().join(" "));
    rows.collect::<Vec<_>>().join("; ")
}

fn check(text: &str, expected: Result<&str, &str>) {
    let read = Table::read("some/words.tsv", text);
    let found = read.map(|table| shown(&table)).map_err(|error| error.to_string());
    assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}");
}

#[test]
fn reads_rows_and_tells_where_one_is_broken() {
    check(WORDS, Ok("say verb tell; ask verb -; say noun -"));
    check("lemma\n", Ok(""));
    check("", Err("some/words.tsv:1:1: no line that names the columns"));
    let cells = "some/words.tsv:2:1: 1 cells, but 2 columns; cells are separated by tabs";
    check("lemma\tmeans: text\nsay\n", Err(cells));
    check("lemma\tto: lemma\nsay\t\n", Err("some/words.tsv:2:5: the column `to` is empty here"));
    check("lemma\nsay\nsay\n", Err("some/words.tsv:3:1: `say` stands here already, in line 2"));
    let twice = "some/words.tsv:3:1: `be` stands here already, in line 2";
    check("lemma: unique lemma\tform: word\nbe\tis\nbe\tare\n", Err(twice));
    let merged = "some/words.tsv:2:1: `-say` takes a line out of another table, but this one is \
                  merged with none";
    check("lemma\n-say\n", Err(merged));
    let declares =
        "some/words.tsv:1:7: `x: y` declares no column: `NAME` or `NAME: TYPE` is expected";
    check("lemma\tx: y\n", Err(declares));
}

#[test]
fn tells_what_can_never_be_found() {
    let never = |found: &str, right: &str| {
        format!(
            "some/words.tsv:2:1: `{found}` can never be found, as `lemma` is compared in another \
             form: write `{right}`"
        )
    };
    check("lemma\nSay\n", Err(&never("Say", "say")));
    check("lemma: lemmas\npoint  out\n", Err(&never("point  out", "point out")));
    check("lemma: lemmas\npoint out\n", Ok("point out"));
    let single =
        "some/words.tsv:2:1: `point out` can never be found: this list is one of single words";
    check("lemma\npoint out\n", Err(single));
    let unknown = "some/words.tsv:2:5: `vreb` is unknown as `class` (did you mean `verb`?); known \
                   are: verb, noun";
    check("lemma\tclass: one of verb | noun\nsay\tvreb\n", Err(unknown));
    let some = "lemma\tframes: some of clause | quote\nsay\tclause,quote\n";
    check(some, Ok("say clause,quote"));
    check(
        "lemma\tn: integer\na\t1.5\n",
        Err("some/words.tsv:2:3: `1.5` is no number, as `n` has to be"),
    );
}

#[test]
fn merges_line_by_line() {
    let check = |text: &str, expected: Result<&str, &str>| {
        let mut table = Table::read("words.tsv", WORDS).expect("it is whole");
        let before = table.clone();
        let merged = table.merge("my/words.tsv", text).map_err(|error| error.to_string());
        let found = merged.map(|()| shown(&table));
        assert_eq!(found.as_deref().map_err(String::as_str), expected, "{text}");
        assert!(found.is_ok() || table == before, "a broken file changes nothing");
    };
    let header = "lemma\tclass\tlike\n";
    check(
        &format!("{header}claim\tverb\tsay\n"),
        Ok("say verb tell; ask verb -; say noun -; claim verb say"),
    );
    check(&format!("{header}say\tverb\t-\n"), Ok("ask verb -; say verb -"));
    check(&format!("{header}-say\n"), Ok("ask verb -"));
    check(&format!("{header}-say\tnoun\t-\n"), Ok("say verb tell; ask verb -"));
    check(
        "class\tlemma\tlike\nverb\tvow\t-\n",
        Ok("say verb tell; ask verb -; say noun -; vow verb -"),
    );
    let gone = "my/words.tsv:2:1: `-asks` takes out a line that the list does not have (did you \
                mean `ask`?)";
    check(&format!("{header}-asks\n"), Err(gone));
    let column = "my/words.tsv:1:7: `clas` is no column of this table (did you mean `class`?); its \
                  first line names its columns: lemma, class, like";
    check("lemma\tclas\tlike\nsay\tverb\t-\n", Err(column));
    let missing =
        "my/words.tsv:1:1: the column `like` is missing in the line that names the columns";
    check("lemma\tclass\nsay\tverb\n", Err(missing));
}

#[test]
fn cells_may_name_the_keys_of_another_table() {
    let kinds = Table::shipped("kinds.tsv", "kind: text\nsay\nask\n");
    let words = Table::shipped("words.tsv", "lemma\tkind: in kinds\nclaim\tsay\nwonder\taks\n");
    let found = words.check_references(|name| (name == "kinds").then_some(&kinds));
    let expected = "words.tsv:3:8: `aks` is unknown as `kind` (did you mean `ask`?); known are: \
                    say, ask";
    assert_eq!(found.map_err(|error| error.to_string()), Err(expected.to_owned()));
}
