//! Trains the English model.
fn main() {}
