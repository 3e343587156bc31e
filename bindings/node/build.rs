//! Tells the linker that Node's own functions are found when it loads the library.

fn main() {
    napi_build::setup();
}
