//! The sentences about the two networks.

use super::Network;

/// The heading.
pub const TITLE: &str = "What adaptation changes";
/// What the two have in common.
pub const EXPLANATION: &str = "Two networks of the same size, taught with the same labelled photos. One was also adapted to doodles without labels.";
/// While the second network comes.
pub const LOADING: &str = "loading …";
/// Where a network has nothing to answer.
pub const NOTHING: &str = "nothing yet";
/// The networks name different classes.
pub const DIFFER: &str = "They differ: this is what adaptation changed.";
/// The networks name the same class.
pub const AGREE: &str = "They agree on this one.";

/// The link that leads from other weights to the site's.
pub const BACK: &str = "Back to Edgewise’s own";

/// Which other weights are in use.
pub fn own_weights(name: &str) -> String {
    format!("These answers come from the weights “{name}”.")
}

/// The name of a network.
pub const fn name(network: Network) -> &'static str {
    match network {
        Network::PhotosOnly => "Photos only",
        Network::Adapted => "Adapted",
    }
}

/// The measured accuracy of a network, 0 to 1.
pub fn accuracy(accuracy: f64) -> String {
    format!("{:.0}% accuracy on doodles", accuracy * 100.0)
}
