//! Writes the documents that are made from this crate: `cargo run -p sluicegate-model --example
//! generate`.

mod documents;
mod schema;

fn main() -> std::io::Result<()> {
    let folder = documents::folder();
    std::fs::create_dir_all(&folder)?;
    let schema = format!("{:#}\n", schema::schema());
    std::fs::write(folder.join(documents::SCHEMA), schema)?;
    std::fs::write(
        folder.join(documents::DIAGNOSTICS),
        documents::diagnostics(),
    )
}
