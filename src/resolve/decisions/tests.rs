use super::*;

fn global(slug: &str) -> EntityNode {
    EntityNode::Global(slug.into())
}

fn same(node: EntityNode, key: &str) -> Decision {
    Decision::new(node, Verdict::Same { key: key.into(), label: None })
}

fn apart(slug: &str, article: &str, key: &str) -> Decision {
    let articles = [ArticleId::new(article)].into();
    let verdict = Verdict::Apart { articles, key: key.into(), label: Some("Other".into()) };
    Decision::new(global(slug), verdict)
}

fn key_in(decisions: &Decisions, article: &str, key: EntityKey) -> Option<EntityKey> {
    decisions.settle(&ArticleId::new(article), &key).map(|settled| settled.key)
}

#[test]
fn an_article_says_first_what_a_node_is_in_it() {
    let decisions =
        Decisions::new([apart("a", "one", "b"), same(global("b"), "c"), same(global("a"), "d")]);
    let decisions = decisions.unwrap();
    let key = |slug: &str| EntityKey::Global(slug.into());
    assert_eq!(key_in(&decisions, "one", key("a")), Some(key("c")));
    assert_eq!(key_in(&decisions, "two", key("a")), Some(key("d")));
    assert_eq!(key_in(&decisions, "two", key("c")), None);
    let settled = decisions.settle(&ArticleId::new("one"), &key("a")).unwrap();
    assert!(settled.is_other);
    assert_eq!(settled.by.len(), 2);
}

#[test]
fn what_belongs_to_an_article_can_become_the_same_in_all() {
    let node = EntityNode::Local(ArticleId::new("one"), "smith".into());
    let decisions = Decisions::new([same(node, "ada-smith_person")]).unwrap();
    let local = EntityKey::Local("smith".into());
    let ada = EntityKey::Global("ada-smith_person".into());
    assert_eq!(key_in(&decisions, "one", local.clone()), Some(ada));
    assert_eq!(key_in(&decisions, "two", local), None);
}

#[test]
fn what_speaks_against_itself_is_refused() {
    let twice = Decisions::new([same(global("a"), "b"), same(global("a"), "c")]);
    assert!(matches!(twice, Err(DecisionError::Twice { .. })));
    let circle = Decisions::new([same(global("a"), "b"), same(global("b"), "a")]);
    assert!(matches!(circle, Err(DecisionError::Circle { .. })));
    let itself = Decisions::new([same(global("a"), "a")]);
    assert!(matches!(itself, Err(DecisionError::Circle { .. })));
    let id = (Authority::Wikidata, CompactString::from("Q1"));
    let linked = Decision::new(global("a"), Verdict::Linked(id.clone()));
    let unlinked = Decision::new(global("a"), Verdict::NotLinked(id));
    assert!(matches!(Decisions::new([linked, unlinked]), Err(DecisionError::Both { .. })));
}

#[test]
fn links_are_added_and_taken_away() {
    let id = |id: &str| (Authority::Wikidata, CompactString::from(id));
    let decisions = Decisions::new([
        Decision::new(global("a"), Verdict::Linked(id("Q1"))),
        Decision::new(global("a"), Verdict::NotLinked(id("Q2"))),
    ]);
    let link = |id: &str| Link {
        authority: Authority::Wikidata,
        id: id.into(),
        score: 0.5,
        method: "list:name".into(),
        checked: None,
    };
    let mut links = vec![link("Q2"), link("Q3")];
    let by = decisions.unwrap().settle_links("a", &mut links);
    let ids: Vec<&str> = links.iter().map(|link| link.id.as_str()).collect();
    assert_eq!((ids, by.len()), (vec!["Q1", "Q3"], 2));
}

#[test]
fn the_same_decision_is_made_once() {
    let why = Decision { reason: Some("Her own page says so.".into()), ..same(global("a"), "b") };
    assert_eq!(why.id(), same(global("a"), "b").id());
    assert_eq!(Decisions::new([why, same(global("a"), "b")]).unwrap().iter().count(), 1);
    assert_ne!(same(global("b"), "a").id(), same(global("a"), "b").id());
}
