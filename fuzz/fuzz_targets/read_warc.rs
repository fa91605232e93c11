//! Arbitrary bytes read as web archives: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(Warc);
