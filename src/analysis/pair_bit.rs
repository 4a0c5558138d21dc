//! The place of a pair of characters in a bit set; the build and the program share it.

/// Ten for each pair that the dictionary has.
pub(crate) const N_PAIR_BITS: usize = 1 << 20;

/// The bit of a pair of characters.
#[inline]
pub(crate) fn pair_bit(first: u32, second: u32) -> usize {
    let mixed = (first << 16 | second & 0xffff).wrapping_mul(0x9e37_79b1);
    (mixed >> 12) as usize
}
