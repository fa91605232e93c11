//! Arbitrary bytes read as ZIP files and documents: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(Zip);
