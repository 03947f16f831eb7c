//! The migrations are embedded; a new folder among them is a reason to build again.

fn main() {
    #[expect(clippy::print_stdout, reason = "this is how a build script talks to cargo")]
    {
        println!("cargo:rerun-if-changed=../../migrations");
    }
}
