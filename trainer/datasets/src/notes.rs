use super::DataError;
use super::passed_over::PassedOver;

/// What is wrong with a data set, and what of it is not looked at.
#[derive(Default)]
pub(super) struct Notes {
    pub problems: Vec<DataError>,
    pub passed_over: PassedOver,
}
