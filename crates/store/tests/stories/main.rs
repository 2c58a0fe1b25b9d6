//! What the store promises, told as stories; every one on real files in a folder of its own. Those that make sense on
//! every database and every place of files are told once more in `../on_postgres`.

mod clear;
mod coming_back;
mod crash;
mod erased_bytes;
mod erasing;
mod files;
mod files_in_a_folder;
mod house;
mod inbox;
mod keeping;
mod layouts;
mod letting_in;
mod limits;
mod log;
mod office;
mod one_house;
mod report;
mod staff;
mod stamps;
mod support;
mod ways_in;
mod work;
