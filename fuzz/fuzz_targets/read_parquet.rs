//! Arbitrary bytes read as Parquet: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(Parquet);
