//! When a delivery is tried again: a pure function.

use jiff::{SignedDuration, Timestamp};

/// The delays after the first, second, … attempt; the last one repeats.
pub(super) const RETRY_DELAYS: &[SignedDuration] = &[
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
];
/// The same for chat, where minutes matter and there is only one other side.
pub(super) const CHAT_RETRY_DELAYS: &[SignedDuration] =
    &[SignedDuration::from_secs(2), SignedDuration::from_secs(5)];
/// A delivery is given up this long after its first attempt. Also the longest wait that the other side can ask for.
pub(super) const GIVE_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);
/// The same for a recipient who never caused a failure.
pub(super) const GIVE_UP_HELD_AFTER: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An attempt that failed.
pub(super) struct FailedAttempt<'a> {
    /// The delivery's id.
    pub(super) delivery: &'a str,
    /// 1 for the first one.
    pub(super) attempt: u32,
    pub(super) first_attempt_at: Timestamp,
    /// What the other side asked for.
    pub(super) not_before: Option<Timestamp>,
    pub(super) give_up_after: SignedDuration,
}

impl FailedAttempt<'_> {
    /// When the delivery is tried again; none if it is given up.
    ///
    /// The delay is up to 10 % shorter or longer, always the same for the same delivery and attempt, so that messages
    /// that failed together don't come back together. `not_before` wins if it is later. The last attempt comes at the
    /// end of the time.
    pub(super) fn next_attempt(
        &self,
        delays: &[SignedDuration],
        now: Timestamp,
    ) -> Option<Timestamp> {
        let end = self.first_attempt_at.checked_add(self.give_up_after).unwrap_or(Timestamp::MAX);
        if now >= end {
            return None;
        }
        let index = usize::try_from(self.attempt.saturating_sub(1)).unwrap_or(usize::MAX);
        let delay = delays.get(index).or(delays.last()).copied().unwrap_or_default();
        let millis = delay.as_millis();
        let delay = millis.saturating_mul(900 + jitter(self.delivery, self.attempt)) / 1_000;
        let delay = SignedDuration::from_millis(i64::try_from(delay).unwrap_or(i64::MAX));
        let due = now.checked_add(delay).unwrap_or(Timestamp::MAX).min(end);
        let latest = now.checked_add(GIVE_UP_AFTER).unwrap_or(Timestamp::MAX);
        Some(self.not_before.map_or(due, |not_before| not_before.min(latest).max(due)))
    }
}

/// 0 to 200, by FNV-1a over delivery and attempt.
fn jitter(delivery: &str, attempt: u32) -> i128 {
    let bytes = delivery.bytes().chain(attempt.to_be_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    // The low bits of FNV mix worst.
    i128::from((hash >> 32) % 201)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0190a6f0-0000-7000-8000-000000000001";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn failed(attempt: u32) -> FailedAttempt<'static> {
        FailedAttempt {
            delivery: ID,
            attempt,
            first_attempt_at: at(0),
            not_before: None,
            give_up_after: GIVE_UP_AFTER,
        }
    }

    #[test]
    fn delays_grow_by_the_schedule_within_a_tenth() {
        for (attempt, delay) in (1..).zip([5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 36_000]) {
            let due = failed(attempt).next_attempt(RETRY_DELAYS, at(1)).unwrap();
            let waited = due.duration_since(at(1)).as_millis();
            assert!((delay * 900..=delay * 1_100).contains(&waited), "{attempt}: {waited} ms");
        }
    }

    #[test]
    fn deliveries_that_failed_together_come_back_apart() {
        let dues: std::collections::BTreeSet<_> = (0..100)
            .map(|n| {
                let delivery = format!("{ID}{n}");
                FailedAttempt { delivery: &delivery, ..failed(3) }.next_attempt(RETRY_DELAYS, at(0))
            })
            .collect();
        assert!(dues.len() > 50, "{} different times", dues.len());
    }

    #[test]
    fn the_servers_retry_after_wins_if_it_is_later() {
        let asked = |seconds| {
            let failed = FailedAttempt { not_before: Some(at(seconds)), ..failed(1) };
            failed.next_attempt(RETRY_DELAYS, at(0))
        };
        assert_eq!(asked(900), Some(at(900)));
        assert_eq!(asked(1), failed(1).next_attempt(RETRY_DELAYS, at(0)));
        assert_eq!(asked(365 * 86_400), Some(at(86_400)), "a year");
    }

    #[test]
    fn a_day_after_the_first_attempt_there_is_a_last_one() {
        assert_eq!(failed(9).next_attempt(RETRY_DELAYS, at(80_000)), Some(at(86_400)));
        assert_eq!(failed(10).next_attempt(RETRY_DELAYS, at(86_400)), None);
        let held = |attempt| FailedAttempt { give_up_after: GIVE_UP_HELD_AFTER, ..failed(attempt) };
        let due = held(10).next_attempt(RETRY_DELAYS, at(86_400));
        assert!(due.is_some_and(|due| due > at(86_400)), "{due:?}");
        assert_eq!(held(30).next_attempt(RETRY_DELAYS, at(7 * 86_400)), None);
    }
}
