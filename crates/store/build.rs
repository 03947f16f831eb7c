//! The migrations are embedded; a new folder among them is a reason to build again.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
