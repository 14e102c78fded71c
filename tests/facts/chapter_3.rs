//! Chapter 3, threads.

use crate::State::{Kind, Link, Preset, Values as At};
use crate::{Fact, Reached, state};

pub const FACTS: &[Fact] = &[
    Fact {
        scene: "extra-bits",
        state: Preset("two-bits"),
        shown: &[
            ("entropy", "1.7500 bits"),
            ("cross", "2.0000 bits"),
            ("forward", "0.2500 bits"),
            ("huffman", "2.0000 bits"),
        ],
    },
    Fact {
        scene: "extra-bits",
        state: Preset("swapped"),
        shown: &[
            ("entropy", "2.0000 bits"),
            ("cross", "2.2500 bits"),
            ("forward", "0.2500 bits"),
            ("huffman", "2.2500 bits"),
        ],
    },
    Fact {
        scene: "extra-bits",
        state: Preset("two-bits"),
        // A quarter of a bit, the one number that stands in nats: ¼·ln 2.
        shown: &[("huffman_best", "1.7500 bits"), ("forward_nats", "0.1733"), ("sent", "80"), ("spent", "160 bits")],
    },
    Fact {
        // One symbol that always comes takes no bit at best, and a whole one in a code of words.
        scene: "extra-bits",
        state: At(&[("symbols", 2.0), ("p_a", 1.0), ("p_b", 0.0), ("q_a", 0.5), ("q_b", 0.5)]),
        shown: &[
            ("entropy", "0 bits"),
            ("forward", "1.0000 bits"),
            ("cross", "1.0000 bits"),
            ("huffman_best", "1.0000 bits"),
        ],
    },
    Fact { scene: "extra-bits", state: Preset("right"), shown: &[("forward", "0 bits"), ("huffman", "1.7500 bits")] },
    Fact {
        scene: "extra-bits",
        state: Preset("no-word"),
        shown: &[("forward", "∞ bits"), ("huffman", "∞ bits"), ("huffman_best", "1.7500 bits"), ("spent", "∞ bits")],
    },
    // What P never sends has no word in the code for P, and makes the others no longer.
    Fact {
        scene: "extra-bits",
        state: At(&[("p_a", 0.5), ("p_b", 0.5), ("p_c", 0.0), ("p_d", 0.0)]),
        shown: &[("entropy", "1.0000 bits"), ("huffman_best", "1.0000 bits"), ("huffman", "2.0000 bits")],
    },
    // Nor does the code for Q lack one if P does not send it.
    Fact {
        scene: "extra-bits",
        state: At(&[
            ("p_a", 0.5),
            ("p_b", 0.5),
            ("p_c", 0.0),
            ("p_d", 0.0),
            ("q_a", 0.5),
            ("q_b", 0.5),
            ("q_c", 0.0),
            ("q_d", 0.0),
        ]),
        shown: &[
            ("forward", "0 bits"),
            ("huffman", "1.0000 bits"),
            ("huffman_best", "1.0000 bits"),
            ("spent", "80 bits"),
        ],
    },
    Fact {
        scene: "cross-entropy",
        state: Preset("right"),
        shown: &[
            ("loss", "0.4170 nats"),
            ("forward", "0.4170 nats"),
            ("entropy", "0 nats"),
            ("q_cat", "0.6590"),
            ("q_dog", "0.2424"),
            ("q_fox", "0.0986"),
            ("gradient_cat", "−0.3410"),
            ("perplexity", "1.5174"),
        ],
    },
    Fact {
        // Labels smoothed as far as they go, and logits as they would have to be: nothing is left but H(y).
        scene: "cross-entropy",
        state: At(&[("smoothing", 0.5), ("z_cat", 0.0), ("z_dog", 0.0), ("z_fox", 0.0)]),
        shown: &[("loss", "1.0986 nats"), ("entropy", "0.8676 nats"), ("forward", "0.2310 nats")],
    },
    Fact {
        scene: "cross-entropy",
        // Ten words with one logit: a guess among ten.
        state: Link(&[
            ("task", "next-word"),
            ("w_mat", "0"),
            ("w_floor", "0"),
            ("w_sofa", "0"),
            ("w_bed", "0"),
            ("w_table", "0"),
            ("w_roof", "0"),
            ("w_fence", "0"),
            ("w_dog", "0"),
            ("w_moon", "0"),
            ("w_tax", "0"),
        ]),
        shown: &[("loss", "2.3026 nats"), ("perplexity", "10.000"), ("q_tax", "0.1000")],
    },
    Fact {
        scene: "cross-entropy",
        state: Preset("second"),
        shown: &[("loss", "1.4170 nats"), ("gradient_dog", "−0.7576")],
    },
    Fact {
        scene: "cross-entropy",
        state: Preset("third"),
        shown: &[("loss", "2.3170 nats"), ("gradient_fox", "−0.9014")],
    },
    Fact {
        scene: "cross-entropy",
        state: At(&[("z_cat", 0.0), ("z_dog", 0.0), ("z_fox", 0.0)]),
        shown: &[("loss", "1.0986 nats"), ("perplexity", "3.0000")],
    },
    Fact {
        scene: "likelihood",
        state: Preset("seven"),
        shown: &[
            ("best", "0.7000"),
            ("entropy", "0.6109 nats"),
            ("forward", "0.0823 nats"),
            ("likelihood", "−0.6931 nats"),
        ],
    },
    Fact {
        scene: "likelihood",
        state: At(&[("theta", 0.7)]),
        shown: &[("forward", "0 nats"), ("likelihood", "−0.6109 nats"), ("entropy", "0.6109 nats")],
    },
    Fact {
        scene: "likelihood",
        state: Preset("never"),
        shown: &[("best", "0"), ("entropy", "0 nats"), ("forward", "0.1054 nats")],
    },
    Fact {
        scene: "likelihood",
        state: At(&[("heads", 0.0), ("theta", 0.0)]),
        shown: &[("likelihood", "0 nats"), ("forward", "0 nats")],
    },
    Fact {
        scene: "likelihood",
        state: At(&[("theta", 0.0)]),
        shown: &[("likelihood", "−∞ nats"), ("forward", "∞ nats")],
    },
    Fact { scene: "likelihood", state: Preset("five"), shown: &[("best_mean", "0.5000"), ("best_sd", "2.0000")] },
    Fact {
        // The most likely normal: −H is −(ln 2 + ½ ln 2πe), and nothing is lost.
        scene: "likelihood",
        state: Kind("points", &[("mean", 0.5), ("sd", 2.0)]),
        shown: &[("forward", "0 nats"), ("entropy", "2.1121 nats"), ("likelihood", "−2.1121 nats")],
    },
    Fact {
        // Fifty heads of fifty.
        scene: "likelihood",
        state: At(&[("flips", 50.0), ("heads", 50.0), ("theta", 1.0)]),
        shown: &[("best", "1.0000"), ("entropy", "0 nats"), ("forward", "0 nats"), ("likelihood", "0 nats")],
    },
    Fact {
        // One point under N(1, ½): its density is √(2/π), and no most likely normal exists.
        scene: "likelihood",
        state: Preset("coincide"),
        shown: &[("likelihood", "−0.2258 nats"), ("entropy", "−∞ nats"), ("best_mean", "1.0000")],
    },
    Fact { scene: "likelihood", state: Preset("coincide"), shown: &[("best_sd", "0"), ("forward", "∞ nats")] },
    Fact {
        scene: "mixtures",
        state: At(&[
            ("p1_weight", 0.5),
            ("p1_mean", -2.0),
            ("p1_sd", 0.5),
            ("p2_weight", 0.5),
            ("p2_mean", 2.0),
            ("p2_sd", 0.5),
            ("q_bells", 1.0),
            ("q1_mean", 0.0),
            ("q1_sd", 1.0),
        ]),
        shown: &[("forward", "1.6251 nats"), ("reverse", "3.0761 nats"), ("js", "0.3663 nats"), ("tv", "0.7264")],
    },
    Fact {
        scene: "mixtures",
        state: Preset("missed"),
        shown: &[("reverse", "0.6931 nats"), ("reverse", "1.0000 bits")],
    },
    Fact {
        scene: "mixtures",
        state: Preset("reweighted"),
        shown: &[("forward", "0.8318 nats"), ("reverse", "0.8318 nats")],
    },
    Fact {
        scene: "mixtures",
        state: Preset("shuffled"),
        // What is too much is the Jensen–Shannon divergence of unit bells two apart.
        shown: &[("forward", "0 nats"), ("parts", "0.3368 nats"), ("excess", "0.3368 nats")],
    },
    Fact {
        scene: "evidence",
        state: Preset("loaded"),
        shown: &[("forward", "0.0201 nats"), ("observations", "149"), ("extra-bits", "29.049 bits")],
    },
    Fact {
        scene: "evidence",
        state: Preset("same"),
        shown: &[("forward", "0 nats"), ("observations", "∞"), ("evidence", "0 nats")],
    },
    Fact {
        scene: "evidence", state: Preset("ruled-out"), shown: &[("forward", "∞ nats"), ("observations", "6.6667")]
    },
    Fact { scene: "mutual-information", state: Preset("half"), shown: &[("information", "0.1438 nats")] },
    Fact { scene: "mutual-information", state: Preset("strong"), shown: &[("information", "0.5108 nats")] },
    Fact { scene: "mutual-information", state: Preset("close"), shown: &[("information", "0.8304 nats")] },
    Fact {
        scene: "mutual-information",
        state: Kind("gaussian", &[("rho", 0.0)]),
        shown: &[("information", "0 nats"), ("entropy_x", "1.4189 nats"), ("entropy_joint", "2.8379 nats")],
    },
    Fact {
        // The narrowest ellipse there is to be set: −½ ln(1 − 0.99²).
        scene: "mutual-information",
        state: Kind("gaussian", &[("rho", -0.99)]),
        shown: &[("information", "1.9585 nats")],
    },
    Fact {
        scene: "mutual-information",
        state: Preset("weather"),
        shown: &[("entropy_x", "0.6730 nats"), ("entropy_y", "0.6931 nats"), ("entropy_joint", "1.2397 nats")],
    },
    Fact {
        scene: "mutual-information",
        state: At(&[("sun", 1.0)]),
        shown: &[("information", "0 nats"), ("entropy_x", "0 nats")],
    },
    Fact {
        scene: "mutual-information",
        state: Preset("independent"),
        shown: &[("information", "0 nats"), ("ice", "0.5000")],
    },
    Fact {
        scene: "mutual-information",
        state: At(&[("ice_sun", 0.7), ("ice_rain", 0.7)]),
        shown: &[("information", "0 nats"), ("ice", "0.7000")],
    },
    Fact {
        scene: "mutual-information",
        state: At(&[("sun", 0.1), ("ice_sun", 0.1), ("ice_rain", 0.100_001)]),
        shown: &[("information", "5.0000 × 10⁻¹³ nats")],
    },
    Fact {
        scene: "mutual-information",
        state: Preset("certain"),
        shown: &[("information", "1.0000 bits"), ("entropy_x", "1.0000 bits"), ("entropy_joint", "1.0000 bits")],
    },
];

pub const REACHED: &[Reached] = &[
    ("extra-bits", "free", Preset("right")),
    ("extra-bits", "double", At(&[("p_a", 1.0), ("p_b", 0.05), ("p_c", 0.05), ("p_d", 0.05)])),
    ("cross-entropy", "unsure", At(&[("z_cat", 0.0), ("z_dog", 0.0), ("z_fox", 0.0)])),
    // ln(0.9333/0.0333) = 3.33 between the logits.
    ("cross-entropy", "matched", At(&[("smoothing", 0.1), ("z_cat", 3.3), ("z_dog", 0.0), ("z_fox", 0.0)])),
    ("likelihood", "impossible", At(&[("theta", 1.0)])),
    ("likelihood", "best", Kind("points", &[("mean", 0.5), ("sd", 2.0)])),
    ("mutual-information", "tells-all", At(&[("ice_sun", 1.0), ("ice_rain", 0.0)])),
    ("mutual-information", "hardly", At(&[("ice_sun", 0.52), ("ice_rain", 0.5)])),
];

/// I = H(X) + H(Y) − H(X, Y), which the scene gets as a divergence.
#[test]
fn information_is_what_entropies_save() {
    let states = [
        At(&[]),
        At(&[("sun", 0.31), ("ice_sun", 0.07), ("ice_rain", 0.93)]),
        At(&[("ice_sun", 0.5), ("ice_rain", 0.51)]),
        Kind("gaussian", &[("rho", -0.37)]),
        Kind("gaussian", &[("rho", 0.99)]),
    ];
    for values in &states {
        let seen = state("mutual-information", values);
        let read = |id: &str| seen.view.readouts.iter().find(|r| r.id == id).expect("a readout").quantity;
        let [i, x, y, both] = ["information", "entropy_x", "entropy_y", "entropy_joint"].map(read);
        let error = i.error + x.error + y.error + both.error + 4.0 * f64::EPSILON * (x.value + y.value);
        assert!((x.value + y.value - both.value - i.value).abs() <= error, "{i:?} {x:?} {y:?} {both:?}");
    }
}
