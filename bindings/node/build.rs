//! What the linker must be told where Node's own functions are found only when it loads the library.

fn main() {
    napi_build::setup();
}
