//! Exponential tilting: the policy that trades reward against divergence from a reference.

use crate::dist::categorical::Categorical;
use crate::dist::check::{finite, positive};
use crate::error::{Error, Result};
use crate::numeric::double;

/// π ∝ ref · exp(reward/beta): the policy that maximises E_π\[reward\] − beta·D(π‖ref)
/// (the optimum of RLHF, Rafailov et al. 2023, and the Gibbs distribution of statistical physics).
#[derive(Clone, Debug, PartialEq)]
pub struct Tilted {
    reference: Categorical,
    reward: Vec<f64>,
    beta: f64,
    policy: Categorical,
}

impl Tilted {
    /// The reference tilted by a reward per outcome at temperature `beta`.
    ///
    /// # Errors
    /// Names `reward` if its length differs or an entry is not finite, `beta` if it is not above 0 or so
    /// small that reward/beta is no number.
    pub fn new(reference: Categorical, reward: &[f64], beta: f64) -> Result<Self> {
        if reward.len() != reference.len() {
            return Err(Error::bad("reward", format!("{} values", reward.len()), "must be as many as in ref"));
        }
        for (i, &r) in reward.iter().enumerate() {
            finite(&format!("reward[{i}]"), r)?;
        }
        positive("beta", beta)?;
        let policy = reference
            .exponentially_tilted(reward, beta)
            .ok_or_else(|| Error::bad("beta", beta, "must be large enough for reward / beta"))?;
        Ok(Self { reference, reward: reward.to_vec(), beta, policy })
    }

    /// What was tilted.
    pub fn reference(&self) -> &Categorical {
        &self.reference
    }

    /// The reward per outcome.
    pub fn reward(&self) -> &[f64] {
        &self.reward
    }

    /// The temperature.
    pub fn beta(&self) -> f64 {
        self.beta
    }

    /// The tilted distribution.
    pub fn policy(&self) -> &Categorical {
        &self.policy
    }

    /// ln Z = ln Σ ref·exp(reward/beta).
    pub fn ln_z(&self) -> f64 {
        // At the most likely outcome π = ref·exp(reward/beta)/Z.
        let probs = self.policy.probs();
        let top = (0..probs.len()).max_by(|&i, &j| probs[i].total_cmp(&probs[j])).unwrap_or(0);
        let direct = self.reward[top] / self.beta + (self.reference.logs()[top] - self.policy.logs()[top]);
        // A mild tilt: Z is near 1 and its logarithm is taken of the distance to 1.
        let excess: f64 = (0..probs.len())
            .filter(|&i| self.reference.probs()[i] > 0.0)
            .map(|i| {
                let (hi, lo) = double::divide((self.reward[i], 0.0), (self.beta, 0.0));
                self.reference.probs()[i] * (hi.exp_m1() + lo * hi.exp())
            })
            .sum();
        if (-0.5..1.0).contains(&excess) { excess.ln_1p() } else { direct }
    }

    /// beta·ln Z = max over π of E_π\[reward\] − beta·D(π‖ref), the value of the optimum.
    pub fn objective(&self) -> f64 {
        self.beta * self.ln_z()
    }

    /// E_π\[reward\].
    pub fn expected_reward(&self) -> f64 {
        self.policy.expectation(&self.reward)
    }

    /// E_ref\[reward\].
    pub fn reference_reward(&self) -> f64 {
        self.reference.expectation(&self.reward)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Six replies, from the lesson: reward 1.4808 at beta 1, 2.9813 at beta 0.2.
    #[test]
    fn the_policy_follows_the_reward_as_the_leash_gets_longer() {
        let reference = Categorical::from_probs(&[0.4, 0.25, 0.15, 0.1, 0.07, 0.03]).unwrap();
        let reward = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0];
        for (beta, want) in [(1.0, 1.4808), (0.2, 2.9813)] {
            let t = Tilted::new(reference.clone(), &reward, beta).unwrap();
            assert!((t.expected_reward() - want).abs() < 5e-5);
        }
    }

    #[test]
    fn a_reward_that_is_the_same_for_all_changes_nothing() {
        let reference = Categorical::from_probs(&[0.5, 0.25, 0.25]).unwrap();
        let t = Tilted::new(reference.clone(), &[7.0; 3], 0.5).unwrap();
        assert_eq!(t.policy().probs(), reference.probs());
        assert!((t.objective() - 7.0).abs() < 1e-15);
    }

    #[test]
    fn bad_parameters_are_refused_by_name() {
        let reference = Categorical::from_probs(&[0.5, 0.5]).unwrap();
        let message = |reward: &[f64], beta| Tilted::new(reference.clone(), reward, beta).unwrap_err().to_string();
        assert_eq!(message(&[1.0], 1.0), "reward: 1 values must be as many as in ref");
        assert_eq!(message(&[1.0, f64::NAN], 1.0), "reward[1]: NaN must be finite");
        assert_eq!(message(&[1.0, 2.0], 0.0), "beta: 0 must be above 0 and finite");
        assert!(message(&[1e300, 2.0], 1e-300).starts_with("beta: "));
    }
}
