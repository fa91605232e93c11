//! Groups of what is alike on average.

/// Joins the two groups that are most alike on average, again and again, as long as they
/// are alike enough; gives the number of each one's group. Of equally alike ones the first
/// are joined first.
pub(super) fn average_linkage(
    count: usize,
    least: f32,
    alike: impl Fn(usize, usize) -> f32,
) -> Vec<usize> {
    let mut groups = Groups::new(count, alike);
    while let Some((one, other)) = groups.most_alike(least) {
        groups.join(one, other);
    }
    groups.of
}

struct Groups {
    /// The group of each, by the place of its first.
    of: Vec<usize>,
    /// How many a group has; 0 where it went into another.
    sizes: Vec<f32>,
    /// The sums of how alike those of two groups are.
    sums: Vec<Vec<f32>>,
}

impl Groups {
    fn new(count: usize, alike: impl Fn(usize, usize) -> f32) -> Self {
        let row = |one: usize| (0..count).map(|other| alike(one, other)).collect();
        Self {
            of: (0..count).collect(),
            sizes: vec![1.0; count],
            sums: (0..count).map(row).collect(),
        }
    }

    fn most_alike(&self, least: f32) -> Option<(usize, usize)> {
        let mut found: Option<((usize, usize), f32)> = None;
        let alive = |group: &usize| self.sizes[*group] > 0.0;
        for one in (0..self.of.len()).filter(alive) {
            for other in (one + 1..self.of.len()).filter(alive) {
                let mean = self.sums[one][other] / (self.sizes[one] * self.sizes[other]);
                if mean >= least && found.is_none_or(|(_, best)| mean > best) {
                    found = Some(((one, other), mean));
                }
            }
        }
        found.map(|(pair, _)| pair)
    }

    fn join(&mut self, into: usize, from: usize) {
        for group in 0..self.of.len() {
            let sum = self.sums[from][group];
            self.sums[into][group] += sum;
            self.sums[group][into] += sum;
        }
        self.sizes[into] += self.sizes[from];
        self.sizes[from] = 0.0;
        for group in &mut self.of {
            if *group == from {
                *group = into;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Groups of letters by how near they stand in the alphabet.
    fn check(letters: &str, least: f32, expected: &str) {
        let letters: Vec<char> = letters.chars().collect();
        let alike = |one: usize, other: usize| {
            1.0 / (1.0 + (letters[one] as u32).abs_diff(letters[other] as u32) as f32)
        };
        let of = average_linkage(letters.len(), least, alike);
        let shown: String = of.iter().map(|&group| letters[group]).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_is_alike_on_average_is_one() {
        check("ayba", 0.5, "ayaa");
        check("ayzb", 0.5, "ayya");
        check("abcdef", 0.5, "aaccee");
        check("", 0.5, "");
    }
}
