//! Arbitrary bytes read as pages: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(Html);
