//! Seeded random numbers: the same seed gives the same numbers on every platform.
//!
//! Xoshiro256++ (Blackman, Vigna 2021) seeded through SplitMix64; normal draws by the ziggurat of
//! `rand_distr`, whose logarithms come from `libm` and so are the same bits natively and in wasm.

use rand_distr::{Distribution, StandardNormal};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng};

/// A generator of random numbers that is set by its seed alone.
#[derive(Clone, Debug)]
pub struct Rng(Xoshiro256PlusPlus);

impl Rng {
    /// The generator of this seed.
    pub fn new(seed: u64) -> Self {
        Self(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// A number strictly between 0 and 1, from 53 random bits.
    pub fn open01(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A standard normal number.
    pub fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }

    /// A draw of a distribution of `rand_distr`.
    pub(crate) fn draw(&mut self, distribution: &impl Distribution<f64>) -> f64 {
        distribution.sample(&mut self.0)
    }

    /// A whole number from 0 to `n` − 1, each as likely (0 when `n` is 0).
    pub fn below(&mut self, n: usize) -> usize {
        // The high word of a 128-bit product; the bias is below n·2⁻⁶⁴.
        ((u128::from(self.0.next_u64()) * n as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference sequence of xoshiro256++ as published by its authors: state 1, 2, 3, 4.
    #[test]
    fn the_generator_is_the_published_one() {
        let mut seed = [0u8; 32];
        for (i, byte) in [1u8, 2, 3, 4].iter().enumerate() {
            seed[8 * i] = *byte;
        }
        let mut x = Xoshiro256PlusPlus::from_seed(seed);
        let first: Vec<u64> = (0..4).map(|_| x.next_u64()).collect();
        assert_eq!(first, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
    }

    #[test]
    fn draws_have_the_moments_they_should() {
        let mut rng = Rng::new(7);
        let n = 100_000;
        let (mut s1, mut s2, mut u) = (0.0, 0.0, 0.0);
        for _ in 0..n {
            let z = rng.normal();
            s1 += z;
            s2 += z * z;
            let v = rng.open01();
            assert!(v > 0.0 && v < 1.0);
            u += v;
        }
        let n = f64::from(n);
        // Five standard errors.
        assert!((s1 / n).abs() < 5.0 / n.sqrt());
        assert!((s2 / n - 1.0).abs() < 5.0 * (2.0 / n).sqrt());
        assert!((u / n - 0.5).abs() < 5.0 / (12.0 * n).sqrt());
        assert!((0..1000).all(|_| rng.below(3) < 3));
        assert_eq!(rng.below(0), 0);
    }
}
