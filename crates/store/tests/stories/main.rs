//! What the store promises, told as stories; every one on real files in a folder of its own.

mod clear;
mod coming_back;
mod crash;
mod erasing;
mod files;
mod inbox;
mod keeping;
mod layouts;
mod letting_in;
mod limits;
mod one_house;
mod report;
mod staff;
mod stamps;
mod support;
