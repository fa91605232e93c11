//! What the targets of the formats share.
//!
//! In: bytes that a fuzzer made. Out: nothing; what must hold of them holds, or it panics.

use std::panic;
use std::sync::Once;

use reportedly::read::{self, Format, Options};
use reportedly::text::Article;

/// The most bytes of an article: what unpacks to more has to be refused.
const LONGEST: u64 = 1 << 20;
/// Archives may hold many articles; so many are enough.
const MOST: usize = 100;

/// Whatever bytes are read as a format, each article or its refusal comes, and the blocks of
/// an article stand in its text, in order.
pub fn read_as(format: Format, bytes: &[u8]) {
    pass_over_guarded();
    let mut options = Options::default();
    (options.format, options.longest_article, options.explain) = (Some(format), LONGEST, true);
    let bytes = std::io::Cursor::new(bytes.to_vec());
    for item in read::from_reader("fuzz", bytes, &options).take(MOST).flatten() {
        check(item.article());
    }
}

/// The fuzzer takes every panic for a finding, that of another's reader, too, which is caught
/// and becomes a refusal.
fn pass_over_guarded() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !read::is_guarded() {
                before(panic);
            }
        }));
    });
}

fn check(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        assert!(end <= block.span.start && block.span.start <= block.span.end);
        assert!(article.text.get(block.span.range()).is_some());
        end = block.span.end;
    }
}

/// A target that reads bytes as a format. Without the fuzzer it tries what stands on standard
/// input, such as a crash that was found.
#[macro_export]
macro_rules! reads {
    ($format:ident) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|input: &[u8]| {
            $crate::read_as(reportedly::read::Format::$format, input)
        });

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            let mut input = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin(), &mut input)?;
            $crate::read_as(reportedly::read::Format::$format, &input);
            Ok(())
        }
    };
}
