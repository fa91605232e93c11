//! What a stored article was read as: so that it can be understood again without the
//! file that it came from.
//!
//! In: an [`Item`]. Out: JSON of all of it but its text, which stands in the article's
//! own graph. The graph of builds keeps it, and an article's [`Item`] is made of both.

use super::vocabulary::rp;
use super::{Store, StoreError};
use crate::read::Item;
use crate::text::{Article, ArticleId, Document};

/// An item without its text, as JSON.
pub fn layout(item: &Item) -> String {
    let without_text = |article: &Article| Article { text: String::new(), ..article.clone() };
    let json = match item {
        Item::Article(article) => serde_json::to_string(&without_text(article)),
        Item::Document(document) => {
            let article = without_text(&document.article);
            serde_json::to_string(&Document { article, ..document.clone() })
        }
    };
    json.expect("plain data with text for keys always has JSON")
}

/// The item of a layout with its text; none where it is no layout.
fn item(layout: &str, text: String) -> Option<Item> {
    if let Ok(article) = serde_json::from_str::<Article>(layout) {
        return Some(Item::Article(Article { text, ..article }));
    }
    let mut document: Document = serde_json::from_str(layout).ok()?;
    document.article.text = text;
    Some(Item::Document(document))
}

impl Store {
    /// What a stored article was read as; none where it was stored without that.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn item(&self, article: &ArticleId) -> Result<Option<Item>, StoreError> {
        let (layout, text) = (self.told_of_build(article, rp::LAYOUT)?, self.text(article)?);
        Ok(layout.zip(text).and_then(|(layout, text)| item(&layout, text)))
    }

    /// Whether a stored article can be understood again from the store alone.
    ///
    /// # Errors
    /// Where the database cannot be read.
    pub fn holds_layout(&self, article: &ArticleId) -> Result<bool, StoreError> {
        Ok(self.told_of_build(article, rp::LAYOUT)?.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pipeline;

    #[test]
    fn an_item_is_made_again_of_layout_and_text() {
        let article = Article::paragraph("ferry", "Ada Brook left.\n");
        let document = Pipeline::builder().build().unwrap().document(article.clone());
        for whole in [Item::Article(article.clone()), Item::Document(document)] {
            let layout = layout(&whole);
            assert!(!layout.contains("Ada Brook left"), "{layout}");
            assert_eq!(item(&layout, article.text.clone()), Some(whole));
        }
        assert_eq!(item("{}", String::new()), None);
    }
}
