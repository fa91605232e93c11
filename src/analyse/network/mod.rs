//! The neural network: words become vectors, vectors read their sentence in
//! both directions, and one linear layer gives what every task scores with.
//!
//! In: words of whole sentences. Out: numbers, one row a word, whose columns
//! [`Columns`] names. Training (the workspace member `training`) runs the same
//! layers forward in floats; the program itself reads with a [`Frozen`]
//! network, in whole numbers. Knows no language: what a column means is the
//! [`Model`](super::Model)'s business.

pub mod features;
mod fixed;
mod frozen;
mod hash;
mod index;
mod kernel;
pub mod math;
pub mod phrases;
mod pretrained;
pub mod recurrent;
pub mod table;

use std::ops::Range;

use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, Axis, Slice, aview1};

use features::HASHED_ROWS;
use math::Linear;
use phrases::{MARK_ROWS, Phrases};
use recurrent::Recurrent;
use table::{Table, Vectors};

pub use frozen::Frozen;
pub use pretrained::Pretrained;

/// How large everything is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Numbers in a row of the table of hashed features.
    pub embedding: usize,
    /// Numbers in a pretrained vector.
    pub vector: usize,
    /// Numbers in the vector of a word in its sentence; even.
    pub width: usize,
    /// Recurrent layers.
    pub layers: usize,
    /// Numbers that say what head a word wants, and what dependent.
    pub arc: usize,
    /// Numbers that decide on the name tag.
    pub name: usize,
    /// Numbers that decide on the relation.
    pub relation: usize,
    /// How many classes there are.
    pub classes: Classes,
}

/// How many classes each task has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classes {
    /// Universal parts of speech.
    pub upos: usize,
    /// Penn tags.
    pub xpos: usize,
    /// Bundles of features.
    pub feats: usize,
    /// Name tags.
    pub names: usize,
    /// Dependency relations.
    pub relations: usize,
}

/// Distances from a word to its head fall into this many classes.
pub const DISTANCES: usize = 19;

/// The class of the distance from a word to its head (0 is the root): near
/// ones have their own class, far ones share; before and after are apart.
pub fn distance_class(dependent: usize, head: Option<usize>) -> usize {
    let Some(head) = head else { return 0 };
    let near = match dependent.abs_diff(head) {
        far @ 0..=4 => far.saturating_sub(1),
        5..=6 => 4,
        7..=9 => 5,
        10..=14 => 6,
        15..=24 => 7,
        _ => 8,
    };
    if head < dependent { 1 + near } else { 10 + near }
}

/// Which columns of the output belong to which task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    /// The word as a head.
    pub arc_head: Range<usize>,
    /// The word as a dependent.
    pub arc_dependent: Range<usize>,
    /// What decides on the name tag.
    pub name: Range<usize>,
    /// The word as a head whose relation is sought.
    pub relation_head: Range<usize>,
    /// The word as a dependent whose relation is sought.
    pub relation_dependent: Range<usize>,
    /// Scores of the distances to the head.
    pub distance: Range<usize>,
    /// Scores of parts of speech.
    pub upos: Range<usize>,
    /// Scores of Penn tags.
    pub xpos: Range<usize>,
    /// Scores of feature bundles.
    pub feats: Range<usize>,
}

impl Shape {
    /// The columns of the output, side by side.
    pub fn columns(&self) -> Columns {
        let mut end = 0;
        let mut next = |size: usize| {
            let start = end;
            end += size;
            start..end
        };
        Columns {
            arc_head: next(self.arc),
            arc_dependent: next(self.arc),
            name: next(self.name),
            relation_head: next(self.relation),
            relation_dependent: next(self.relation),
            distance: next(DISTANCES),
            upos: next(self.classes.upos),
            xpos: next(self.classes.xpos),
            feats: next(self.classes.feats),
        }
    }

    fn outputs(&self) -> usize {
        self.columns().feats.end
    }
}

/// The weights that are floats.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// From table row sum and pretrained vector to the width of the layers.
    pub input: Linear,
    /// What the normalised input is multiplied with.
    pub gain: Vec<f32>,
    /// What is added to it then.
    pub shift: Vec<f32>,
    /// The recurrent layers, first to last.
    pub layers: Vec<Recurrent>,
    /// To all [`Columns`].
    pub output: Linear,
    /// From a dependent to the head it wants (biaffine attention, Dozat and Manning 2017).
    pub arc: Linear,
    /// The root of the sentence, as a head.
    pub root: Vec<f32>,
    /// To the scores of relations.
    pub relation: Linear,
    /// To the scores of name tags.
    pub name: Linear,
}

impl Weights {
    /// Weights of this shape, all zero.
    pub fn zeros(shape: &Shape) -> Self {
        Self {
            input: Linear::zeros(shape.embedding + shape.vector, shape.width),
            gain: vec![0.0; shape.width],
            shift: vec![0.0; shape.width],
            layers: vec![Recurrent::zeros(shape.width); shape.layers],
            output: Linear::zeros(shape.width, shape.outputs()),
            arc: Linear::zeros(shape.arc, shape.arc),
            root: vec![0.0; shape.arc],
            relation: Linear::zeros(shape.relation, shape.classes.relations),
            name: Linear::zeros(shape.name, shape.classes.names),
        }
    }

    /// All weights, tensor by tensor, always in the same order.
    pub fn tensors_mut(&mut self) -> Vec<&mut [f32]> {
        fn linear(layer: &mut Linear) -> [&mut [f32]; 2] {
            [layer.weights.as_slice_mut().unwrap_or(&mut []), &mut layer.bias]
        }
        let mut all: Vec<&mut [f32]> = Vec::new();
        all.extend(linear(&mut self.input));
        all.push(&mut self.gain);
        all.push(&mut self.shift);
        for layer in &mut self.layers {
            all.extend(linear(&mut layer.input));
            all.push(&mut layer.peephole);
        }
        all.extend(linear(&mut self.output));
        all.extend(linear(&mut self.arc));
        all.push(&mut self.root);
        all.extend(linear(&mut self.relation));
        all.extend(linear(&mut self.name));
        all
    }
}

/// The whole network, as training makes it and the model file holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// How large everything is.
    pub shape: Shape,
    /// The hashes of the known forms, in order.
    pub forms: Vec<u64>,
    /// Vectors of hashed features, then of hints, then of known forms.
    pub table: Table,
    /// Pretrained vectors.
    pub vectors: Vectors,
    /// Names that are known beforehand.
    pub phrases: Phrases,
    /// All the rest.
    pub weights: Weights,
}

impl Weights {
    /// The scores of all heads for the words of one sentence, given the rows of
    /// its words: what head each wants, what each is as a head, and how it
    /// likes each distance. Column 0 is the root.
    pub fn arc_scores(
        &self,
        wanted: &ArrayView2<f32>,
        heads: &ArrayView2<f32>,
        distances: &ArrayView2<f32>,
    ) -> Array2<f32> {
        let n = wanted.nrows();
        let mut scores = Array2::zeros((n, n + 1));
        let mut words = scores.slice_axis_mut(Axis(1), Slice::from(1..));
        general_mat_mul(1.0, wanted, &heads.t(), 0.0, &mut words);
        for dependent in 0..n {
            scores[[dependent, 0]] = wanted.row(dependent).dot(&aview1(&self.root));
            for head in 0..=n {
                let class = distance_class(dependent, head.checked_sub(1));
                scores[[dependent, head]] += distances[[dependent, class]];
            }
        }
        scores
    }
}

/// The row of a form in the table; `None` for an unknown one.
pub fn form_row(forms: &[u64], form: Option<&u64>) -> Option<usize> {
    forms.binary_search(form?).ok().map(|index| HASHED_ROWS + MARK_ROWS + index)
}
