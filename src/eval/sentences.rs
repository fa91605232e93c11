//! Gold sentences whose words are divided by spaces become a document.

use crate::analyse::Analyser;
use crate::text::{Article, Block, BlockKind, Document, Sentence, Span, Token, TokenId};

/// Analyses sentences, each a block of its own, with their words as they are:
/// sentence `i` of the document is sentence `i` of these.
pub fn analyse_sentences<'a>(
    analyser: &Analyser,
    sentences: impl IntoIterator<Item = &'a str>,
) -> Document {
    let mut layout = Layout::default();
    for sentence in sentences {
        layout.add(sentence);
    }
    let article = Article::laid_out("sentences", layout.text, layout.blocks);
    analyser.annotate(article, layout.sentences, layout.tokens)
}

#[derive(Default)]
struct Layout {
    text: String,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
}

impl Layout {
    fn add(&mut self, sentence: &str) {
        let first = TokenId::from_index(self.tokens.len());
        let start = self.text.len();
        for word in sentence.split_whitespace() {
            if self.text.len() > start {
                self.text.push(' ');
            }
            let span = Span::of(self.text.len()..self.text.len() + word.len());
            self.text.push_str(word);
            self.tokens.push(Token { span, form: word.into(), joined: false });
        }
        let span = Span::of(start..self.text.len());
        let (last, block_index) =
            (TokenId::from_index(self.tokens.len()), self.blocks.len() as u32);
        let block = BlockKind::Paragraph;
        self.blocks.push(Block { span, kind: block });
        self.sentences.push(Sentence { span, tokens: first.until(last), block, block_index });
        self.text.push_str("\n\n");
    }
}
