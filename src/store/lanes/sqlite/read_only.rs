//! How a database is opened that may not be written: even readers write, beside the file, where they take turns.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sea_orm::{DbErr, RuntimeErr};
use url::Url;

/// The address to open a file by, and whether it is taken for one that never changes: only so can one be read whose folder
/// cannot be written, unless whoever writes it has it open (<https://sqlite.org/wal.html#read_only_databases>).
pub(in crate::store) fn read_only(file: &Path) -> Result<(PathBuf, bool), DbErr> {
    let failed = |why: String| DbErr::Conn(RuntimeErr::Internal(format!("\"{}\": {why}", file.display())));
    let path = std::path::absolute(file).map_err(|error| failed(error.to_string()))?;
    let mut address = Url::from_file_path(&path).map_err(|()| failed("it has no address".to_owned()))?;
    address.set_query(Some("mode=ro"));
    let Err(error) = look(&address) else {
        return Ok((address.as_str().into(), false));
    };
    let mut log = path.into_os_string();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        let hint = "hint: let it be closed by whoever writes it, or make a copy by \"jobgraph backup\"";
        return Err(failed(format!("{error}; the log beside it cannot be read here\n{hint}")));
    }
    address.set_query(Some("mode=ro&immutable=1"));
    look(&address).map_err(|error| failed(error.to_string()))?;
    Ok((address.as_str().into(), true))
}

fn look(address: &Url) -> rusqlite::Result<i64> {
    Connection::open(address.as_str())?.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))
}
