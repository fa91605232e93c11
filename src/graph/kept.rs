//! What articles were read from, kept beside the database for whoever asks for it.
//!
//! In: the bytes of a page, a file, a row, and whose they are. Out: the same bytes. A
//! file an article, compressed with gzip, in a folder of the store's: so that any tool
//! reads them, and no query is slower for them. The graph of builds has their digests.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest, Sha256};

use super::StoreError;
use crate::text::{ArticleId, hex};

/// The folder of sources, in that of the store.
const FOLDER: &str = "reportedly.sources";
/// The file of one that is being written.
const HALF_DONE: &str = ".half";

/// The sources that a store keeps.
#[derive(Clone, Debug)]
pub struct Sources {
    store: PathBuf,
}

impl Sources {
    /// Those of the store in a folder.
    pub(super) fn of(store: &Path) -> Self {
        Self { store: store.to_path_buf() }
    }

    /// Where that of an article is kept: many files in one folder are slow to list.
    fn file(&self, article: &ArticleId) -> PathBuf {
        let part = hex(&Sha256::digest(article.as_str().as_bytes())[..1]);
        self.folder().join(part).join(format!("{article}.gz"))
    }

    fn folder(&self) -> PathBuf {
        self.store.join(FOLDER)
    }

    /// Whether that of an article is kept.
    pub fn holds(&self, article: &ArticleId) -> bool {
        self.file(article).exists()
    }

    /// Keeps that of an article, in place of what was kept before.
    ///
    /// # Errors
    /// Where the system refuses it.
    pub fn keep(&self, article: &ArticleId, bytes: &[u8]) -> Result<(), StoreError> {
        self.try_keep(article, bytes).map_err(|error| StoreError::io(&self.store, error))
    }

    fn try_keep(&self, article: &ArticleId, bytes: &[u8]) -> io::Result<()> {
        let path = self.file(article);
        fs::create_dir_all(path.parent().expect("each stands in a folder"))?;
        let half_done = path.with_extension(HALF_DONE.trim_start_matches('.'));
        let mut file = GzEncoder::new(File::create(&half_done)?, Compression::default());
        file.write_all(bytes)?;
        file.finish()?;
        fs::rename(half_done, path)
    }

    /// That of an article; `None` where it was not kept.
    ///
    /// # Errors
    /// Where the system refuses it, or the file is damaged.
    pub fn get(&self, article: &ArticleId) -> Result<Option<Vec<u8>>, StoreError> {
        let read = || -> io::Result<Vec<u8>> {
            let mut bytes = Vec::new();
            GzDecoder::new(File::open(self.file(article))?).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        match read() {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(&self.file(article), error)),
        }
    }

    /// Takes away those of articles.
    pub(super) fn remove(&self, articles: &[ArticleId]) -> Result<(), StoreError> {
        for article in articles {
            match fs::remove_file(self.file(article)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&self.store, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Gives them to another store, too: a backup, or a store that is made of one. On the
    /// same disk they take no room.
    pub(super) fn copy(&self, to: &Self) -> Result<(), StoreError> {
        self.try_copy(to).map_err(|error| StoreError::io(&to.store, error))
    }

    fn try_copy(&self, to: &Self) -> io::Result<()> {
        for file in self.files()? {
            let path = file.strip_prefix(&self.store).expect("it stands below the store");
            let copy = to.store.join(path);
            fs::create_dir_all(copy.parent().expect("each stands in a folder"))?;
            // A file is never changed, only replaced.
            fs::hard_link(&file, &copy).or_else(|_| fs::copy(&file, &copy).map(drop))?;
        }
        Ok(())
    }

    /// How many there are, and how many bytes their files have.
    ///
    /// # Errors
    /// Where the system refuses it.
    pub fn size(&self) -> Result<(usize, u64), StoreError> {
        let size = || -> io::Result<(usize, u64)> {
            let files = self.files()?;
            let bytes = files.iter().map(|file| Ok(fs::metadata(file)?.len()));
            Ok((files.len(), bytes.sum::<io::Result<u64>>()?))
        };
        size().map_err(|error| StoreError::io(&self.store, error))
    }

    /// The files, but those that are half done.
    fn files(&self) -> io::Result<Vec<PathBuf>> {
        let mut files = Vec::new();
        if !self.folder().exists() {
            return Ok(files);
        }
        for part in fs::read_dir(self.folder())? {
            for file in fs::read_dir(part?.path())? {
                files.push(file?.path());
            }
        }
        files.retain(|file| !file.to_string_lossy().ends_with(HALF_DONE));
        Ok(files)
    }
}
