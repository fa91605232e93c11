//! Arbitrary bytes read as saved pages: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(Mhtml);
