//! The network in training: forward with dropout, losses, and back again.

mod losses;

use std::ops::Range;

use fastrand::Rng;
use ndarray::linalg::general_mat_mul;
use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis, Slice};
use reportedly::analyse::network::features::{HASHED_ROWS, Words};
use reportedly::analyse::network::math::{Linear, add, rectify, row, row_mut};
use reportedly::analyse::network::phrases::{MARK_ROWS, Marks, Phrases};
use reportedly::analyse::network::recurrent::{Recurrent, Trace, in_direction};
use reportedly::analyse::network::table::Vectors;
use reportedly::analyse::network::{Columns, Shape, Weights, form_row};

use super::example::Example;

/// What the losses count, beside arcs and relations.
const TAG_WEIGHT: f32 = 0.5;
const NAME_WEIGHT: f32 = 2.0;

/// How strongly training holds the network back.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Dropout {
    /// Share of the numbers between layers, one choice for a whole sentence.
    pub(crate) layers: f32,
    /// Share of the numbers that score arcs and relations.
    pub(crate) scorers: f32,
    /// Share of words that lose the rows of their form.
    pub(crate) form: f32,
    /// Share of words that lose their pretrained vector.
    pub(crate) vector: f32,
    /// Share of words that lose both.
    pub(crate) word: f32,
    /// The same for words with a capital, so that unknown names are met often.
    pub(crate) name: f32,
}

/// Everything that is learned, or its gradient.
#[derive(Clone)]
pub(crate) struct Parameters {
    pub(crate) table: Array2<f32>,
    pub(crate) weights: Weights,
}

impl Parameters {
    pub(crate) fn zeros(shape: &Shape, forms: usize) -> Self {
        let table = Array2::zeros((HASHED_ROWS + MARK_ROWS + forms, shape.embedding));
        Self { table, weights: Weights::zeros(shape) }
    }

    pub(crate) fn random(shape: &Shape, forms: usize, rng: &mut Rng) -> Self {
        let mut this = Self::zeros(shape, forms);
        let mut fill = |numbers: &mut [f32], size: f32| {
            for x in numbers {
                *x = (rng.f32() * 2.0 - 1.0) * size;
            }
        };
        fill(this.table.as_slice_mut().unwrap_or(&mut []), 0.15);
        let mut linear = |layer: &mut Linear, gain: f32| {
            let size = gain * (6.0 / (layer.weights.nrows() + layer.weights.ncols()) as f32).sqrt();
            fill(layer.weights.as_slice_mut().unwrap_or(&mut []), size);
        };
        let weights = &mut this.weights;
        linear(&mut weights.input, 1.0);
        for layer in &mut weights.layers {
            linear(&mut layer.input, 1.3);
        }
        linear(&mut weights.output, 1.0);
        linear(&mut weights.arc, 1.0);
        linear(&mut weights.relation, 1.0);
        linear(&mut weights.name, 1.0);
        for layer in &mut weights.layers {
            fill(&mut layer.peephole, 0.3);
        }
        fill(&mut weights.root, 0.3);
        weights.gain.fill(1.0);
        this
    }
}

impl Parameters {
    /// Adds another gradient, which is zero afterwards.
    pub(crate) fn take(&mut self, other: &mut Self, touched: &mut Vec<u32>) {
        touched.sort_unstable();
        touched.dedup();
        let tensors = self.weights.tensors_mut().into_iter();
        for (to, from) in tensors.zip(other.weights.tensors_mut()) {
            add(to, from);
            from.fill(0.0);
        }
        for &at in touched.iter() {
            let from = row_mut(&mut other.table, at as usize);
            add(row_mut(&mut self.table, at as usize), from);
            from.fill(0.0);
        }
    }
}

/// Sums of losses, for the log.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Losses {
    pub(crate) arcs: f32,
    pub(crate) relations: f32,
    pub(crate) tags: f32,
    pub(crate) names: f32,
}

/// What the network is told of words beforehand.
#[derive(Clone, Copy)]
pub(crate) struct Known<'a> {
    /// The hashes of forms with rows of their own.
    pub(crate) forms: &'a [u64],
    /// Pretrained vectors.
    pub(crate) vectors: &'a Vectors,
    /// Lists of names.
    pub(crate) phrases: &'a Phrases,
}

/// One minibatch on its way forward and back.
pub(crate) struct Pass<'a> {
    shape: Shape,
    columns: Columns,
    parameters: &'a Parameters,
    known: Known<'a>,
    dropout: Dropout,
    examples: &'a [Example],
    sentences: Vec<Range<usize>>,
    words: Words,
    dropped: Vec<(bool, bool)>,
    /// Per word: which sentence.
    sentence_of: Vec<usize>,
    /// What one word counts for.
    share: f32,
}

/// What going forward leaves behind.
struct Forward {
    input: Array2<f32>,
    normal: Array2<f32>,
    scales: Vec<f32>,
    /// What goes into each layer and, last, what goes into the output layer.
    states: Vec<Array2<f32>>,
    masks: Vec<Array2<f32>>,
    traces: Vec<Trace>,
    output: Array2<f32>,
    /// What each number of the arc and relation columns was multiplied with.
    scorer_mask: Array2<f32>,
}

impl<'a> Pass<'a> {
    pub(crate) fn new(
        shape: &Shape,
        parameters: &'a Parameters,
        known: Known<'a>,
        dropout: Dropout,
        examples: &'a [Example],
        share: f32,
    ) -> Self {
        let mut words = Words::default();
        let mut sentences = Vec::new();
        let mut sentence_of = Vec::new();
        for (index, example) in examples.iter().enumerate() {
            let start = words.len();
            let forms: Vec<&str> = example.forms.iter().map(String::as_str).collect();
            let none = Marks::default();
            for (form, marks) in forms.iter().zip(known.phrases.marks(&forms)) {
                words.push_marked(form, if example.unmarked { none } else { marks });
            }
            sentences.push(start..words.len());
            sentence_of.resize(words.len(), index);
        }
        Self {
            shape: *shape,
            columns: shape.columns(),
            parameters,
            known,
            dropout,
            examples,
            sentences,
            dropped: vec![(false, false); words.len()],
            words,
            sentence_of,
            share,
        }
    }

    /// Adds the gradient of this batch's loss.
    pub(crate) fn run(
        &mut self,
        rng: &mut Rng,
        gradient: &mut Parameters,
        touched: &mut Vec<u32>,
    ) -> Losses {
        let forward = self.forward(rng);
        let mut back = Array2::zeros(forward.output.raw_dim());
        let mut losses = Losses::default();
        self.tag_losses(&forward, &mut back, &mut losses);
        self.name_losses(&forward, &mut back, gradient, &mut losses);
        self.arc_losses(&forward, &mut back, gradient, &mut losses);
        self.relation_losses(rng, &forward, &mut back, gradient, &mut losses);
        self.backward(forward, back, gradient, touched);
        losses
    }

    fn forward(&mut self, rng: &mut Rng) -> Forward {
        let n = self.words.len();
        let forms = self.examples.iter().flat_map(|e| &e.forms);
        for (dropped, form) in self.dropped.iter_mut().zip(forms) {
            let name = form.starts_with(char::is_uppercase);
            let both = rng.f32() < if name { self.dropout.name } else { self.dropout.word };
            let form = both || rng.f32() < self.dropout.form;
            *dropped = (form, both || rng.f32() < self.dropout.vector);
        }
        let input = self.look_up();
        let weights = &self.parameters.weights;
        let mut normal = weights.input.apply(&input.view());
        let mut state = Array2::zeros(normal.raw_dim());
        let mut scales = Vec::new();
        for i in 0..n {
            scales.push(reportedly::analyse::network::math::normalise(row_mut(&mut normal, i)));
            let to = row_mut(&mut state, i).iter_mut().zip(row(&normal, i));
            for ((to, x), (gain, shift)) in to.zip(weights.gain.iter().zip(&weights.shift)) {
                *to = x * gain + shift;
            }
        }
        let (mut states, mut masks, mut traces) = (Vec::new(), Vec::new(), Vec::new());
        for layer in &weights.layers {
            masks.push(self.drop(rng, &mut state));
            let (next, trace) = layer.apply(&state, &self.sentences);
            states.push(std::mem::replace(&mut state, next));
            traces.push(trace);
        }
        masks.push(self.drop(rng, &mut state));
        let mut output = weights.output.apply(&state.view());
        states.push(state);
        let scorer_mask = self.activate(rng, &mut output);
        Forward { input, normal, scales, states, masks, traces, output, scorer_mask }
    }

    fn look_up(&self) -> Array2<f32> {
        let embedding = self.shape.embedding;
        let mut found = Array2::zeros((self.words.len(), embedding + self.shape.vector));
        for (i, &(no_form, no_vector)) in self.dropped.iter().enumerate() {
            let (hashed, pretrained) = row_mut(&mut found, i).split_at_mut(embedding);
            for feature in self.rows(i, no_form) {
                add(hashed, row(&self.parameters.table, feature as usize));
            }
            if !no_vector {
                self.known.vectors.add(self.words.keys[i], pretrained);
            }
        }
        found
    }

    fn rows(&self, word: usize, no_form: bool) -> impl Iterator<Item = u32> + '_ {
        let form = form_row(self.known.forms, self.words.forms.get(word)).filter(|_| !no_form);
        self.words.rows(word).iter().copied().chain(form.map(|row| row as u32))
    }

    /// Drops numbers of a state, the same for all words of a sentence.
    fn drop(&self, rng: &mut Rng, state: &mut Array2<f32>) -> Array2<f32> {
        let keep = 1.0 - self.dropout.layers;
        let mask = Array2::from_shape_fn((self.sentences.len(), state.ncols()), |_| {
            if rng.f32() < keep { 1.0 / keep } else { 0.0 }
        });
        self.mask(&mask, state);
        mask
    }

    fn mask(&self, mask: &Array2<f32>, state: &mut Array2<f32>) {
        for (i, &sentence) in self.sentence_of.iter().enumerate() {
            let by = row(mask, sentence);
            row_mut(state, i).iter_mut().zip(by).for_each(|(x, m)| *x *= m);
        }
    }

    /// The rectifier and dropout of the arc columns, dropout of the relation columns.
    fn activate(&self, rng: &mut Rng, output: &mut Array2<f32>) -> Array2<f32> {
        let (hidden, all) = (self.columns.relation_head.start, self.columns.relation_dependent.end);
        let keep = 1.0 - self.dropout.scorers;
        let mut mask = Array2::zeros((output.nrows(), all));
        for i in 0..output.nrows() {
            let numbers = row_mut(output, i).iter_mut().zip(row_mut(&mut mask, i));
            for (column, (x, m)) in numbers.enumerate() {
                // Relations lose theirs later, when head and dependent are one.
                if column < hidden {
                    *m = if rng.f32() < keep { 1.0 / keep } else { 0.0 };
                    *x = rectify(*x) * *m;
                } else {
                    *m = 1.0;
                }
            }
        }
        mask
    }

    fn backward(
        &self,
        forward: Forward,
        mut back: Array2<f32>,
        gradient: &mut Parameters,
        touched: &mut Vec<u32>,
    ) {
        let Forward { input, normal, scales, states, masks, traces, output, scorer_mask } = forward;
        let hidden = self.columns.relation_head.start;
        for i in 0..back.nrows() {
            let numbers = row(&output, i).iter().zip(row(&scorer_mask, i)).take(hidden);
            for (back, (x, mask)) in row_mut(&mut back, i).iter_mut().zip(numbers) {
                *back *= if *x > 0.0 { *mask } else { 0.1 * mask };
            }
        }
        let weights = &self.parameters.weights;
        let into = &mut gradient.weights;
        linear_back(&weights.output, &states[weights.layers.len()], &back, &mut into.output);
        let mut back = back.dot(&weights.output.weights.t());
        self.mask(&masks[weights.layers.len()], &mut back);
        for (i, layer) in weights.layers.iter().enumerate().rev() {
            let gradient = &mut into.layers[i];
            back = recurrent_back(layer, &states[i], &traces[i], &self.sentences, &back, gradient);
            self.mask(&masks[i], &mut back);
        }
        for (i, &scale) in scales.iter().enumerate().take(back.nrows()) {
            let back = row_mut(&mut back, i);
            normalise_back(row(&normal, i), scale, &weights.gain, back, into);
        }
        linear_back(&weights.input, &input, &back, &mut into.input);
        let back = back.dot(&weights.input.weights.t());
        for (i, &(no_form, _)) in self.dropped.iter().enumerate() {
            let from = &row(&back, i)[..self.shape.embedding];
            for feature in self.rows(i, no_form) {
                add(row_mut(&mut gradient.table, feature as usize), from);
                touched.push(feature);
            }
        }
    }
}

fn columns_of<'a>(matrix: &'a Array2<f32>, columns: &Range<usize>) -> ArrayView2<'a, f32> {
    matrix.slice_axis(Axis(1), Slice::from(columns.clone()))
}

fn block<'a>(
    matrix: &'a Array2<f32>,
    rows: &Range<usize>,
    columns: &Range<usize>,
) -> ArrayView2<'a, f32> {
    columns_of(matrix, columns).slice_axis_move(Axis(0), Slice::from(rows.clone()))
}

fn block_mut<'a>(
    matrix: &'a mut Array2<f32>,
    rows: &Range<usize>,
    columns: &Range<usize>,
) -> ArrayViewMut2<'a, f32> {
    let columns = Slice::from(columns.clone());
    let block = matrix.slice_axis_mut(Axis(1), columns);
    block.slice_axis_move(Axis(0), Slice::from(rows.clone()))
}

fn linear_back(layer: &Linear, input: &Array2<f32>, back: &Array2<f32>, gradient: &mut Linear) {
    general_mat_mul(1.0, &input.t(), back, 1.0, &mut gradient.weights);
    debug_assert_eq!(layer.bias.len(), gradient.bias.len());
    for back in back.axis_iter(Axis(0)) {
        gradient.bias.iter_mut().zip(back).for_each(|(g, b)| *g += b);
    }
}

fn normalise_back(normal: &[f32], scale: f32, gain: &[f32], back: &mut [f32], into: &mut Weights) {
    let count = normal.len() as f32;
    let (mut sum, mut product) = (0.0, 0.0);
    for k in 0..normal.len() {
        into.gain[k] += back[k] * normal[k];
        into.shift[k] += back[k];
        back[k] *= gain[k];
        sum += back[k];
        product += back[k] * normal[k];
    }
    for (back, x) in back.iter_mut().zip(normal) {
        *back = scale * (*back - sum / count - x * product / count);
    }
}

fn recurrent_back(
    layer: &Recurrent,
    input: &Array2<f32>,
    trace: &Trace,
    sentences: &[Range<usize>],
    back: &Array2<f32>,
    gradient: &mut Recurrent,
) -> Array2<f32> {
    let half = input.ncols() / 2;
    let mut back_input: Array2<f32> = Array2::zeros(input.raw_dim());
    let mut back_gates: Array2<f32> = Array2::zeros(trace.gates.raw_dim());
    for direction in 0..2 {
        let at = |size: usize| direction * size * half..(direction + 1) * size * half;
        let peephole = &layer.peephole[at(2)];
        let into = &mut gradient.peephole[at(2)];
        let zero = vec![0.0; half];
        for sentence in sentences {
            let mut later = vec![0.0; half];
            // Back through time: the other direction's order.
            for word in in_direction(1 - direction, sentence.clone()) {
                let before = match direction {
                    0 => (word > sentence.start).then(|| word - 1),
                    _ => (word + 1 < sentence.end).then(|| word + 1),
                };
                let cell_before = before.map_or(&zero[..], |b| &row(&trace.cells, b)[at(1)]);
                step_back(
                    Step {
                        gates: &row(&trace.gates, word)[at(3)],
                        cell: &row(&trace.cells, word)[at(1)],
                        cell_before,
                        input: &row(input, word)[at(1)],
                        back: &row(back, word)[at(1)],
                        peephole,
                    },
                    &mut later,
                    &mut row_mut(&mut back_gates, word)[at(3)],
                    &mut row_mut(&mut back_input, word)[at(1)],
                    into,
                );
            }
        }
    }
    linear_back(&layer.input, input, &back_gates, &mut gradient.input);
    general_mat_mul(1.0, &back_gates, &layer.input.weights.t(), 1.0, &mut back_input);
    back_input
}

struct Step<'a> {
    gates: &'a [f32],
    cell: &'a [f32],
    cell_before: &'a [f32],
    input: &'a [f32],
    back: &'a [f32],
    peephole: &'a [f32],
}

fn step_back(
    step: Step<'_>,
    later: &mut [f32],
    back_gates: &mut [f32],
    back_input: &mut [f32],
    into: &mut [f32],
) {
    let half = later.len();
    let (z, gates) = step.gates.split_at(half);
    let (forget, reset) = gates.split_at(half);
    let (forget_cell, reset_cell) = step.peephole.split_at(half);
    let (cell, before) = (&step.cell[..half], &step.cell_before[..half]);
    let (input, back) = (&step.input[..half], &step.back[..half]);
    let (reset, reset_cell) = (&reset[..half], &reset_cell[..half]);
    let (back_z, back_gates) = back_gates.split_at_mut(half);
    let (back_forget, back_reset) = back_gates.split_at_mut(half);
    let (into_forget, into_reset) = into.split_at_mut(half);
    let (back_reset, into_reset) = (&mut back_reset[..half], &mut into_reset[..half]);
    let back_input = &mut back_input[..half];
    for i in 0..half {
        let (f, r, b) = (forget[i], reset[i], back[i]);
        let from_reset = b * (cell[i] - input[i]) * r * (1.0 - r);
        back_input[i] += b * (1.0 - r);
        let at_cell = b * r + later[i];
        let from_forget = at_cell * (before[i] - z[i]) * f * (1.0 - f);
        back_z[i] = at_cell * (1.0 - f);
        back_forget[i] = from_forget;
        back_reset[i] = from_reset;
        into_forget[i] += from_forget * before[i];
        into_reset[i] += from_reset * before[i];
        later[i] = at_cell * f + from_forget * forget_cell[i] + from_reset * reset_cell[i];
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{Soft, UNKNOWN};
    use super::*;
    use reportedly::analyse::network::Classes;

    fn tiny() -> (Shape, Example) {
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
        let example = Example {
            forms: ["One", "two", "three", "four"].map(String::from).to_vec(),
            tags: vec![[0, 1, 2], [3, 0, 1], [2, 2, UNKNOWN], [1, 1, 0]],
            heads: Some(vec![2, 0, 4, 2]),
            relations: vec![0, UNKNOWN, 3, 4],
            names: vec![1, 6, 2, crate::network::data::ANY],
            soft: vec![
                Soft::default(),
                Soft {
                    heads: vec![(0, 0.7), (3, 0.3)],
                    relations: Vec::new(),
                    names: vec![(1, 0.25), (6, 0.75)],
                },
                Soft { relations: vec![(3, 0.5), (1, 0.5)], ..Soft::default() },
                Soft::default(),
            ],
            unmarked: false,
        };
        (shape, example)
    }

    fn loss(shape: &Shape, parameters: &Parameters, examples: &[Example]) -> (f32, Parameters) {
        let dropout =
            Dropout { layers: 0.0, scorers: 0.0, form: 0.0, vector: 0.0, word: 0.0, name: 0.0 };
        let (vectors, phrases) = (Vectors::default(), Phrases::default());
        let known = Known { forms: &[], vectors: &vectors, phrases: &phrases };
        let mut gradient = Parameters::zeros(shape, 0);
        let share = 1.0 / examples.iter().map(Example::len).sum::<usize>() as f32;
        let mut pass = Pass::new(shape, parameters, known, dropout, examples, share);
        let losses = pass.run(&mut Rng::with_seed(1), &mut gradient, &mut Vec::new());
        let sum =
            losses.arcs + losses.relations + TAG_WEIGHT * losses.tags + NAME_WEIGHT * losses.names;
        (sum * share, gradient)
    }

    /// Moves each weight a little and compares the change of the loss with the gradient.
    #[test]
    fn gradients_are_slopes() {
        let (shape, example) = tiny();
        let examples = [example.clone(), example];
        let mut parameters = Parameters::random(&shape, 0, &mut Rng::with_seed(5));
        let (_, mut gradient) = loss(&shape, &parameters, &examples);
        let tensors = gradient.weights.tensors_mut().len();
        for tensor in 0..tensors {
            let size = gradient.weights.tensors_mut()[tensor].len();
            for at in (0..size).step_by(1 + size / 7) {
                let mut moved = |by: f32| {
                    parameters.weights.tensors_mut()[tensor][at] += by;
                    let (value, _) = loss(&shape, &parameters, &examples);
                    parameters.weights.tensors_mut()[tensor][at] -= by;
                    value
                };
                let slope = (moved(4e-3) - moved(-4e-3)) / 8e-3;
                let claimed = gradient.weights.tensors_mut()[tensor][at];
                assert!(
                    (slope - claimed).abs() < 3e-3 + 0.03 * slope.abs(),
                    "{tensor}[{at}]: {slope} {claimed}"
                );
            }
        }
    }
}
