//! Trouble with files, in words for planners.

use std::io::{Error, ErrorKind};

/// Why a file or folder cannot be read or written: Chinese and English.
pub fn trouble(error: &Error) -> (String, String) {
    let (zh, en) = match error.kind() {
        ErrorKind::NotFound => ("没有这个文件或文件夹", "there is no such file or folder"),
        ErrorKind::PermissionDenied => ("没有权限", "permission denied"),
        ErrorKind::AlreadyExists | ErrorKind::NotADirectory => (
            "路径中有一个文件，不是文件夹",
            "a file stands where a folder should be",
        ),
        ErrorKind::IsADirectory => ("这是文件夹，不是文件", "this is a folder, not a file"),
        ErrorKind::StorageFull => ("磁盘已满", "the disk is full"),
        ErrorKind::ReadOnlyFilesystem => ("磁盘只读", "the disk is read-only"),
        _ => return (error.to_string(), error.to_string()),
    };
    (zh.to_string(), en.to_string())
}

/// The same for a finding, whose fillings stand in either language.
pub fn trouble_in_both(error: &Error) -> String {
    match trouble(error) {
        (zh, en) if zh == en => zh,
        (zh, en) => format!("{zh} / {en}"),
    }
}
