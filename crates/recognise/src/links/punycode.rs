//! Punycode (RFC 3492), both ways. The crate `idna` would bring 177 kB of tables into the browser.

const BASE: u32 = 36;
/// Labels are at most 63 bytes; more is refused before any work.
const LONGEST: usize = 63;

/// What stands after `xn--`, as Unicode.
pub(super) fn decode(label: &str) -> Option<String> {
    if label.len() > LONGEST || !label.is_ascii() {
        return None;
    }
    let (basic, coded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias) = (128_u32, 0_u32, 72);
    let mut digits = coded.bytes().map(digit_value).peekable();
    while digits.peek().is_some() {
        let (before, mut weight, mut k) = (i, 1_u32, BASE);
        loop {
            let digit = digits.next()??;
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let t = threshold(k, bias);
            if digit < t {
                break;
            }
            weight = weight.checked_mul(BASE - t)?;
            k += BASE;
        }
        let length = out.len() as u32 + 1;
        bias = adapt(i - before, length, before == 0);
        n = n.checked_add(i / length)?;
        i %= length;
        out.insert(i as usize, char::from_u32(n).filter(|c| !c.is_ascii())?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

/// Unicode as what stands after `xn--`.
pub(super) fn encode(label: &str) -> Option<String> {
    let chars: Vec<u32> = label.chars().map(u32::from).collect();
    if chars.len() > LONGEST {
        return None;
    }
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = out.len() as u32;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut done) = (128_u32, 0_u32, 72, basic);
    while (done as usize) < chars.len() {
        let next = chars.iter().copied().filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(done + 1)?)?;
        n = next;
        for c in &chars {
            if *c < n {
                delta = delta.checked_add(1)?;
            }
            if *c == n {
                push_number(&mut out, delta, bias);
                bias = adapt(delta, done + 1, done == basic);
                delta = 0;
                done += 1;
            }
        }
        delta += 1;
        n += 1;
    }
    Some(out)
}

fn push_number(out: &mut String, mut number: u32, bias: u32) {
    let mut k = BASE;
    loop {
        let t = threshold(k, bias);
        if number < t {
            break;
        }
        out.push(digit_char(t + (number - t) % (BASE - t)));
        number = (number - t) / (BASE - t);
        k += BASE;
    }
    out.push(digit_char(number));
}

fn threshold(k: u32, bias: u32) -> u32 {
    k.saturating_sub(bias).clamp(1, 26)
}

fn adapt(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = if first { delta / 700 } else { delta / 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > 455 {
        delta /= BASE - 1;
        k += BASE;
    }
    k + BASE * delta / (delta + 38)
}

fn digit_value(byte: u8) -> Option<u32> {
    match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    }
}

fn digit_char(value: u32) -> char {
    (if value < 26 { b'a' + value as u8 } else { b'0' + (value - 26) as u8 }) as char
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// From RFC 3492, section 7.1 (the Vietnamese sample among them), and names seen in the wild.
    const KNOWN: [(&str, &str); 4] = [
        ("TạisaohọkhôngthểchỉnóitiếngViệt", "TisaohkhngthchnitingVit-kjcr8268qyxafd2f1b9g"),
        ("аррӏе", "80ak6aa92e"),
        ("bücher", "bcher-kva"),
        ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
    ];

    #[test]
    fn known_names_go_both_ways() {
        for (unicode, ascii) in KNOWN {
            assert_eq!(decode(ascii).as_deref(), Some(unicode));
            assert_eq!(encode(unicode).as_deref(), Some(ascii));
        }
    }

    proptest! {
        #[test]
        fn what_is_encoded_decodes(label in "[a-zàáâăđêôơư\u{430}-\u{44f}一-龥]{1,12}") {
            let coded = encode(&label).unwrap();
            if coded.len() <= LONGEST && !label.is_ascii() {
                prop_assert_eq!(decode(&coded), Some(label));
            }
        }

        #[test]
        fn no_input_makes_it_panic(any in "\\PC{0,80}") {
            let _ = (decode(&any), encode(&any));
        }
    }
}
