//! Whether a secret can be guessed although it is long enough: few characters, repetitions, rows of the keyboard,
//! well-known words. What a machine made at random is never taken for guessable.

use std::collections::BTreeSet;

/// Words that people put where a secret belongs.
const WORDS: &[&str] = &[
    "admin",
    "administrator",
    "apikey",
    "candor",
    "change",
    "changeme",
    "default",
    "demo",
    "dragon",
    "example",
    "football",
    "foo",
    "bar",
    "for",
    "geheim",
    "grafana",
    "hello",
    "hunter",
    "iloveyou",
    "key",
    "letmein",
    "login",
    "master",
    "metrics",
    "monitoring",
    "monkey",
    "alert",
    "our",
    "passphrase",
    "passwd",
    "password",
    "passwort",
    "prometheus",
    "root",
    "sample",
    "secret",
    "slack",
    "status",
    "statuspage",
    "test",
    "testing",
    "the",
    "token",
    "trustno",
    "user",
    "webhook",
    "welcome",
    "world",
];

/// Characters in an order that everybody knows, which is as well known backwards.
const ROWS: &[&str] = &[
    "0123456789abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "02468ace",
    "13579bdf",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "qsdfghjklm",
    "zxcvbnm",
    "yxcvbnm",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "!@#$%^&*()",
];

/// So many characters a piece of a secret has on average that is put together of words and rows.
const PER_PIECE: usize = 4;
/// A key of 64 random hexadecimal digits practically always has more different ones.
const MAX_DISTINCT: usize = 8;

/// Whether this secret is among those that people think of, and attackers try first.
pub(super) fn is_guessable(secret: &str) -> bool {
    let secret: Vec<char> = secret.chars().flat_map(char::to_lowercase).collect();
    let distinct = secret.iter().collect::<BTreeSet<_>>().len();
    let repeats = |period: usize| {
        secret.iter().zip(secret.iter().skip(period)).all(|(one, later)| one == later)
    };
    let joined: Vec<char> =
        secret.iter().copied().filter(|c| !matches!(c, ' ' | '-' | '_' | '.')).collect();
    distinct < (secret.len() / 5).min(MAX_DISTINCT)
        || (1..=secret.len() / 2).any(repeats)
        || pieces(&joined) * PER_PIECE <= joined.len()
}

/// Of how many words, parts of rows, repetitions of one character, and other characters a text is put together.
fn pieces(text: &[char]) -> usize {
    let (mut rest, mut pieces) = (text, 0);
    while let Some(&first) = rest.first() {
        let word = WORDS.iter().map(|word| begins_with(rest, word)).max().unwrap_or(0);
        let row =
            ROWS.iter().map(|row| along(rest, row.chars()).max(along(rest, row.chars().rev())));
        let row = row.max().unwrap_or(0);
        let same = rest.iter().take_while(|&&c| c == first).count();
        rest = rest.get(word.max(row).max(same)..).unwrap_or_default();
        pieces += 1;
    }
    pieces
}

/// The length of the word if the text begins with it, also as `p@ssw0rd`; else 0.
fn begins_with(text: &[char], word: &str) -> usize {
    let plain = text.iter().map(|c| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        other => *other,
    });
    let length = word.chars().count();
    if plain.take(length).eq(word.chars()) { length } else { 0 }
}

/// How many characters of the text follow each other on a row of the keyboard.
fn along(text: &[char], row: impl Iterator<Item = char>) -> usize {
    let row = row.skip_while(|c| Some(c) != text.first());
    text.iter().zip(row).take_while(|(one, other)| *one == other).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_that_people_make_up_are_guessable() {
        for secret in [
            &format!("{}1", "0".repeat(63)),
            &"0123456789abcdef".repeat(4),
            "0123456789abcdeffedcba9876543210",
            &"deadbeef".repeat(8),
            "passwordpassword",
            "secretsecretsecret",
            "Password12345678",
            "P@ssw0rd!",
            "candor-metrics-secret",
            "alert-secret-1",
            "let me in",
            "qwertyuiopasdfghjkl",
            "qwertzuiopasdfghjkl",
            "1qaz2wsx3edc4rfv",
            "aaaabbbbccccdddd",
            "hunter2-hunter2-hunter2",
            "--------",
        ] {
            assert!(is_guessable(secret), "{secret}");
        }
    }

    #[test]
    fn random_secrets_are_not_guessable() {
        const HEX: &str = "0123456789abcdef";
        const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        const BASE64: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        // SplitMix64: the same keys in each run.
        let mut state = 11_u64;
        let mut random = || {
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ (mixed >> 31)
        };
        for (alphabet, length) in
            [(HEX, 64), (HEX, 32), (HEX, 16), (BASE64, 32), (ALNUM, 16), (ALNUM, 8)]
        {
            let alphabet: Vec<char> = alphabet.chars().collect();
            for _ in 0..2_000 {
                let mut one = || {
                    let index = random() % u64::try_from(alphabet.len()).unwrap();
                    alphabet[usize::try_from(index).unwrap()]
                };
                let secret: String = (0..length).map(|_| one()).collect();
                assert!(!is_guessable(&secret), "{secret}");
            }
        }
    }

    #[test]
    fn a_long_sentence_is_not_guessable() {
        for secret in
            ["correct horse battery staple", "a-passphrase-for-the-rig", "Zwölf Boxkämpfer"]
        {
            assert!(!is_guessable(secret), "{secret}");
        }
    }
}
