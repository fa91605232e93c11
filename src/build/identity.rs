//! Which stored article an article is: the one of its file, of its address, or
//! none yet.

use std::path::Path;

use crate::graph::{Store, StoreError};
use crate::read::{Found, Item, with_hash};
use crate::text::{ArticleId, Published};

/// What an article is to a store.
pub(super) enum Identity {
    /// To be stored, or stored already, by this id.
    At(ArticleId),
    /// An older version of one that is stored, which was published at this address, or has
    /// this id.
    Older(String),
}

/// Looks an article up in a store.
pub(super) fn identify(store: &Store, found: &Found) -> Result<Identity, StoreError> {
    let article = found.item.article();
    let at_file = match found.file.as_deref() {
        Some(file) => store.article_of_file(file)?,
        None => None,
    };
    if let Some(id) = at_file {
        return Ok(Identity::At(id));
    }
    if let Some(url) = &article.url
        && let Some(id) = store.article_of_address(url)?
    {
        let older = is_older(store, &id, found)?;
        return Ok(if older { Identity::Older(url.clone()) } else { Identity::At(id) });
    }
    if let (Some(own), Some(stored)) = (found.version, store.version(&article.id)?)
        && own < stored
    {
        return Ok(Identity::Older(article.id.to_string()));
    }
    match found.file.as_deref() {
        Some(file) if is_taken(store, &found.item, file)? => {
            Ok(Identity::At(with_hash(&article.id, file.as_bytes())))
        }
        _ => Ok(Identity::At(article.id.clone())),
    }
}

/// Whether the stored version of an article is newer: by when both were fetched,
/// or by when both appeared.
fn is_older(store: &Store, id: &ArticleId, found: &Found) -> Result<bool, StoreError> {
    let is_before = |own: Option<Published>, stored: Option<Published>| match (own, stored) {
        (Some(own), Some(stored)) => own.moment() < stored.moment(),
        _ => false,
    };
    if found.fetched.is_some() && store.fetched(id)?.is_some() {
        return Ok(is_before(found.fetched, store.fetched(id)?));
    }
    Ok(is_before(found.item.article().published, store.published(id)?))
}

/// Whether the id of an article that is named by its file belongs to another: one
/// of another file, unless that file was moved here, or one that was given this id.
fn is_taken(store: &Store, item: &Item, file: &str) -> Result<bool, StoreError> {
    let article = item.article();
    if store.digest(&article.id)?.is_none() {
        return Ok(false);
    }
    let gone = match store.file_of(&article.id)? {
        Some(other) if other == file => return Ok(false),
        Some(other) => !Path::new(&other).exists(),
        None => true,
    };
    let same_text = store.article_of_text(&article.text)? == Some(article.id.clone());
    Ok(!(gone && same_text))
}
