//! What the validators claim, measured: the share of random strings they accept, and which
//! single-digit errors they see. Nothing may panic.

use proptest::prelude::*;
use sluicegate_validators::{Argument, Call, MAX_LEN, Validator, all};

/// Schemes that see every change of one digit, in every valid vector.
const SEES_EVERY_DIGIT: &[&str] = &[
    "luhn",
    "verhoeff",
    "damm",
    "iso7064-mod11-2",
    "iso7064-mod37-2",
    "iso7064-mod97-10",
    "iso7064-mod11-10",
    "iso7064-mod37-36",
    "card",
    "iban",
    "us-aba",
    "isbn",
    "issn",
    "ean",
    "isin",
    "cusip",
    "sedol",
    "lei",
    "figi",
    "imei",
    "npi",
    "ca-sin",
    "uk-nhs",
    "de-steuer-id",
    "de-ust-id",
    "fr-nir",
    "fr-siren",
    "es-dni",
    "es-nie",
    "it-partita-iva",
    "nl-bsn",
    "pl-pesel",
    "pl-nip",
    "no-fodselsnummer",
    "fi-hetu",
    "hu-taj",
    "hr-oib",
    "at-svnr",
    "ch-ahv",
    "ar-cbu",
    "ec-cedula",
    "mx-clabe",
    "in-aadhaar",
    "cn-ric",
    "cn-uscc",
    "hk-id",
    "sg-nric",
    "au-tfn",
    "au-abn",
    "za-id",
    "il-id",
    "tr-tckn",
    "mx-rfc",
    "in-gstin",
    "base58check",
    "bech32",
    "github-crc32",
    "icao-passport",
    "cl-rut",
    "at-steuernummer",
    "be-enterprise",
    "be-eid",
    "ch-esr",
    "ec-number",
    "fi-y-tunnus",
    "hu-giro",
    "lu-matricule",
    "pl-dowod",
    "pl-paszport",
    "rf-creditor",
];

/// Schemes that see most: two remainders share a check digit, a weight has a factor in common with
/// the modulus, or a digit is outside the sum.
const SEES_MOST_DIGITS: &[&str] = &[
    "uk-utr",
    "si-emso",
    "imo",
    "au-acn",
    "dea",
    "mx-curp",
    "se-personnummer",
    "pl-regon",
    "pt-nif",
    "be-nrn",
    "ro-cnp",
    "bg-egn",
    "gr-afm",
    "ie-pps",
    "ee-isikukood",
    "lt-asmens-kodas",
    "br-cpf",
    "br-cnpj",
    "ar-cuit",
    "co-nit",
    "pe-ruc",
    "uy-ci",
    "jp-my-number",
    "tw-id",
    "th-id",
    "nz-ird",
    "ua-rntrc",
    "ru-inn",
    "ru-snils",
    "it-codice-fiscale",
    "vin",
    "es-ccc",
    "euro-banknote",
    "iso6346",
    "sepa-creditor",
    "at-uid",
    "bg-eik",
    "by-unp",
    "ch-uid",
    "cy-tic",
    "cz-ico",
    "dk-cvr",
    "ee-registrikood",
    "lt-imones-kodas",
    "lt-pvm",
    "es-nuss",
    "fr-tva",
    "fr-spi",
    "gb-vat",
    "hu-adoszam",
    "is-kennitala",
    "lu-tva",
    "md-idno",
    "me-pib",
    "mk-edb",
    "mt-vat",
    "no-orgnr",
    "no-kontonummer",
    "pl-pwz",
    "pt-niss",
    "ro-cui",
    "se-vat",
    "si-ddv",
    "tr-vkn",
    "ua-edrpou",
    "az-voen",
    "eic",
    "cas",
    "de-rvnr",
    "de-kvnr",
    "ru-ogrn",
];

/// Validators of hexadecimal text: random letters would not be of its shape.
const HEXADECIMAL: &[&str] = &["uuid", "not-uuid", "mac", "ipv6", "eip55"];

const STRINGS: u32 = 200_000;

/// A small generator (xorshift) with a fixed seed: the test is the same on every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u8) -> u8 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 24) % u64::from(bound)) as u8
    }

    /// A string of the same shape: digits for digits, letters for letters of the same case.
    fn like(&mut self, model: &str, hexadecimal: bool) -> Vec<u8> {
        let (prefix, body) = model.split_at(if model.starts_with("0x") { 2 } else { 0 });
        let random = body.bytes().map(|byte| match byte {
            b'0'..=b'9' | b'a'..=b'f' if hexadecimal => {
                b"0123456789abcdef"[usize::from(self.below(16))]
            }
            b'A'..=b'F' if hexadecimal => b"0123456789ABCDEF"[usize::from(self.below(16))],
            b'0'..=b'9' => b'0' + self.below(10),
            b'a'..=b'z' => b'a' + self.below(26),
            b'A'..=b'Z' => b'A' + self.below(26),
            other => other,
        });
        prefix.bytes().chain(random).collect()
    }
}

fn call(validator: &Validator) -> Call {
    Call::parse(validator.name).expect("the name of a registered validator")
}

#[test]
fn acceptance_of_random_strings_is_as_stated() {
    let mut wrong = Vec::new();
    for validator in all() {
        let call = call(validator);
        let mut random = Random(0x9E37_79B9_7F4A_7C15);
        let hexadecimal = HEXADECIMAL.contains(&validator.name);
        let accepted = (0..STRINGS)
            .filter(|_| call.check(&random.like(validator.valid[0], hexadecimal)))
            .count();
        let accepted = f64::from(u32::try_from(accepted).expect("at most as many as were made"));
        let expected = validator.chance * f64::from(STRINGS);
        // Four standard deviations, which matter only where few are expected.
        let noise = 4.0 * expected.sqrt() + 1.0;
        if accepted > expected * 1.3 + noise || accepted < expected / 1.3 - noise {
            wrong.push(format!(
                "{}: accepts {accepted} of {STRINGS}, its chance says {expected}",
                validator.name
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// How many of all changes of one digit to another a validator refuses, and how many there are.
fn single_errors(validator: &Validator) -> (usize, usize) {
    let call = call(validator);
    let (mut seen, mut made) = (0, 0);
    for vector in validator.valid {
        for (at, byte) in vector
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_digit())
        {
            for other in (b'0'..=b'9').filter(|&other| other != byte) {
                let mut changed = vector.as_bytes().to_vec();
                changed[at] = other;
                made += 1;
                seen += usize::from(!call.check(&changed));
            }
        }
    }
    (seen, made)
}

#[test]
fn single_digit_errors_are_seen_where_the_scheme_promises_it() {
    let mut wrong = Vec::new();
    let find = |name: &str| {
        all()
            .iter()
            .find(|validator| validator.name == name)
            .expect("a name")
    };
    for name in SEES_EVERY_DIGIT {
        let (seen, made) = single_errors(find(name));
        if seen != made {
            wrong.push(format!("{name}: sees {seen} of {made}"));
        }
    }
    for name in SEES_MOST_DIGITS {
        let (seen, made) = single_errors(find(name));
        if seen * 100 < made * 85 {
            wrong.push(format!("{name}: sees {seen} of {made}, less than 85 %"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn values_beyond_every_bound_are_refused_or_counted_only() {
    let long = vec![b'1'; MAX_LEN + 1];
    for validator in all()
        .iter()
        .filter(|validator| validator.name != "not-uuid")
    {
        assert!(!call(validator).check(&long), "{}", validator.name);
    }
}

#[test]
fn entropy_rises_and_falls_with_its_argument() {
    let value = b"qX7vR2mK9pLw4TzB0123";
    let passes: Vec<bool> = (0..=800)
        .map(|n| Call::parse(&format!("entropy:{}.{:02}", n / 100, n % 100)).expect("in range"))
        .map(|call| call.check(value))
        .collect();
    assert!(passes[0] && !passes[800]);
    assert!(
        passes.windows(2).all(|pair| pair[0] || !pair[1]),
        "monotone"
    );
    // Sixteen bytes once each are exactly four bits.
    assert!(
        Call::parse("entropy:4")
            .expect("in range")
            .check(b"0123456789abcdef")
    );
    assert!(
        !Call::parse("entropy:4.01")
            .expect("in range")
            .check(b"0123456789abcdef")
    );
}

/// Any bytes, or a valid vector with a few bytes replaced, cut or added.
fn value() -> impl Strategy<Value = Vec<u8>> {
    let vectors: Vec<&'static str> = all()
        .iter()
        .flat_map(|validator| validator.valid.iter().copied())
        .collect();
    let edited = (
        proptest::sample::select(vectors),
        any::<[(u16, u8, u8); 3]>(),
    )
        .prop_map(|(vector, edits)| {
            let mut bytes = vector.as_bytes().to_vec();
            for (at, byte, kind) in edits {
                let at = usize::from(at) % (bytes.len() + 1);
                match kind % 4 {
                    0 if at < bytes.len() => bytes[at] = byte,
                    1 if at < bytes.len() => drop(bytes.remove(at)),
                    2 => bytes.insert(at, byte),
                    3 => bytes.truncate(at),
                    _ => {}
                }
            }
            bytes
        });
    prop_oneof![
        edited,
        proptest::collection::vec(any::<u8>(), 0..200),
        "[0-9A-Za-z .<>/+@:_-]{0,120}".prop_map(String::into_bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn no_bytes_make_a_check_panic(value in value(), argument in any::<u32>()) {
        for validator in all() {
            call(validator).check(&value);
            if let Argument::Whole { least, most, .. } = validator.argument {
                let argument = least + argument % (most - least + 1);
                let text = format!("{}:{argument}", validator.name);
                Call::parse(&text).expect("in range").check(&value);
            }
        }
    }

    #[test]
    fn no_text_makes_parsing_panic(text in ".{0,80}") {
        let _either = Call::parse(&text);
    }
}
