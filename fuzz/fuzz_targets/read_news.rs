//! Arbitrary bytes read as NITF and NewsML-G2: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(NewsXml);
