//! The model as one file: a header, then texts and numbers, little-endian,
//! each with its length before it. Weights take 16 bits a number, with one scale
//! for each [`BLOCK`] of them, which is more than is left of them in reading.
//! What was learned stands first, the pretrained vectors and the lists of names
//! last: they have other licences, and ship in a package of their own.
//!
//! In: bytes. Out: a [`Model`], or what is wrong with them. A file whose
//! lengths do not fit together is refused, so that nothing later can run past
//! the end of a matrix.

use compact_str::CompactString;
use thiserror::Error;

use super::lemma::Lemmatiser;
use super::model::{Inventory, Model, NAME_CLASSES};
use super::network::features::HASHED_ROWS;
use super::network::phrases::{MARK_ROWS, Phrases};
use super::network::table::{Halves, Table, Vectors};
use super::network::{Classes, Frozen, Network, Shape, Weights};
use super::tagger::Tagger;
use crate::text::{Deprel, Upos};

const MAGIC: &[u8; 8] = b"RPMODEL\0";
const VERSION: u32 = 7;
/// No size in the header of a sane model is greater.
const LARGEST: usize = 1 << 16;
/// How many weights share a scale.
const BLOCK: usize = 256;

/// Why bytes are no model.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ModelError {
    /// The file is something else.
    #[error("not a model file")]
    NotAModel,
    /// The file is of another version of the program.
    #[error("model file of version {0}, this program reads version {VERSION}")]
    Version(u32),
    /// The file ends too early, or its lengths contradict each other.
    #[error("model file is damaged at byte {0}")]
    Damaged(usize),
    /// A line of the lemma rules is no rule.
    #[error("model file is damaged in line {0} of its lemma rules")]
    Lemma(usize),
    /// The model gives a relation that Universal Dependencies does not have.
    #[error("model file with the unknown relation `{0}`")]
    Relation(CompactString),
}

impl Model {
    /// The model that ships in the program.
    ///
    /// # Errors
    /// Only if the program was built with a damaged model file.
    pub fn english() -> Result<Self, ModelError> {
        Self::read(&[reportedly_english::MODEL, reportedly_english::WORDS].concat())
    }

    /// Reads a model file.
    ///
    /// # Errors
    /// Says what is wrong with bytes that are not one.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(MAGIC.len()).ok() != Some(MAGIC) {
            return Err(ModelError::NotAModel);
        }
        match reader.number()? {
            VERSION => {}
            other => return Err(ModelError::Version(other)),
        }
        let inventory = reader.inventory()?;
        let lemmatiser = Lemmatiser::parse(reader.text()?).map_err(ModelError::Lemma)?;
        let lemmatiser = lemmatiser.with_missed_words();
        let network = Frozen::new(reader.network(&inventory)?);
        if reader.at < bytes.len() {
            return Err(reader.damaged());
        }
        let tagger = Tagger::new(&inventory.analyses);
        Ok(Self { inventory, tagger, network, lemmatiser })
    }

    /// Writes a model file; the rules are given as text, as they were learned.
    pub fn write(inventory: &Inventory, lemma_rules: &str, network: &Network) -> ModelFile {
        let mut learned = Writer { bytes: MAGIC.to_vec() };
        learned.number(VERSION as usize);
        learned.inventory(inventory);
        learned.text(lemma_rules);
        learned.learned(network);
        let mut words = Writer { bytes: Vec::new() };
        words.words(network);
        ModelFile { learned: learned.bytes, words: words.bytes }
    }
}

/// A model file in its two parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelFile {
    /// What training learned: it can only be read with the words behind it.
    pub learned: Vec<u8>,
    /// What the network looks up and training leaves as it is: pretrained
    /// vectors, and lists of names.
    pub words: Vec<u8>,
}

impl ModelFile {
    /// The whole file: one part after the other.
    pub fn whole(&self) -> Vec<u8> {
        [&*self.learned, &*self.words].concat()
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn damaged(&self) -> ModelError {
        ModelError::Damaged(self.at)
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let end = self.at.checked_add(count).ok_or(self.damaged())?;
        let taken = self.bytes.get(self.at..end).ok_or(self.damaged())?;
        self.at = end;
        Ok(taken)
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        let bytes = self.take(4)?;
        let bytes = bytes.try_into().map_err(|_| self.damaged())?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn size(&mut self) -> Result<usize, ModelError> {
        let size = self.number()? as usize;
        if (1..LARGEST).contains(&size) { Ok(size) } else { Err(self.damaged()) }
    }

    fn text(&mut self) -> Result<&'a str, ModelError> {
        let length = self.number()? as usize;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| self.damaged())
    }

    fn floats(&mut self, into: &mut [f32]) -> Result<(), ModelError> {
        let bytes = self.take(4 * into.len())?;
        for (x, bytes) in into.iter_mut().zip(bytes.chunks_exact(4)) {
            *x = f32::from_le_bytes(bytes.try_into().map_err(|_| self.damaged())?);
            if !x.is_finite() {
                return Err(self.damaged());
            }
        }
        Ok(())
    }

    /// Whole numbers with their scales.
    fn weights(&mut self, into: &mut [f32]) -> Result<(), ModelError> {
        for block in into.chunks_mut(BLOCK) {
            let mut scale = [0.0];
            self.floats(&mut scale)?;
            let bytes = self.take(2 * block.len())?;
            for (x, &bytes) in block.iter_mut().zip(bytes.as_chunks().0) {
                *x = f32::from(i16::from_le_bytes(bytes)) * scale[0];
            }
        }
        Ok(())
    }

    fn words(&mut self) -> Result<Vec<CompactString>, ModelError> {
        Ok(self.text()?.split('\n').map(CompactString::from).collect())
    }

    fn relations(&mut self) -> Result<Vec<Deprel>, ModelError> {
        let mut relations = Vec::new();
        for label in self.words()? {
            relations.push(Deprel::known(&label).ok_or(ModelError::Relation(label))?);
        }
        Ok(relations)
    }

    fn inventory(&mut self) -> Result<Inventory, ModelError> {
        let (xpos, feats, relations) = (self.words()?, self.words()?, self.relations()?);
        let count = self.size()?;
        let mut analyses = Vec::new();
        for _ in 0..count {
            let mut analysis = [0; 3];
            for (part, most) in analysis.iter_mut().zip([Upos::ALL.len(), xpos.len(), feats.len()])
            {
                *part = self.number()? as u16;
                if *part as usize >= most {
                    return Err(self.damaged());
                }
            }
            analyses.push(analysis);
        }
        Ok(Inventory { xpos, feats, relations, analyses })
    }

    fn network(&mut self, inventory: &Inventory) -> Result<Network, ModelError> {
        let shape = self.shape(inventory)?;
        let forms = self.keys()?;
        let table = self.table(HASHED_ROWS + MARK_ROWS + forms.len(), shape.embedding)?;
        let mut weights = Weights::zeros(&shape);
        for tensor in weights.tensors_mut() {
            self.weights(tensor)?;
        }
        let keys = self.keys()?;
        let vectors = Vectors { table: self.halves(keys.len(), shape.vector)?, keys };
        let keys = self.keys()?;
        let phrases = Phrases { kinds: self.take(keys.len())?.to_vec(), keys };
        Ok(Network { shape, forms, table, vectors, phrases, weights })
    }

    fn shape(&mut self, inventory: &Inventory) -> Result<Shape, ModelError> {
        let classes = Classes {
            upos: Upos::ALL.len(),
            xpos: inventory.xpos.len(),
            feats: inventory.feats.len(),
            names: NAME_CLASSES,
            relations: inventory.relations.len(),
        };
        let shape = Shape {
            embedding: self.size()?,
            vector: self.size()?,
            width: self.size()?,
            layers: self.size()?,
            arc: self.size()?,
            name: self.size()?,
            relation: self.size()?,
            classes,
        };
        let small = shape.width.max(shape.arc).max(shape.relation).max(shape.name) <= 4096
            && shape.layers <= 64;
        // Twice as many weights as bytes follow would be a lie: checked before memory is taken.
        let weights = shape.width * shape.width * 3 * shape.layers;
        let fits = small && shape.width.is_multiple_of(2) && weights <= self.bytes.len();
        if fits { Ok(shape) } else { Err(self.damaged()) }
    }

    fn table(&mut self, rows: usize, width: usize) -> Result<Table, ModelError> {
        let length = rows.checked_mul(width).ok_or(self.damaged())?;
        let numbers = self.take(length)?.iter().map(|&b| b.cast_signed()).collect();
        Ok(Table { width, numbers, scales: self.scales(rows)? })
    }

    fn halves(&mut self, rows: usize, width: usize) -> Result<Halves, ModelError> {
        if !width.is_multiple_of(2) {
            return Err(self.damaged());
        }
        let length = rows.checked_mul(width / 2).ok_or(self.damaged())?;
        let pairs = self.take(length)?.to_vec();
        Ok(Halves { width, pairs, scales: self.scales(rows)? })
    }

    fn scales(&mut self, rows: usize) -> Result<Vec<f32>, ModelError> {
        if self.bytes.len() / 4 < rows {
            return Err(self.damaged());
        }
        let mut scales = vec![0.0; rows];
        self.floats(&mut scales)?;
        Ok(scales)
    }

    fn keys(&mut self) -> Result<Vec<u64>, ModelError> {
        let count = self.number()? as usize;
        let bytes = self.take(count.checked_mul(8).ok_or(self.damaged())?)?;
        let key = |b: &[u8]| b.try_into().map(u64::from_le_bytes);
        bytes.chunks_exact(8).map(key).collect::<Result<_, _>>().map_err(|_| self.damaged())
    }
}

struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn number(&mut self, number: usize) {
        self.bytes.extend((number as u32).to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.number(text.len());
        self.bytes.extend(text.as_bytes());
    }

    fn floats(&mut self, floats: &[f32]) {
        self.bytes.extend(floats.iter().flat_map(|x| x.to_le_bytes()));
    }

    fn weights(&mut self, weights: &[f32]) {
        for block in weights.chunks(BLOCK) {
            let most = block.iter().fold(0.0f32, |m, x| m.max(x.abs()));
            let unit = if most > 0.0 { f32::from(i16::MAX) / most } else { 0.0 };
            self.floats(&[most / f32::from(i16::MAX)]);
            let whole = block.iter().map(|x| (x * unit).round() as i16);
            self.bytes.extend(whole.flat_map(i16::to_le_bytes));
        }
    }

    fn inventory(&mut self, inventory: &Inventory) {
        for words in [&inventory.xpos, &inventory.feats] {
            self.text(&words.join("\n"));
        }
        let relations: Vec<&str> = inventory.relations.iter().map(|r| r.as_str()).collect();
        self.text(&relations.join("\n"));
        self.number(inventory.analyses.len());
        for part in inventory.analyses.iter().flatten() {
            self.number(*part as usize);
        }
    }

    fn learned(&mut self, network: &Network) {
        let Shape { embedding, vector, width, layers, arc, name, relation, .. } = network.shape;
        for size in [embedding, vector, width, layers, arc, name, relation] {
            self.number(size);
        }
        self.keys(&network.forms);
        self.table(&network.table);
        for tensor in network.weights.clone().tensors_mut() {
            self.weights(tensor);
        }
    }

    fn words(&mut self, network: &Network) {
        self.keys(&network.vectors.keys);
        self.bytes.extend(&network.vectors.table.pairs);
        self.floats(&network.vectors.table.scales);
        self.keys(&network.phrases.keys);
        self.bytes.extend(&network.phrases.kinds);
    }

    fn keys(&mut self, keys: &[u64]) {
        self.number(keys.len());
        self.bytes.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
    }

    fn table(&mut self, table: &Table) {
        self.bytes.extend(table.numbers.iter().map(|x| x.cast_unsigned()));
        self.floats(&table.scales);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::network::phrases::kind;
    use super::*;

    /// A model that knows one tag and one relation, and has only zeros for weights.
    pub(in super::super) fn tiny() -> Vec<u8> {
        tiny_file().whole()
    }

    fn tiny_file() -> ModelFile {
        let classes = Classes { upos: 17, xpos: 1, feats: 1, names: NAME_CLASSES, relations: 1 };
        let shape = Shape {
            embedding: 2,
            vector: 2,
            width: 4,
            layers: 1,
            arc: 2,
            name: 2,
            relation: 2,
            classes,
        };
        let inventory = Inventory {
            xpos: vec!["NN".into()],
            feats: vec!["".into()],
            relations: vec![Deprel::Dep],
            analyses: vec![[7, 0, 0]],
        };
        let network = Network {
            shape,
            forms: vec![1],
            table: Table::quantise(&vec![0.5; (HASHED_ROWS + MARK_ROWS + 1) * 2], 2),
            vectors: Vectors { keys: vec![2], table: Halves::quantise(&[1.0, 2.0], 2) },
            phrases: Phrases::new([(vec!["Lake", "Orm"], kind::PLACE)]),
            weights: Weights::zeros(&shape),
        };
        Model::write(&inventory, "NN\t\tL0 \n", &network)
    }

    fn check(bytes: &[u8], expected: &ModelError) {
        assert_eq!(Model::read(bytes).as_ref(), Err(expected));
    }

    #[test]
    fn what_was_written_is_read() {
        let model = Model::read(&tiny()).unwrap();
        assert_eq!(model.inventory.xpos(0), "NN");
        assert_eq!(model.lemmatiser.lemma("Cats", "NN"), "cats");
        assert_eq!(model.network.shape().vector, 2);
    }

    #[test]
    fn other_files_are_refused() {
        check(b"", &ModelError::NotAModel);
        check(b"<html></html>", &ModelError::NotAModel);
        let mut newer = tiny();
        newer[8] = 200;
        check(&newer, &ModelError::Version(200));
    }

    #[test]
    fn damage_is_an_error_wherever_it_is() {
        let ModelFile { learned, words } = tiny_file();
        let whole = tiny();
        for length in (12..200).chain((200..whole.len()).step_by(977)) {
            assert!(Model::read(&whole[..length]).is_err(), "{length} bytes");
        }
        for at in 12..160 {
            let mut damaged = whole.clone();
            damaged[at] ^= 0xF0;
            // Some letters of its texts may differ; it must only never panic.
            let _ = Model::read(&damaged);
        }
        let longer = [&*whole, &[0]].concat();
        check(&longer, &ModelError::Damaged(whole.len()));
        check(&learned, &ModelError::Damaged(learned.len()));
        // The last tensor is the bias of the name tags, one scale before its numbers.
        let mut infinite = whole;
        let end = infinite.len() - words.len() - 2 * NAME_CLASSES;
        infinite[end - 4..end].copy_from_slice(&f32::INFINITY.to_le_bytes());
        check(&infinite, &ModelError::Damaged(end));
    }
}
