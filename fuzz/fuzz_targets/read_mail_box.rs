//! Arbitrary bytes read as boxes of mail: see [`reportedly_fuzz::read_as`].

#![cfg_attr(fuzzing, no_main)]

reportedly_fuzz::reads!(MailBox);
