//! The network as the program reads with it: its weights never change again,
//! its layers are in whole numbers ([`Fixed`]), its hashes have an index.
//!
//! In: a [`Network`] and, later, words. Out: scores; the same bits on every
//! processor, for the floats that are left are added in one order.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, Axis, Slice};
use pulp::NullaryFnOnce;

use super::features::{HASHED_ROWS, Words};
use super::fixed::{Fixed, Rows};
use super::index::Index;
use super::math::{normalise, rectify, row, row_mut, vectorised};
use super::phrases::{MARK_ROWS, Phrases};
use super::pretrained::Pretrained;
use super::recurrent::scan;
use super::table::Table;
use super::{Columns, Network, Shape, distance_class};

/// All heads so far away or farther are of one class.
const FAR: usize = 25;
/// The class of the root.
const ROOT_CLASS: u8 = 0;

/// A network that reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Frozen {
    shape: Shape,
    columns: Columns,
    /// The classes of distances, from [`FAR`] before a word to [`FAR`] behind it.
    classes: Vec<u8>,
    /// Known forms; their rows follow those of hashed features and hints.
    forms: Index,
    table: Table,
    pretrained: Pretrained,
    phrases: Phrases,
    input: Fixed,
    gain: Vec<f32>,
    shift: Vec<f32>,
    layers: Vec<Layer>,
    output: Fixed,
    arc: Fixed,
    root: Vec<f32>,
    relation: Fixed,
    name: Fixed,
}

/// A recurrent layer.
#[derive(Clone, Debug, PartialEq)]
struct Layer {
    input: Fixed,
    peephole: Vec<f32>,
}

impl Frozen {
    /// Packs a network.
    pub fn new(network: Network) -> Self {
        let Network { shape, forms, table, vectors, phrases, weights } = network;
        let layers = weights.layers.into_iter();
        Self {
            shape,
            columns: shape.columns(),
            classes: (0..=2 * FAR).map(|head| distance_class(FAR, Some(head)) as u8).collect(),
            forms: Index::new(forms),
            table,
            pretrained: Pretrained::new(vectors),
            phrases,
            input: Fixed::of(&weights.input),
            gain: weights.gain,
            shift: weights.shift,
            layers: layers
                .map(|layer| Layer { input: Fixed::of(&layer.input), peephole: layer.peephole })
                .collect(),
            output: Fixed::of(&weights.output),
            arc: Fixed::of(&weights.arc),
            root: weights.root,
            relation: Fixed::of(&weights.relation),
            name: Fixed::of(&weights.name),
        }
    }

    /// How large everything is.
    pub fn shape(&self) -> &Shape {
        &self.shape
    }

    /// The names that the network takes hints from.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// The vectors that the words bring along.
    pub fn pretrained(&self) -> &Pretrained {
        &self.pretrained
    }

    /// Reads a text, its words given once each and then by their numbers, in
    /// sentences (ranges of places in the text); one row of [`Columns`] a place.
    pub fn read(&self, words: &Words, text: &[usize], sentences: &[Range<usize>]) -> Array2<f32> {
        let known = self.vectors_of(words);
        let mut state = Array2::zeros((text.len(), self.shape.width));
        for (place, &word) in text.iter().enumerate() {
            let to = row_mut(&mut state, place).iter_mut();
            to.zip(row(&known, word)).for_each(|(to, x)| *to = *x);
        }
        for layer in &self.layers {
            let mut gates = layer.input.apply(&Rows::of(&state.view()));
            state = scan(&state, sentences, &layer.peephole, &mut gates, None);
        }
        let mut output = self.output.apply(&Rows::of(&state.view()));
        let hidden = self.columns.relation_head.start;
        vectorised(Rectify { output: &mut output, hidden });
        output
    }

    /// Words by themselves, before they are read in their sentences.
    fn vectors_of(&self, words: &Words) -> Array2<f32> {
        let mut found = Array2::zeros((words.len(), self.shape.embedding + self.shape.vector));
        vectorised(LookUp { network: self, words, found: &mut found });
        let mut vectors = self.input.apply(&Rows::of(&found.view()));
        vectorised(Normalise { network: self, state: &mut vectors });
        vectors
    }

    /// For each sentence (a range of rows of what [`Frozen::read`] gave), how
    /// well each word suits each as its head. Column 0 is the root.
    pub fn arc_scores(&self, read: &Array2<f32>, sentences: &[Range<usize>]) -> Vec<Array2<f32>> {
        let dependents = columns_of(read, &self.columns.arc_dependent);
        let wanted = self.arc.apply(&Rows::of(&dependents));
        sentences.iter().map(|rows| self.arcs_of_sentence(read, &wanted, rows.clone())).collect()
    }

    fn arcs_of_sentence(
        &self,
        read: &Array2<f32>,
        wanted: &Array2<f32>,
        rows: Range<usize>,
    ) -> Array2<f32> {
        let head = |i: usize| row(read, i).get(self.columns.arc_head.clone()).unwrap_or(&[]);
        let heads: Vec<&[f32]> =
            std::iter::once(&self.root[..]).chain(rows.clone().map(head)).collect();
        let wanted: Vec<&[f32]> = rows.clone().map(|i| row(wanted, i)).collect();
        let heads = Fixed::new(self.shape.arc, &heads, &[]);
        let mut scores = heads.apply(&Rows::new(self.shape.arc, &wanted));
        for (dependent, i) in rows.enumerate() {
            let distances = row(read, i).get(self.columns.distance.clone()).unwrap_or(&[]);
            self.add_distances(dependent, distances, row_mut(&mut scores, dependent));
        }
        scores
    }

    /// Adds how a word likes the distance to each head; the first is the root.
    fn add_distances(&self, dependent: usize, distances: &[f32], scores: &mut [f32]) {
        let of_class = |class: u8| distances.get(class as usize).copied().unwrap_or(0.0);
        let Some((root, words)) = scores.split_first_mut() else { return };
        *root += of_class(ROOT_CLASS);
        for (head, score) in words.iter_mut().enumerate() {
            let away = (head + FAR).saturating_sub(dependent).min(2 * FAR);
            *score += self.classes.get(away).map_or(0.0, |&class| of_class(class));
        }
    }

    /// The scores of the relations of words to their heads, both rows of what
    /// [`Frozen::read`] gave.
    pub fn relation_scores(&self, read: &Array2<f32>, heads: &[Option<usize>]) -> Array2<f32> {
        let part = |i: usize, columns: &Range<usize>| row(read, i).get(columns.clone());
        let mut hidden = Array2::zeros((heads.len(), self.shape.relation));
        for (i, head) in heads.iter().enumerate() {
            let head = part(head.unwrap_or(i), &self.columns.relation_head).unwrap_or(&[]);
            let dependent = part(i, &self.columns.relation_dependent).unwrap_or(&[]);
            let pairs = head.iter().zip(dependent);
            for (to, (head, dependent)) in row_mut(&mut hidden, i).iter_mut().zip(pairs) {
                *to = rectify(head + dependent);
            }
        }
        self.relation.apply(&Rows::of(&hidden.view()))
    }

    /// The scores of the name tags of all words.
    pub fn name_scores(&self, read: &Array2<f32>) -> Array2<f32> {
        self.name.apply(&Rows::of(&columns_of(read, &self.columns.name)))
    }
}

fn columns_of<'a>(matrix: &'a Array2<f32>, columns: &Range<usize>) -> ArrayView2<'a, f32> {
    matrix.slice_axis(Axis(1), Slice::from(columns.clone()))
}

/// Every word's rows are added up, and its pretrained vector put beside them.
struct LookUp<'a> {
    network: &'a Frozen,
    words: &'a Words,
    found: &'a mut Array2<f32>,
}

impl NullaryFnOnce for LookUp<'_> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(self) {
        let Self { network, words, found } = self;
        for (i, (&form, &key)) in words.forms.iter().zip(&words.keys).enumerate() {
            let (hashed, pretrained) = row_mut(found, i).split_at_mut(network.shape.embedding);
            for &feature in words.rows(i) {
                network.table.add_row(feature as usize, hashed);
            }
            if let Some(place) = network.forms.find(form) {
                network.table.add_row(HASHED_ROWS + MARK_ROWS + place, hashed);
            }
            network.pretrained.add(key, pretrained);
        }
    }
}

/// Each row is normalised and scaled as it was learned.
struct Normalise<'a> {
    network: &'a Frozen,
    state: &'a mut Array2<f32>,
}

impl NullaryFnOnce for Normalise<'_> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(self) {
        let Self { network, state } = self;
        for i in 0..state.nrows() {
            let numbers = row_mut(state, i);
            normalise(numbers);
            for ((x, gain), shift) in numbers.iter_mut().zip(&network.gain).zip(&network.shift) {
                *x = *x * gain + shift;
            }
        }
    }
}

/// The first columns of each row go through the rectifier.
struct Rectify<'a> {
    output: &'a mut Array2<f32>,
    hidden: usize,
}

impl NullaryFnOnce for Rectify<'_> {
    type Output = ();

    #[allow(clippy::inline_always)] // must become a part of `vectorised` work
    #[inline(always)]
    fn call(self) {
        for i in 0..self.output.nrows() {
            for x in row_mut(self.output, i).iter_mut().take(self.hidden) {
                *x = rectify(*x);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse::network::math::Linear;
    use crate::analyse::network::table::{Table as Rounded, Vectors};
    use crate::analyse::network::{Classes, DISTANCES, Weights};

    const FORMS: [&str; 4] = ["One", "thing", "leads", "on"];

    /// A network whose weights look random.
    fn network() -> Network {
        let classes = Classes { upos: 17, xpos: 3, feats: 4, names: 17, relations: 5 };
        let shape = Shape {
            embedding: 6,
            vector: 4,
            width: 8,
            layers: 2,
            arc: 5,
            name: 3,
            relation: 6,
            classes,
        };
        let mut weights = Weights::zeros(&shape);
        let mut seed = 1_u32;
        for x in weights.tensors_mut().into_iter().flatten() {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            *x = (seed >> 8) as f32 / (1 << 24) as f32 - 0.5;
        }
        let table: Vec<f32> =
            (0..(HASHED_ROWS + MARK_ROWS) * 6).map(|i| (i % 11) as f32 - 5.0).collect();
        Network {
            shape,
            forms: Vec::new(),
            table: Rounded::quantise(&table, 6),
            vectors: Vectors::default(),
            phrases: Phrases::default(),
            weights,
        }
    }

    fn words() -> Words {
        let mut words = Words::default();
        for form in FORMS {
            words.push(form);
        }
        words
    }

    /// The whole numbers give nearly what floats do.
    #[test]
    fn layers_are_near_those_of_floats() {
        let Network { weights, .. } = network();
        let input: Vec<Vec<f32>> = (0..5).map(|i| vec![0.3 * i as f32 - 0.5; 8]).collect();
        let flat: Vec<f32> = input.concat();
        let input = Array2::from_shape_vec((5, 8), flat).unwrap();
        let check = |layer: &Linear| {
            let exact = layer.apply(&input.view());
            let found = Fixed::of(layer).apply(&Rows::of(&input.view()));
            for (found, exact) in found.iter().zip(&exact) {
                assert!((found - exact).abs() < 2e-3, "{found} for {exact}");
            }
        };
        check(&weights.output);
        check(&weights.layers[0].input);
    }

    /// What a word is does not depend on how often it stands in the text.
    #[test]
    fn words_that_come_again_are_the_same() {
        let frozen = Frozen::new(network());
        let once = frozen.read(&words(), &[0, 1, 2, 3], std::slice::from_ref(&(0..4)));
        let twice = frozen.read(&words(), &[0, 1, 2, 3, 0, 1, 2, 3], &[0..4, 4..8]);
        for place in 0..4 {
            assert_eq!(once.row(place), twice.row(place));
            assert_eq!(once.row(place), twice.row(place + 4));
        }
    }

    #[test]
    fn distances_are_of_their_class() {
        let frozen = Frozen::new(network());
        let distances: Vec<f32> = (0..DISTANCES).map(|class| class as f32).collect();
        for dependent in [0, 3, 40, 79] {
            let mut scores = vec![0.0; 81];
            frozen.add_distances(dependent, &distances, &mut scores);
            let classes: Vec<f32> = (0..81_usize)
                .map(|head| distance_class(dependent, head.checked_sub(1)) as f32)
                .collect();
            assert_eq!(scores, classes);
        }
    }
}
