//! How large a package can be.

/// Bytes of a package.
pub const PACKED_BYTES_MAX: usize = 1024 * 1024;
/// Bytes of all that is read of it, unpacked. A module that fits into a request fits into a package.
pub const UNPACKED_BYTES_MAX: usize = 1024 * 1024;
/// Entries, folders among them.
pub const ENTRIES_MAX: usize = 256;
/// Bytes of the name of an entry.
pub const NAME_BYTES_MAX: usize = 255;
/// How many times as large as packed an entry can be.
pub const RATIO_MAX: usize = 100;
/// Unpacked bytes of an entry up to which nobody asks for the ratio: a few lines again and again are no
/// bomb.
pub const RATIO_FREE_BYTES: usize = 64 * 1024;
