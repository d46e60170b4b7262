//! How the parser reads a frame: the kernel and user space give it the same view.
//!
//! Nothing is copied and nothing can fail but by the frame being too short.

/// The bytes of a frame, from the destination MAC address on.
pub trait Bytes {
    /// `N` bytes from `at`, where `at` is one of the few places at which a header of this format
    /// can start; `None` when the frame ends before.
    fn fixed<const N: usize>(&self, at: usize) -> Option<&[u8; N]>;

    /// `N` bytes from `at`, where `at` was calculated from what the frame says, or lies far behind
    /// its beginning; `None` when the frame ends before. Apart from [`Self::fixed`] because the
    /// kernel's verifier follows a pointer only to places that it knows beforehand.
    fn stated<const N: usize>(&self, at: usize) -> Option<[u8; N]>;

    /// The VLAN whose tag the driver took out of the frame, 1 to 4095; zero for none.
    #[inline(always)]
    fn vlan(&self) -> u16 {
        0
    }
}

impl Bytes for [u8] {
    fn fixed<const N: usize>(&self, at: usize) -> Option<&[u8; N]> {
        self.get(at..)?.first_chunk()
    }

    fn stated<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        self.get(at..)?.first_chunk().copied()
    }
}

/// The big-endian 16-bit number at `AT`.
#[inline(always)]
pub(crate) const fn be16<const AT: usize, const N: usize>(bytes: &[u8; N]) -> u16 {
    u16::from_be_bytes([bytes[AT], bytes[AT + 1]])
}

/// The big-endian 32-bit number at `AT`.
#[inline(always)]
pub(crate) const fn be32<const AT: usize, const N: usize>(bytes: &[u8; N]) -> u32 {
    u32::from_be_bytes(four::<AT, N>(bytes))
}

/// Four bytes from `AT`.
#[inline(always)]
pub(crate) const fn four<const AT: usize, const N: usize>(bytes: &[u8; N]) -> [u8; 4] {
    [bytes[AT], bytes[AT + 1], bytes[AT + 2], bytes[AT + 3]]
}

/// Sixteen bytes from `AT`.
#[inline(always)]
pub(crate) const fn sixteen<const AT: usize, const N: usize>(bytes: &[u8; N]) -> [u8; 16] {
    let [a, b, c, d] = four::<AT, N>(bytes);
    let mut out = [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let mut i = 4;
    while i < 16 {
        out[i] = bytes[AT + i];
        i += 1;
    }
    out
}

/// Bytes of a frame from `at`, which is known when the program is built, and lies far enough before the
/// end.
///
/// All by one load: what is put together byte by byte, the compiler takes apart again where it does
/// not want each of them. Not for bytes that were copied to the stack, which the kernel's verifier
/// wants to be read by aligned words.
#[inline(always)]
pub(crate) const fn piece<const LEN: usize, const N: usize>(
    bytes: &[u8; N],
    at: usize,
) -> [u8; LEN] {
    match bytes.split_at(at).1.first_chunk() {
        Some(piece) => *piece,
        None => [0; LEN],
    }
}

/// The MAC address at `AT`, by one load of eight bytes, of which two beside the address do not count.
#[inline(always)]
pub const fn mac<const AT: usize, const N: usize>(bytes: &[u8; N]) -> crate::Mac {
    const { assert!(AT + 8 <= N || AT >= 2) };
    if AT + 8 <= N {
        crate::Mac::from_word(le64(bytes, AT))
    } else {
        crate::Mac::from_word(le64(bytes, AT - 2) >> 16)
    }
}

/// The little-endian 64-bit number at `at`.
#[inline(always)]
const fn le64<const N: usize>(bytes: &[u8; N], at: usize) -> u64 {
    u64::from_le_bytes([
        bytes[at],
        bytes[at + 1],
        bytes[at + 2],
        bytes[at + 3],
        bytes[at + 4],
        bytes[at + 5],
        bytes[at + 6],
        bytes[at + 7],
    ])
}
