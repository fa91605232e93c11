//! Whether what a word means has a name somewhere in the article.

use crate::text::{ClusterId, Document, MentionKind};

/// How many mentions of one thing are looked at.
pub(super) const MANY: usize = 256;

/// Whether one of the mentions of something is its name.
pub(super) fn has_name(document: &Document, cluster: ClusterId) -> bool {
    document.mentions_of(cluster).take(MANY).any(|m| m.kind == MentionKind::Name)
}
