use super::cifar::Cifar;

/// Where the photos and the doodles of each of the default classes come from: a label in one of the sets, and a file's name.
pub(super) const CLASSES: [(Cifar, u8, &str); 10] = [
    (Cifar::Ten, 7, "horse"),
    (Cifar::Hundred, 5, "bed"),
    (Cifar::Hundred, 22, "clock"),
    (Cifar::Hundred, 0, "apple"),
    (Cifar::Ten, 3, "cat"),
    (Cifar::Ten, 0, "airplane"),
    (Cifar::Hundred, 87, "television"),
    (Cifar::Ten, 5, "dog"),
    (Cifar::Hundred, 30, "dolphin"),
    (Cifar::Hundred, 79, "spider"),
];
