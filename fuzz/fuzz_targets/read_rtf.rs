//! Arbitrary bytes read as Rich Text Format: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(Rtf);
