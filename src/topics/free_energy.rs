//! Energy levels at a temperature: Boltzmann's distribution, its free energy, and what either says of a divergence.
//!
//! For q ∝ e^(−E/T) and F = −T·ln Σ e^(−E/T), D(P‖Q) = (⟨E⟩_P − F)/T − H(P) (E. T. Jaynes, "Information theory and
//! statistical mechanics", Physical Review 106, 1957).

use crate::dist::Categorical;
use crate::divergence::answer::Answer;
use crate::divergence::closed::cancelling;
use crate::error::Result;

/// Boltzmann's distribution over levels of these energies at temperature `t`, in the unit of the energies.
///
/// # Errors
/// Names the energy (as a logit) that is not finite, an empty list, or a temperature that is not above 0.
pub fn boltzmann(energies: &[f64], t: f64) -> Result<Categorical> {
    let logits: Vec<f64> = energies.iter().map(|e| -e).collect();
    Categorical::from_logits(&logits, t)
}

/// ⟨E⟩, the mean of the energies, in their unit.
pub fn mean_energy(of: &Categorical, energies: &[f64]) -> Answer {
    cancelling(of.expectation(energies), 4.0 * largest(energies))
}

/// F = −T·ln Σ e^(−E/T), in the unit of the energies, where `q` is [`boltzmann`] of them; below the lowest level by
/// T·ln of how many levels are alike at that temperature.
pub fn free_energy(q: &Categorical, energies: &[f64], t: f64) -> Answer {
    // E + T·ln q is the same at every level; at the likeliest one nothing cancels.
    let likeliest = q.logs().iter().zip(energies).max_by(|a, b| a.0.total_cmp(b.0));
    let Some((ln_q, energy)) = likeliest else { return Answer::exact(0.0) };
    cancelling(energy + t * ln_q, 4.0 * (energy.abs() + t * ln_q.abs()))
}

fn largest(energies: &[f64]) -> f64 {
    energies.iter().map(|e| e.abs()).fold(0.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divergence::{entropy, kl};

    const LADDER: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];

    #[test]
    fn the_free_energy_of_a_ladder_is_that_of_a_geometric_sum() {
        // Z = (1 − e^(−5/T))/(1 − e^(−1/T)).
        for t in [0.05f64, 0.5, 1.0, 7.0, 100.0] {
            let q = boltzmann(&LADDER, t).unwrap();
            let want = -t * ((-(-5.0 / t).exp()).ln_1p() - (-(-1.0 / t).exp()).ln_1p());
            let f = free_energy(&q, &LADDER, t);
            assert!((f.value - want).abs() <= f.error + 1e-15 * (1.0 + want.abs()), "{t}: {} {want}", f.value);
        }
    }

    #[test]
    fn energy_above_the_free_energy_less_entropy_is_the_divergence() {
        let p = Categorical::from_weights(&[3.0, 1.0, 0.0, 2.0, 1.0]).unwrap();
        for (energies, t) in [(LADDER, 1.0), ([6.0, 0.0, 0.5, 2.0, 2.0], 0.3), ([1.0; 5], 2.0)] {
            let q = boltzmann(&energies, t).unwrap();
            let bill = (mean_energy(&p, &energies).value - free_energy(&q, &energies, t).value) / t;
            let want = kl::categorical(&p, &q).value;
            assert!((bill - entropy::categorical(&p).value - want).abs() < 1e-13, "{energies:?} {t}");
            // No distribution has a lower ⟨E⟩ − T·H than F, and Boltzmann's has as low a one.
            let own = mean_energy(&q, &energies).value - t * entropy::categorical(&q).value;
            assert!((own - free_energy(&q, &energies, t).value).abs() < 1e-13);
        }
    }

    #[test]
    fn in_the_cold_the_free_energy_is_the_lowest_level() {
        let energies = [2.0, 5.0, 3.0];
        let f = free_energy(&boltzmann(&energies, 1e-3).unwrap(), &energies, 1e-3);
        assert_eq!((f.value, mean_energy(&boltzmann(&energies, 1e-3).unwrap(), &energies).value), (2.0, 2.0));
        assert!(boltzmann(&energies, 0.0).is_err() && boltzmann(&[f64::NAN], 1.0).is_err());
    }
}
