//! What somebody who wrote an unknown name may have meant.

/// The end of a sentence about an unknown name: what was meant, if one of the names is near.
pub(super) fn hint(name: &str, names: &[&str]) -> String {
    nearest(name, names).map_or_else(String::new, |near| format!("; did you mean {near}?"))
}

/// The name that is the fewest changes away, if these are fewer than half of its letters.
fn nearest<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    if names.contains(&name) {
        // It is known, only not where it stands.
        return None;
    }
    let name: Vec<char> = name.to_lowercase().chars().take(NAME_CHARS_MAX).collect();
    let distances = names.iter().map(|known| (distance(&name, known), *known));
    let (distance, known) = distances.min_by_key(|(distance, _)| *distance)?;
    (distance * 2 < known.chars().count().max(3)).then_some(known)
}

/// No name that is known is half as long.
const NAME_CHARS_MAX: usize = 64;

/// How many letters have to be put in, left out, changed or swapped with the next one.
fn distance(name: &[char], known: &str) -> usize {
    let known: Vec<char> = known.to_lowercase().chars().collect();
    let mut before = Vec::new();
    let mut last: Vec<usize> = (0..=known.len()).collect();
    for (row, letter) in name.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in known.iter().enumerate() {
            let change = last[column] + usize::from(letter != other);
            let mut least = change.min(last[column + 1] + 1).min(next[column] + 1);
            let is_swap =
                row > 0 && column > 0 && name[row - 1] == *other && known[column - 1] == *letter;
            if is_swap {
                let two_before: &[usize] = &before;
                least = least.min(two_before[column - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut last, next);
    }
    last[known.len()]
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn near_names_are_suggested_and_far_ones_are_not() {
        let names = ["maxloop", "loop_interval", "boot", "to"];
        for (written, meant) in [
            ("maxlop", "; did you mean maxloop?"),
            ("maxlopo", "; did you mean maxloop?"),
            ("MaxLoop", "; did you mean maxloop?"),
            ("loop-interval", "; did you mean loop_interval?"),
            ("bot", "; did you mean boot?"),
            ("colour", ""),
            ("", ""),
            ("x", ""),
        ] {
            assert_eq!(hint(written, &names), meant, "{written}");
        }
        assert_eq!(hint(&"boot".repeat(100_000), &names), "");
        assert_eq!(hint("boot", &[]), "");
    }
}
