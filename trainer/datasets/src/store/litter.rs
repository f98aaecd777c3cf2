/// Whether a name is that of a file or folder which a system, a file manager or a NAS put there, and nobody wants to hear of.
pub(super) fn is_litter(name: &str) -> bool {
    /// In lower case.
    const LITTER: [&str; 17] = [
        "#recycle",
        "#snapshot",
        "$recycle.bin",
        "@eadir",
        "@recycle",
        "@recently-snapshot",
        "__macosx",
        "__pycache__",
        "desktop.ini",
        "ehthumbs.db",
        "ehthumbs_vista.db",
        "icon\r",
        "lost+found",
        "network trash folder",
        "picasa.ini",
        "system volume information",
        "temporary items",
    ];
    let name = name.to_lowercase();
    // Hidden, Office's locks, Explorer's thumbnails, and what NTFS kept beside a file.
    name.starts_with('.')
        || name.starts_with("~$")
        || name.starts_with("thumbs.db")
        || name.ends_with(":zone.identifier")
        || LITTER.contains(&&*name)
}

/// Whether a folder's name hides it, and it is not one of those that programs make beside pictures: perhaps somebody's class.
pub(super) fn is_hidden(name: &str) -> bool {
    /// Beginnings, in lower case.
    const KNOWN: [&str; 15] = [
        ".@",
        "._",
        ".apple",
        ".cache",
        ".documentrevisions",
        ".edgewise-",
        ".fseventsd",
        ".git",
        ".ipynb_checkpoints",
        ".picasa",
        ".snapshot",
        ".spotlight",
        ".temp",
        ".thumb",
        ".trash",
    ];
    let name = name.to_lowercase();
    name.starts_with('.') && !KNOWN.iter().any(|known| name.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn litter_is_known_and_pictures_are_not() {
        for name in [
            ".DS_Store",
            "._1.png",
            "Thumbs.db",
            "Thumbs.db:encryptable",
            "@eaDir",
            "Icon\r",
            "lost+found",
            "$RECYCLE.BIN",
            "System Volume Information",
            ".ipynb_checkpoints",
            "__MACOSX",
            ".@__thumb",
            "~$notes.docx",
            "1.png:Zone.Identifier",
            "Desktop.ini",
            ".git",
        ] {
            assert!(is_litter(name), "{name}");
        }
        for name in ["1.png", "cat", "icon", "recycle", "~cat.png", "thumbs"] {
            assert!(!is_litter(name), "{name}");
        }
    }
    #[test]
    fn hidden_folders_are_those_that_no_program_makes() {
        for name in [".net", ".Cats"] {
            assert!(is_hidden(name) && is_litter(name), "{name}");
        }
        for name in [
            ".git",
            ".Trashes",
            ".Trash-1000",
            ".@__thumb",
            ".thumbnails",
            ".ipynb_checkpoints",
            "cats",
        ] {
            assert!(!is_hidden(name), "{name}");
        }
    }
}
