//! The inputs that are bent.

use std::fs;
use std::path::{Path, PathBuf};

/// The files below a folder of `tests/`, sorted, whatever is below it included; of one extension, if it is given.
pub(crate) fn files(folder: &str, extension: Option<&str>) -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder), &mut paths);
    paths.retain(|it| extension.is_none_or(|wanted| it.extension().is_some_and(|found| found == wanted)));
    paths.sort();
    assert!(!paths.is_empty(), "{folder} holds something");
    paths.iter().map(|it| fs::read(it).expect("it can be read")).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() { collect(&path, paths) } else { paths.push(path) }
    }
}

/// The lines of a folder's files, an input each.
pub(crate) fn lines(folder: &str) -> Vec<Vec<u8>> {
    let files = files(folder, None);
    files
        .iter()
        .flat_map(|it| it.split(|byte| *byte == b'\n'))
        .filter(|it| !it.is_empty())
        .map(<[u8]>::to_vec)
        .collect()
}
