use serde::{Deserialize, Serialize};

/// How equal values are ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TieRule {
    /// Standard competition ranking: equals share the best rank, 1 2 2 4.
    Min,
}

/// How the percentile is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PercentileRule {
    /// 100 x (number below + half the number equal, the unit included) / n.
    MidRank,
}

/// How quartiles and median are defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuartileRule {
    /// Linear interpolation at place (n - 1) p, type 7 of Hyndman and Fan (1996).
    Type7,
}

/// Where a unit stands among its peers and itself.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The unit's own value.
    pub value: f64,
    /// Number of units compared, the unit itself included.
    pub n: usize,
    /// 1 for the highest value.
    pub rank: usize,
    /// How many peers have exactly its value.
    pub ties: usize,
    /// Place in the order from the lowest, 0 to 100: see [`PercentileRule`].
    pub percentile: f64,
    /// Lower quartile of the set.
    pub lower_quartile: f64,
    /// Median of the set.
    pub median: f64,
    /// Upper quartile of the set.
    pub upper_quartile: f64,
    /// Own value less the median, in the unit of the values.
    pub from_median: f64,
    /// How equal values were ranked.
    pub tie_rule: TieRule,
    /// How the percentile was defined.
    pub percentile_rule: PercentileRule,
    /// How median and quartiles were defined.
    pub quartile_rule: QuartileRule,
}

/// How the values of a set lie.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Number of values.
    pub n: usize,
    /// The lowest.
    pub lowest: f64,
    /// Lower quartile: see [`QuartileRule`].
    pub lower_quartile: f64,
    /// Median.
    pub median: f64,
    /// Upper quartile.
    pub upper_quartile: f64,
    /// The highest.
    pub highest: f64,
}

impl Spread {
    /// Of finite values in any order; `None` of no values.
    pub(super) fn of(values: &[f64]) -> Option<Self> {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (&lowest, &highest) = (sorted.first()?, sorted.last()?);
        Some(Self {
            n: sorted.len(),
            lowest,
            lower_quartile: quantile(&sorted, 1, 4),
            median: quantile(&sorted, 2, 4),
            upper_quartile: quantile(&sorted, 3, 4),
            highest,
        })
    }
}

/// Why a unit has no position.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum PeersError {
    /// Nobody to compare with.
    #[error("there are no peers: expected the values of at least one other unit")]
    NoPeers,
    /// The unit's own value is not a number.
    #[error("the unit's own value is {got}: expected a finite number")]
    OwnNotFinite {
        /// The value given.
        got: f64,
    },
    /// A peer's value is not a number.
    #[error("the value of peer {place} of {peers} is {got}: leave out peers that have no value")]
    PeerNotFinite {
        /// Place among the peers given, counted from 1.
        place: usize,
        /// Number of peers given.
        peers: usize,
        /// The value given.
        got: f64,
    },
}

/// Position of a unit with the value `own` among the values of its `peers`, the
/// unit itself not among them; in any unit, peers in any order.
///
/// # Errors
/// [`PeersError::NoPeers`] for an empty set, [`PeersError::OwnNotFinite`] and
/// [`PeersError::PeerNotFinite`] for a NaN or an infinite number.
///
/// ```
/// use diagnoza_core::resources::position;
/// let at = position(18.5, &[16.5, 17.6, 18.5, 19.5])?;
/// assert_eq!((at.n, at.rank, at.ties), (5, 2, 1));
/// assert_eq!((at.median, at.percentile), (18.5, 60.0));
/// # Ok::<(), diagnoza_core::resources::PeersError>(())
/// ```
#[doc(alias = "kwartyl")]
pub fn position(own: f64, peers: &[f64]) -> Result<Position, PeersError> {
    if peers.is_empty() {
        return Err(PeersError::NoPeers);
    }
    if !own.is_finite() {
        return Err(PeersError::OwnNotFinite { got: own });
    }
    if let Some((i, &got)) = peers.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        return Err(PeersError::PeerNotFinite { place: i + 1, peers: peers.len(), got });
    }
    let all: Vec<f64> = peers.iter().copied().chain([own]).collect();
    let Some(spread) = Spread::of(&all) else { return Err(PeersError::NoPeers) };
    let n = spread.n;
    let below = peers.iter().filter(|&&value| value < own).count();
    let above = peers.iter().filter(|&&value| value > own).count();
    let ties = peers.len() - below - above;
    Ok(Position {
        value: own,
        n,
        rank: above + 1,
        ties,
        percentile: 100.0 * (2 * below + ties + 1) as f64 / (2 * n) as f64,
        lower_quartile: spread.lower_quartile,
        median: spread.median,
        upper_quartile: spread.upper_quartile,
        from_median: own - spread.median,
        tie_rule: TieRule::Min,
        percentile_rule: PercentileRule::MidRank,
        quartile_rule: QuartileRule::Type7,
    })
}

/// Quantile `part` of `parts`, type 7, in whole numbers up to the interpolation so that no place is rounded.
pub(super) fn quantile(sorted: &[f64], part: usize, parts: usize) -> f64 {
    let place = sorted.len().saturating_sub(1) * part;
    let at = |i: usize| sorted.get(i).copied();
    let low = at(place / parts).unwrap_or_default();
    let high = at(place / parts + 1).unwrap_or(low);
    let weight = (place % parts) as f64 / parts as f64;
    // Not both ends weighted: equal ends must give themselves.
    low + (high - low) * weight
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quartiles_follow_hyndman_and_fan_type_7() {
        // R: quantile(c(1, 2, 4, 8), type = 7) gives 1.75, 3, 5.
        let at = position(4.0, &[8.0, 1.0, 2.0]).unwrap();
        assert_eq!((at.lower_quartile, at.median, at.upper_quartile), (1.75, 3.0, 5.0));
        assert_eq!((at.n, at.rank, at.ties), (4, 2, 0));
        assert_eq!((at.from_median, at.percentile), (1.0, 62.5));
    }

    #[test]
    fn equals_share_the_best_rank_and_the_middle_percentile() {
        let ranks: Vec<_> = [(9.0, [5.0, 5.0, 1.0]), (5.0, [9.0, 5.0, 1.0]), (1.0, [9.0, 5.0, 5.0])]
            .iter()
            .map(|(own, peers)| position(*own, peers).unwrap())
            .map(|at| (at.rank, at.ties, at.percentile))
            .collect();
        assert_eq!(ranks, [(1, 0, 87.5), (2, 1, 50.0), (4, 0, 12.5)]);
        let level = position(3.3, &[3.3; 5]).unwrap();
        assert_eq!((level.rank, level.percentile, level.from_median), (1, 50.0, 0.0));
        assert_eq!((level.lower_quartile, level.upper_quartile), (3.3, 3.3));
        assert_eq!(position(0.0, &[-0.0]).unwrap().ties, 1);
    }

    #[test]
    fn sets_without_peers_or_numbers_are_refused() {
        assert_eq!(position(1.0, &[]), Err(PeersError::NoPeers));
        assert!(position(f64::NAN, &[1.0]).is_err());
        assert_eq!(
            position(1.0, &[2.0, f64::INFINITY]).unwrap_err().to_string(),
            "the value of peer 2 of 2 is inf: leave out peers that have no value"
        );
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_a_reversed_scale_reverses_the_rank(
            own in -50_i8..50,
            peers in prop::collection::vec(-50_i8..50, 1..40),
        ) {
            let values: Vec<f64> = peers.iter().map(|&value| f64::from(value)).collect();
            let backwards: Vec<f64> = values.iter().rev().copied().collect();
            let negated: Vec<f64> = values.iter().map(|value| -value).collect();
            let at = position(f64::from(own), &values).unwrap();
            prop_assert_eq!(Ok(at), position(f64::from(own), &backwards));
            let other = position(-f64::from(own), &negated).unwrap();
            prop_assert_eq!(at.rank + other.rank + at.ties, at.n + 1);
            prop_assert_eq!((at.median, at.lower_quartile), (-other.median, -other.upper_quartile));
            prop_assert!((at.percentile + other.percentile - 100.0).abs() < 1e-9);
            prop_assert!(at.lower_quartile <= at.median && at.median <= at.upper_quartile);
        }
    }
}
