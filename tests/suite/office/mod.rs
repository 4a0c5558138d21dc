//! What an office's machine, names, disks and users do to the program. What needs root
//! stands in `tests/office/run`.

mod damage;
mod names;
mod service;
mod terminal;
mod words;
