//! When a delivery is tried again: a pure rule.

use jiff::{SignedDuration, Timestamp};

/// The pauses after the first, second, … try; the last one goes on.
pub(super) const SCHEDULE: &[SignedDuration] = &[
    SignedDuration::from_secs(5),
    SignedDuration::from_secs(30),
    SignedDuration::from_mins(2),
    SignedDuration::from_mins(10),
    SignedDuration::from_mins(30),
    SignedDuration::from_hours(2),
    SignedDuration::from_hours(5),
    SignedDuration::from_hours(10),
];
/// The same for chat, whose one other side is asked again soon: what is late by minutes is late.
pub(super) const QUICK: &[SignedDuration] =
    &[SignedDuration::from_secs(2), SignedDuration::from_secs(5)];
/// So long after the first try it is given up; also the longest that the other side can ask us to wait.
pub(super) const GIVE_UP: SignedDuration = SignedDuration::from_hours(24);
/// So long after the first try it is given up if nothing ever spoke against the recipient.
pub(super) const GIVE_UP_HELD: SignedDuration = SignedDuration::from_hours(7 * 24);

/// When the delivery is tried next after its try number `attempt` failed; none if it is given up.
///
/// The pause is up to 10 % shorter or longer, always the same for the same delivery and attempt, so that what failed
/// together doesn't come back together. `not_before` wins if it is later. The last try comes when the time is over.
pub(super) fn next(
    pauses: &[SignedDuration],
    delivery: &str,
    attempt: u32,
    first_attempt_at: Timestamp,
    now: Timestamp,
    (not_before, give_up): (Option<Timestamp>, SignedDuration),
) -> Option<Timestamp> {
    let end = first_attempt_at.checked_add(give_up).unwrap_or(Timestamp::MAX);
    if now >= end {
        return None;
    }
    let index = usize::try_from(attempt.saturating_sub(1)).unwrap_or(usize::MAX);
    let pause = pauses.get(index).or(pauses.last()).copied().unwrap_or_default();
    let millis = pause.as_millis();
    let pause = millis.saturating_mul(900 + jitter(delivery, attempt)) / 1_000;
    let pause = SignedDuration::from_millis(i64::try_from(pause).unwrap_or(i64::MAX));
    let due = now.checked_add(pause).unwrap_or(Timestamp::MAX).min(end);
    let latest = now.checked_add(GIVE_UP).unwrap_or(Timestamp::MAX);
    Some(not_before.map_or(due, |not_before| not_before.min(latest).max(due)))
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

    #[test]
    fn pauses_grow_by_the_schedule_within_a_tenth() {
        for (attempt, pause) in (1..).zip([5, 30, 120, 600, 1_800, 7_200, 18_000, 36_000, 36_000]) {
            let due = next(SCHEDULE, ID, attempt, at(0), at(1), (None, GIVE_UP)).unwrap();
            let waited = due.duration_since(at(1)).as_millis();
            assert!((pause * 900..=pause * 1_100).contains(&waited), "{attempt}: {waited} ms");
        }
    }

    #[test]
    fn deliveries_that_failed_together_come_back_apart() {
        let dues: std::collections::BTreeSet<_> = (0..100)
            .map(|n| next(SCHEDULE, &format!("{ID}{n}"), 3, at(0), at(0), (None, GIVE_UP)))
            .collect();
        assert!(dues.len() > 50, "{} different times", dues.len());
    }

    #[test]
    fn the_other_sides_wish_wins_if_it_is_later() {
        assert_eq!(next(SCHEDULE, ID, 1, at(0), at(0), (Some(at(900)), GIVE_UP)), Some(at(900)));
        let soon = next(SCHEDULE, ID, 1, at(0), at(0), (Some(at(1)), GIVE_UP));
        assert_eq!(soon, next(SCHEDULE, ID, 1, at(0), at(0), (None, GIVE_UP)));
        let a_year = Some(at(365 * 86_400));
        assert_eq!(next(SCHEDULE, ID, 1, at(0), at(0), (a_year, GIVE_UP)), Some(at(86_400)));
    }

    #[test]
    fn a_day_after_the_first_try_it_is_tried_once_more_and_then_given_up() {
        assert_eq!(next(SCHEDULE, ID, 9, at(0), at(80_000), (None, GIVE_UP)), Some(at(86_400)));
        assert_eq!(next(SCHEDULE, ID, 10, at(0), at(86_400), (None, GIVE_UP)), None);
        let held = next(SCHEDULE, ID, 10, at(0), at(86_400), (None, GIVE_UP_HELD));
        assert!(held.is_some_and(|due| due > at(86_400)), "{held:?}");
        assert_eq!(next(SCHEDULE, ID, 30, at(0), at(7 * 86_400), (None, GIVE_UP_HELD)), None);
    }
}
