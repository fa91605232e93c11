//! Arguments are whole: they keep what completes them, and nothing that only adds.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use reportedly::{Article, Pipeline};

/// Subject and object of a text's claims with a relation, by first lemma.
fn arguments(pipeline: &Pipeline, text: &str, lemma: &str) -> Vec<(String, String)> {
    let analysis = pipeline.analyse(Article::new("arguments", text));
    let document = analysis.document();
    let claims = analysis.claims().iter().filter(|c| c.relation.lemmas[0] == lemma);
    let words = claims.map(|c| {
        let object = c.object.as_ref().map_or(String::new(), |o| document.one_line(o.span));
        (document.one_line(c.subject.span), object)
    });
    words.collect()
}

/// Sentences, the verb of a claim in each, and its subject and object.
const CASES: &[(&str, &str, &str, &str)] = &[
    // A stop before the closing quotation mark belongs to the quotation.
    ("The mayor rejected the inquiry as an “old grudge.”", "reject", "The mayor", "the inquiry"),
    ("The mayor planned a huge “feast of bread.”", "plan", "The mayor", "a huge “feast of bread.”"),
    (
        "Ada Brook will end what she calls “the old grudge,” and left.",
        "end",
        "Ada Brook",
        "what she calls “the old grudge,”",
    ),
    // What a noun takes.
    (
        "The firm announced plans to sell its mills.",
        "announce",
        "The firm",
        "plans to sell its mills",
    ),
    (
        "The council rejected the idea of a second bridge.",
        "reject",
        "The council",
        "the idea of a second bridge",
    ),
    // Clauses that tell which, without a comma.
    (
        "The towns that the flood reached include Dover.",
        "include",
        "The towns that the flood reached",
        "Dover",
    ),
    (
        "The judge sentenced the man who burned the barn.",
        "sentence",
        "The judge",
        "the man who burned the barn",
    ),
    (
        "The river destroyed houses built in the valley.",
        "destroy",
        "The river",
        "houses built in the valley",
    ),
    // What a comma or a word sets off only adds.
    (
        "The court punished the owner of the mine, who had ignored the warning.",
        "punish",
        "The court",
        "the owner of the mine",
    ),
    ("The bank closed branches including one in Dover.", "close", "The bank", "branches"),
    ("The firm bought the old mill on Monday.", "buy", "The firm", "the old mill"),
    // Numbers and degree.
    ("The storm killed at least 12 people.", "kill", "The storm", "at least 12 people"),
    ("Nearly all farmers left the valley.", "leave", "Nearly all farmers", "the valley"),
    (
        "Families spent more than 3.5% of their income on heat.",
        "spend",
        "Families",
        "more than 3.5% of their income",
    ),
    ("The party is more diverse than its name.", "be", "The party", "more diverse than its name"),
    // What tells of the clause, or only stresses who did it, is not of the noun.
    ("The mayor released the letters himself.", "release", "The mayor", "the letters"),
    // Conjunctions begin none, quotation marks come in pairs.
    ("Even the mayor signed the letter.", "sign", "the mayor", "the letter"),
    (
        "The studio sold the film “Red Harbour” to a bank.",
        "sell",
        "The studio",
        "the film “Red Harbour”",
    ),
    // Objects behind a particle.
    ("The mayor touched off a fierce row.", "touch", "The mayor", "a fierce row"),
    ("The union called on the mayor to raise wages.", "raise", "the mayor", "wages"),
    // Two nouns under one article, and one verb.
    (
        "A quarry and mining company has bought the mill.",
        "buy",
        "A quarry and mining company",
        "the mill",
    ),
    // What there is, with what it does.
    ("There were crews waiting at the gate.", "be", "crews waiting at the gate", ""),
    // Whom or what a relative pronoun stands for.
    (
        "The owner sold a letter to Ada Moss, which was found in the mill.",
        "be",
        "a letter",
        "the mill",
    ),
    // Whose deed a participle tells.
    (
        "The mayor resigned, saying she was ill and vowing to write a book.",
        "write",
        "The mayor",
        "a book",
    ),
];

#[test]
fn arguments_keep_what_completes_them() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let mut wrong = Vec::new();
    for (text, lemma, subject, object) in CASES {
        let found = arguments(&pipeline, text, lemma);
        if !found.iter().any(|(s, o)| s == subject && o == object) {
            wrong.push(format!("{text} {lemma}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Sentences, a verb, and whose deed it is; `-` where there must be no claim of it.
const DEEDS: &[(&str, &str, &str)] = &[
    // Whom one calls on does it.
    ("The director called on the ministry to publish the report.", "publish", "the ministry"),
    ("The mayor appealed to the drivers to leave the valley.", "leave", "the drivers"),
    ("The director relied on a ladder to reach the roof.", "reach", "The director"),
    // Who learns how, or is shown it.
    ("The guards should learn how to open the gate.", "open", "The guards"),
    ("The nurse taught the pupils how to dress a wound.", "dress", "the pupils"),
    // Who uses something to do it.
    ("The army used drones to attack the camp.", "attack", "The army"),
    ("The firm is in talks to sell the mill.", "sell", "The firm"),
    // Nobody told of carries out an order between quotation marks.
    ("“Close the gate,” the posters read.", "close", "-"),
    ("The law makes it harder to sell land.", "sell", "-"),
    ("The law helps them to sell land.", "sell", "them"),
    // Of whom one asks or expects it; not who only speaks of it.
    ("The villagers look to the council to mend the road.", "mend", "the council"),
    ("The mayor viewed the plan as wasting the money.", "waste", "the plan"),
    ("A clerk raised the threat of closing the mill.", "close", "-"),
    ("The mayor echoed the guild's call for mending the bridge.", "mend", "-"),
    ("She fought for the aims of the guild, including closing the mill.", "close", "-"),
    // What a clause is told of does nothing in it.
    ("The best thing to do is open the old gate.", "open", "-"),
    ("The best approach is to ask a neighbour.", "ask", "-"),
    // A day is when.
    ("The council voted Wednesday to close the mill.", "close", "The council"),
    // No passive has an object of its own.
    (
        "A spokesman said that the account had been hacked and dismissed the episode.",
        "dismiss",
        "A spokesman",
    ),
    // Nor does *unlike* tell of whom it compares.
    ("Carver, unlike, say, Dunne, conceded on the night of the vote.", "concede", "Carver"),
    // Claims that say nothing.
    ("The guild knows what it wants to accomplish.", "accomplish", "-"),
    ("The bakers left early, and the millers did so as well.", "do", "-"),
    ("To be fair, the firm paid its workers.", "be", "-"),
    ("The firm paid its workers.", "pay", "The firm"),
];

#[test]
fn deeds_are_those_of_who_does_them() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let mut wrong = Vec::new();
    for (text, lemma, subject) in DEEDS {
        let found = arguments(&pipeline, text, lemma);
        let right = match *subject {
            "-" => found.is_empty(),
            subject => !found.is_empty() && found.iter().all(|(s, _)| s == subject),
        };
        if !right {
            wrong.push(format!("{text} {lemma}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What somebody is accused of, with the verb and its bare object.
#[test]
fn whom_one_accuses_is_not_what_they_did() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let text = "The union accused the firm of hiding the leak.";
    let analysis = pipeline.analyse(Article::new("arguments", text));
    let document = analysis.document();
    let claim = analysis.claims().iter().find(|c| c.relation.lemmas[0] == "accuse").unwrap();
    assert_eq!(document.slice(claim.object.as_ref().unwrap().span), "the firm");
    let deed = claim.qualifiers.iter().find(|q| q.preposition == "of").unwrap();
    assert_eq!(document.slice(deed.argument.span), "hiding the leak");
    let described = arguments(&pipeline, "The union praised a firm hiding the leak.", "praise");
    assert_eq!(described[0].1, "a firm hiding the leak");
}

/// Whether the claim with this verb is asserted.
fn is_asserted(pipeline: &Pipeline, text: &str, lemma: &str) -> bool {
    let analysis = pipeline.analyse(Article::new("arguments", text));
    let mut statements = analysis.statements().iter();
    statements.any(|s| s.relation.lemmas[0] == lemma && s.assertion.is_asserted())
}

#[test]
fn what_wants_more_is_not_asserted() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    assert!(is_asserted(&pipeline, "Acme Mills announced plans to sell its barges.", "announce"));
    assert!(!is_asserted(&pipeline, "Acme Mills announced plans.", "announce"));
    assert!(is_asserted(&pipeline, "Clara Adams is 12.", "be"));
    assert!(!is_asserted(&pipeline, "Clara Adams was 12 in 1976.", "be"));
}

#[test]
fn who_is_only_described_is_called_by_the_whole_description() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let text = "The judge sentenced the man who burned the barn. Clara Adams left the town.";
    let analysis = pipeline.analyse(Article::new("arguments", text));
    let labels: Vec<&str> = analysis.entities().iter().map(|e| e.label.as_str()).collect();
    assert!(labels.contains(&"the man who burned the barn"), "{labels:?}");
    assert!(labels.contains(&"Clara Adams"), "{labels:?}");
}

/// How many claims a text states with a verb.
fn stated(pipeline: &Pipeline, text: &str, lemma: &str) -> usize {
    let analysis = pipeline.analyse(Article::new("arguments", text));
    analysis.statements().iter().filter(|it| it.relation.lemmas[0] == lemma).count()
}

#[test]
fn what_nothing_identifies_is_not_stated() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    let count = |text, lemma| stated(&pipeline, text, lemma);
    assert_eq!(count("It hired forty teachers, Brook said.", "hire"), 0);
    assert_eq!(count("The mayor said the firm had built them.", "build"), 0);
    assert_eq!(count("The mayor said the firm had built some of them.", "build"), 0);
    assert_eq!(count("The mayor said the firm had built them all.", "build"), 0);
    // What a pronoun stands for, and who has more than the pronoun.
    assert_eq!(count("The school grew. It hired forty teachers.", "hire"), 1);
    assert_eq!(count("Those who live by the river fear the flood.", "fear"), 1);
    // Who speaks is somebody, and so is anybody.
    assert_eq!(count("“We closed the mill,” she said.", "close"), 1);
    assert_eq!(count("Anyone may enter the garden.", "enter"), 1);
    // A question asks for what nobody has told; who says that it is not known does not.
    assert_eq!(count("Who closed the mill?", "close"), 1);
    assert_eq!(count("The mayor knows who closed the mill.", "close"), 0);
}
