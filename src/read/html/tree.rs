//! HTML becomes a tree: in one pass, in time and memory proportional to the
//! page, however broken or deeply nested it is.
//!
//! Tokens come from `html5gum`. The tree is simpler than a browser's: end tags
//! that nobody waits for are passed over, elements that must end before
//! another starts are ended (`p`, `li`, cells), and elements nested deeper
//! than [`DEEPEST`] become leaves. That keeps every word in its place in the
//! order of the document, which is what reading needs.

use std::convert::Infallible;
use std::ops::Range;

use compact_str::CompactString;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use super::element;
use super::pausing::{Pause, Pausing};
use crate::read::element::{is_block, is_formatting};

/// Elements nested deeper than this become leaves.
const DEEPEST: usize = 400;
/// Elements beyond this number are passed over; their text is kept.
const MOST_ELEMENTS: usize = 2_000_000;
/// The longest value of an attribute that is kept, in bytes.
const LONGEST_VALUE: usize = 16 << 10;

/// The attributes that are read; others are not kept.
const ATTRIBUTES: [&str; 25] = [
    "aria-hidden",
    "aria-label",
    "class",
    "content",
    "data-component",
    "data-qa",
    "data-test",
    "data-test-id",
    "data-testid",
    "data-type",
    "datetime",
    "hidden",
    "href",
    "id",
    "itemprop",
    "itemscope",
    "itemtype",
    "lang",
    "name",
    "property",
    "rel",
    "role",
    "style",
    "type",
    "xml:lang",
];

/// The number of a node in its tree; parents have smaller numbers than their children.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

impl NodeId {
    /// The node above all others.
    pub(crate) const ROOT: Self = Self(0);

    /// The number as an index.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A page as a tree.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    attributes: Vec<(CompactString, String)>,
    text: String,
}

#[derive(Debug)]
struct Node {
    parent: NodeId,
    first: Option<NodeId>,
    last: Option<NodeId>,
    next: Option<NodeId>,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Element { name: CompactString, attributes: Range<u32> },
    Text(Range<u32>),
}

impl Tree {
    /// Reads a page.
    pub(crate) fn parse(html: &str) -> Self {
        let mut builder = Builder::new();
        let take = |event: CallbackEvent<'_>, _: Span<()>| -> Option<Infallible> {
            builder.take(&event);
            None
        };
        let mut emitter = CallbackEmitter::new(take);
        emitter.naively_switch_states(true);
        let tokenizer = Tokenizer::new_with_emitter(Pausing::new(html), emitter);
        tokenizer.for_each(|step| {
            step.map_or_else(|Pause| (), |never| match never {});
        });
        builder.tree
    }

    /// All nodes, in the order of the document.
    pub(crate) fn nodes(&self) -> impl DoubleEndedIterator<Item = NodeId> + use<> {
        (0..self.nodes.len() as u32).map(NodeId)
    }

    /// How many nodes there are.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node around a node; the root's is the root.
    pub(crate) fn parent(&self, node: NodeId) -> NodeId {
        self.node(node).parent
    }

    /// The nodes from the one around this one up to the root.
    pub(crate) fn ancestors(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let above = move |node: &NodeId| Some(self.parent(*node)).filter(|up| up != node);
        std::iter::successors(Some(node), above).skip(1)
    }

    /// Whether a node is, or stands in, another.
    pub(crate) fn is_within(&self, node: NodeId, outer: NodeId) -> bool {
        node == outer || self.ancestors(node).any(|up| up == outer)
    }

    /// The nodes directly in a node.
    pub(crate) fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.node(node).first, |child| self.node(*child).next)
    }

    /// The name of an element in lower case; `""` for text.
    pub(crate) fn name(&self, node: NodeId) -> &str {
        match &self.node(node).content {
            Content::Element { name, .. } => name,
            Content::Text(_) => "",
        }
    }

    /// The words of a text node.
    pub(crate) fn text(&self, node: NodeId) -> Option<&str> {
        match &self.node(node).content {
            Content::Text(range) => self.text.get(range.start as usize..range.end as usize),
            Content::Element { .. } => None,
        }
    }

    /// All words within a node, as they stand.
    pub(crate) fn words(&self, node: NodeId) -> String {
        let mut words = String::new();
        let mut at = Some(node);
        while let Some(here) = at {
            words.push_str(self.text(here).unwrap_or(""));
            at = self.following(here, node);
        }
        words
    }

    /// The first words within a node: elements in each other have the same words, and
    /// those of a whole page in each of them would fill the memory.
    pub(crate) fn first_words(&self, node: NodeId) -> String {
        const ENOUGH: usize = 2_000;
        let mut words = String::new();
        let mut at = Some(node);
        while let Some(here) = at.filter(|_| words.len() < ENOUGH) {
            let text = self.text(here).unwrap_or("");
            words.push_str(text.get(..text.floor_char_boundary(ENOUGH)).unwrap_or(text));
            at = self.following(here, node);
        }
        words
    }

    /// The nodes within a node, in the order of the document.
    pub(crate) fn descendants(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.following(node, node), move |here| self.following(*here, node))
    }

    /// The node after this one in the document, within `outer`.
    fn following(&self, node: NodeId, outer: NodeId) -> Option<NodeId> {
        if let Some(child) = self.node(node).first {
            return Some(child);
        }
        let mut up = node;
        while up != outer {
            if let Some(next) = self.node(up).next {
                return Some(next);
            }
            up = self.parent(up);
        }
        None
    }

    /// The value of an attribute, if the element has it.
    pub(crate) fn attribute(&self, node: NodeId, name: &str) -> Option<&str> {
        let mut all = self.attributes(node);
        all.find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// The attributes of an element that are kept.
    pub(crate) fn attributes(&self, node: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let range = match &self.node(node).content {
            Content::Element { attributes, .. } => attributes.clone(),
            Content::Text(_) => 0..0,
        };
        let all = self.attributes.get(range.start as usize..range.end as usize);
        all.into_iter().flatten().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn node(&self, node: NodeId) -> &Node {
        self.nodes.get(node.index()).expect("ids are made by the tree they belong to")
    }

    fn node_mut(&mut self, node: NodeId) -> &mut Node {
        self.nodes.get_mut(node.index()).expect("ids are made by the tree they belong to")
    }

    /// Adds a node as the last one in another.
    fn add(&mut self, parent: NodeId, content: Content) -> NodeId {
        let id = NodeId(self.nodes.len() as u32);
        self.nodes.push(Node { parent, first: None, last: None, next: None, content });
        match self.node_mut(parent).last.replace(id) {
            Some(last) => self.node_mut(last).next = Some(id),
            None => self.node_mut(parent).first = Some(id),
        }
        id
    }
}

/// A tree that grows token by token.
struct Builder {
    tree: Tree,
    /// The open elements, the outermost first. Never empty: the root stays.
    open: Vec<NodeId>,
    /// How many elements are open that were too deep to be opened.
    too_deep: usize,
    /// The start tag that is being read.
    tag: CompactString,
    /// The attribute that is being read, if it is kept.
    attribute: Option<&'static str>,
    /// Where the attributes of the start tag begin.
    attributes: usize,
}

impl Builder {
    fn new() -> Self {
        let content = Content::Element { name: CompactString::default(), attributes: 0..0 };
        let root = Node { parent: NodeId::ROOT, first: None, last: None, next: None, content };
        let tree = Tree { nodes: vec![root], attributes: Vec::new(), text: String::new() };
        let tag = CompactString::default();
        Self { tree, open: vec![NodeId::ROOT], too_deep: 0, tag, attribute: None, attributes: 0 }
    }

    fn take(&mut self, event: &CallbackEvent<'_>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = CompactString::from_utf8_lossy(name);
                self.attributes = self.tree.attributes.len();
            }
            CallbackEvent::AttributeName { name } => self.attribute_name(name),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value),
            CallbackEvent::CloseStartTag { self_closing } => self.start(*self_closing),
            CallbackEvent::EndTag { name } => self.end(&CompactString::from_utf8_lossy(name)),
            CallbackEvent::String { value } => self.write(&String::from_utf8_lossy(value)),
            _ => {}
        }
    }

    fn attribute_name(&mut self, name: &[u8]) {
        self.attribute = ATTRIBUTES.iter().find(|known| known.as_bytes() == name).copied();
        if let Some(name) = self.attribute {
            self.tree.attributes.push((CompactString::const_new(name), String::new()));
        }
    }

    fn attribute_value(&mut self, value: &[u8]) {
        if let (Some(_), Some(last)) = (self.attribute.take(), self.tree.attributes.last_mut()) {
            let value = value.get(..LONGEST_VALUE).unwrap_or(value);
            last.1 = String::from_utf8_lossy(value).into_owned();
        }
    }

    fn top(&self) -> NodeId {
        self.open.last().copied().unwrap_or(NodeId::ROOT)
    }

    fn start(&mut self, self_closing: bool) {
        let name = std::mem::take(&mut self.tag);
        if self.tree.len() >= MOST_ELEMENTS {
            self.tree.attributes.truncate(self.attributes);
            return;
        }
        self.end_before(&name);
        let attributes = self.attributes as u32..self.tree.attributes.len() as u32;
        let leaf = element::is_void(&name) || self_closing && self.is_foreign(&name);
        let node = self.tree.add(self.top(), Content::Element { name, attributes });
        if leaf {
        } else if self.open.len() >= DEEPEST {
            self.too_deep += 1;
        } else {
            self.open.push(node);
        }
    }

    /// Whether `<name/>` ends at once: in drawings and formulas it does.
    fn is_foreign(&self, name: &str) -> bool {
        let foreign = |name: &str| matches!(name, "svg" | "math");
        foreign(name) || self.open.iter().rev().take(16).any(|n| foreign(self.tree.name(*n)))
    }

    /// Ends what must end before an element of this name starts.
    fn end_before(&mut self, name: &str) {
        if is_block(name) && self.is_in_head() {
            self.end_within("head", &[]);
        }
        for (ended, stop) in element::ends_before(name) {
            self.end_within(ended, stop);
        }
    }

    fn is_in_head(&self) -> bool {
        self.open.iter().take(3).any(|node| self.tree.name(*node) == "head")
    }

    /// Ends the innermost open element of a name, unless one of `stop` is around it.
    fn end_within(&mut self, name: &str, stop: &[&str]) {
        for at in (1..self.open.len()).rev() {
            let open = self.open.get(at).map_or("", |node| self.tree.name(*node));
            if open == name {
                self.open.truncate(at);
                return;
            }
            if stop.contains(&open) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        if name == "br" {
            self.tag = "br".into();
            self.attributes = self.tree.attributes.len();
            self.start(false);
        } else if element::is_void(name) || matches!(name, "html" | "body") {
            // What stands after these still belongs to the page.
        } else if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if is_formatting(name) {
            self.end_formatting(name);
        } else {
            self.end_within(name, element::scope_of(name));
        }
    }

    /// Ends a formatting element, unless blocks are still open in it: these
    /// would be cut in two, and their words told apart.
    fn end_formatting(&mut self, name: &str) {
        for at in (1..self.open.len()).rev() {
            let open = self.open.get(at).map_or("", |node| self.tree.name(*node));
            if open == name {
                self.open.truncate(at);
                return;
            }
            if is_block(open) {
                return;
            }
        }
    }

    fn write(&mut self, words: &str) {
        let start = self.tree.text.len();
        self.tree.text.push_str(words);
        self.tree.add(self.top(), Content::Text(start as u32..self.tree.text.len() as u32));
    }
}
