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
}
