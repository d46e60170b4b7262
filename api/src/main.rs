//! The program `evenkeel`.

fn main() -> std::io::Result<()> {
    evenkeel_api::openapi::write(std::path::Path::new("openapi"))
}
