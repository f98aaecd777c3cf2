use anyhow::Result;

use super::how::How;
use crate::workspace::Workspace;

/// Something that building or testing needs on the machine.
pub struct Tool {
    pub name: &'static str,
    pub why: &'static str,
    pub is_there: fn(&Workspace) -> Result<bool>,
    pub how: fn(&Workspace) -> Result<How>,
}
