//! Checks that decide from a value's bytes alone whether it is what its pattern suggests.
//!
//! A pack names them in `validate`; [`Call`] is such a name with its argument. Every check is pure,
//! reads at most [`MAX_LEN`] bytes, and never panics. Each takes the bytes as they were matched:
//! its usual separators are skipped, letters count without regard to case where the format allows
//! it.
//!
//! | file or folder | holds |
//! |---|---|
//! | `validator.rs`, `call.rs` | the types |
//! | `symbols.rs`, `arithmetic.rs`, `calendar.rs`, `country.rs` | what the checks share |
//! | `checksum/` | check-digit systems that no single identifier owns |
//! | `crypto/` | addresses of cryptocurrencies |
//! | `document/` | travel documents |
//! | `finance/` | cards, accounts, securities |
//! | `health/` | identifiers of health care |
//! | `national/` | people and companies, one file per country or group of neighbours |
//! | `network/` | addresses of machines and people |
//! | `object/` | vehicles, devices, ships |
//! | `text/` | tests of any text |
//! | `token/` | tokens that carry a check of their own |
//!
//! ```
//! use sluicegate_validators::Call;
//! let luhn = Call::parse("luhn")?;
//! assert!(luhn.check(b"79927398713"));
//! assert!(!luhn.check(b"79927398714"));
//! # Ok::<(), sluicegate_validators::CallError>(())
//! ```

mod arithmetic;
mod calendar;
mod call;
mod checksum;
mod country;
mod crypto;
mod document;
mod finance;
mod health;
mod national;
mod network;
mod object;
mod symbols;
mod text;
mod token;
mod validator;

pub use call::{Call, CallError};
pub use validator::{Argument, Validator};

/// The longest value any check accepts, in bytes: the longest match a classifier may ask for.
pub const MAX_LEN: usize = 65536;

/// Every validator, by family.
pub fn all() -> &'static [&'static Validator] {
    ALL
}

/// The validator with this name.
pub fn find(name: &str) -> Option<&'static Validator> {
    ALL.iter().find(|validator| validator.name == name).copied()
}

static ALL: &[&Validator] = &[
    &checksum::damm::DAMM,
    &checksum::gtin::EAN,
    &checksum::gtin::ISBN,
    &checksum::gtin::ISSN,
    &checksum::iso7064::MOD11_10,
    &checksum::iso7064::MOD11_2,
    &checksum::iso7064::MOD37_2,
    &checksum::iso7064::MOD37_36,
    &checksum::iso7064::MOD97_10,
    &checksum::luhn::LUHN,
    &checksum::verhoeff::VERHOEFF,
    &crypto::base58check::BASE58CHECK,
    &crypto::bech32::BECH32,
    &crypto::eip55::EIP55,
    &document::mrz::MRZ,
    &document::mrz::PASSPORT,
    &finance::aba::ABA,
    &finance::bic::BIC,
    &finance::card::CARD,
    &finance::creditor::REFERENCE,
    &finance::creditor::SEPA,
    &finance::iban::IBAN,
    &finance::securities::CUSIP,
    &finance::securities::FIGI,
    &finance::securities::ISIN,
    &finance::securities::LEI,
    &finance::securities::SEDOL,
    &health::dea::DEA,
    &health::mbi::MBI,
    &health::npi::NPI,
    &national::africa::GH_TIN,
    &national::africa::MA_ICE,
    &national::africa::MU_NID,
    &national::africa::MZ_NUIT,
    &national::africa::SN_NINEA,
    &national::africa::TN_MF,
    &national::andes::CEDULA,
    &national::andes::CI,
    &national::andes::CUI,
    &national::andes::EC_RUC,
    &national::andes::NIT,
    &national::andes::RUC,
    &national::ar::CBU,
    &national::ar::CUIT,
    &national::asia::ID_NIK,
    &national::asia::JP_MY_NUMBER,
    &national::asia::KR_RRN,
    &national::asia::MY_NRIC,
    &national::asia::SG_NRIC,
    &national::asia::TH_ID,
    &national::asia::TH_TIN,
    &national::at::STEUERNUMMER,
    &national::at::SVNR,
    &national::at::UID,
    &national::az::VOEN,
    &national::balkan::EDB,
    &national::balkan::PIB,
    &national::baltic::ASMENS_KODAS,
    &national::baltic::IMONE,
    &national::baltic::ISIKUKOOD,
    &national::baltic::KMKR,
    &national::baltic::PERSONAS_KODS,
    &national::baltic::PVM,
    &national::baltic::PVN,
    &national::baltic::REGISTRIKOOD,
    &national::be::EID,
    &national::be::ENTERPRISE,
    &national::be::NRN,
    &national::be::OGM,
    &national::bg::EGN,
    &national::bg::EIK,
    &national::bg::LNCH,
    &national::bg::VAT,
    &national::br::CNH,
    &national::br::CNPJ,
    &national::br::CNS,
    &national::br::CPF,
    &national::br::PIS,
    &national::br::TITULO,
    &national::by::UNP,
    &national::ca::BC_PHN,
    &national::ca::BN,
    &national::ca::SIN,
    &national::caribbean::DO_RNC,
    &national::caribbean::GT_CUI,
    &national::caribbean::GT_NIT,
    &national::caribbean::NI_CEDULA,
    &national::caribbean::SV_DUI,
    &national::caribbean::SV_NIT,
    &national::ch::AHV,
    &national::ch::ESR,
    &national::ch::UID,
    &national::china::HONG_KONG,
    &national::china::RIC,
    &national::china::TAIWAN,
    &national::china::USCC,
    &national::cl::RUT,
    &national::company::CN_ORGANISATION,
    &national::company::ID_NPWP,
    &national::company::JP_CORPORATE,
    &national::company::KR_BUSINESS,
    &national::company::KR_CORPORATION,
    &national::company::PH_TIN,
    &national::company::SG_UEN,
    &national::company::TW_UBN,
    &national::company::VN_MST,
    &national::cy::TIC,
    &national::cz::ACCOUNT,
    &national::cz::DIC,
    &national::cz::DPH,
    &national::cz::ICO,
    &national::cz::RODNE_CISLO,
    &national::de::AUSWEIS,
    &national::de::KVNR,
    &national::de::LANR,
    &national::de::RVNR,
    &national::de::STEUER_ID,
    &national::de::UST_ID,
    &national::dk::CPR,
    &national::dk::CVR,
    &national::es::CATASTRO,
    &national::es::CCC,
    &national::es::CIF,
    &national::es::CUPS,
    &national::es::DNI,
    &national::es::NIE,
    &national::es::NIF,
    &national::es::NUSS,
    &national::eu::BANKNOTE,
    &national::eu::EIC,
    &national::fi::HETU,
    &national::fi::YTUNNUS,
    &national::fr::NIR,
    &national::fr::SIREN,
    &national::fr::SIRET,
    &national::fr::SPI,
    &national::fr::TVA,
    &national::gb::NHS,
    &national::gb::NINO,
    &national::gb::UPN,
    &national::gb::UTR,
    &national::gb::VAT,
    &national::gr::AFM,
    &national::gulf::IR_CODE,
    &national::gulf::IR_COMPANY,
    &national::gulf::KW_CIVIL,
    &national::gulf::KZ_IIN,
    &national::gulf::OM_VAT,
    &national::hr::OIB,
    &national::hu::ADOAZONOSITO,
    &national::hu::ADOSZAM,
    &national::hu::GIRO,
    &national::hu::TAJ,
    &national::ie::PPS,
    &national::ie::VAT,
    &national::il::ID,
    &national::india::AADHAAR,
    &national::india::GSTIN,
    &national::india::PAN,
    &national::is::KENNITALA,
    &national::it::AIC,
    &national::it::CODICE_FISCALE,
    &national::it::PARTITA_IVA,
    &national::lu::MATRICULE,
    &national::lu::TVA,
    &national::md::IDNO,
    &national::mt::VAT,
    &national::mx::CLABE,
    &national::mx::CURP,
    &national::mx::RFC,
    &national::nl::BSN,
    &national::nl::BTW,
    &national::nl::ONDERWIJS,
    &national::no::FODSELSNUMMER,
    &national::no::KONTO,
    &national::no::ORGNR,
    &national::pacific::ABN,
    &national::pacific::ACN,
    &national::pacific::MEDICARE,
    &national::pacific::NZ_ACCOUNT,
    &national::pacific::NZ_IRD,
    &national::pacific::PROVIDER,
    &national::pacific::TFN,
    &national::pl::DOWOD,
    &national::pl::NIP,
    &national::pl::PASZPORT,
    &national::pl::PESEL,
    &national::pl::PWZ,
    &national::pl::REGON,
    &national::plata::PY_RUC,
    &national::plata::UY_RUT,
    &national::plata::VE_RIF,
    &national::pt::CC,
    &national::pt::NIF,
    &national::pt::NISS,
    &national::ro::CNP,
    &national::ro::CUI,
    &national::ru::INN,
    &national::ru::OGRN,
    &national::ru::SNILS,
    &national::se::PERSONNUMMER,
    &national::se::VAT,
    &national::si::DDV,
    &national::si::EMSO,
    &national::si::MATICNA,
    &national::tr::TCKN,
    &national::tr::VKN,
    &national::ua::EDRPOU,
    &national::ua::RNTRC,
    &national::us::EIN,
    &national::us::ITIN,
    &national::us::SSN,
    &national::za::ID,
    &network::email::EMAIL,
    &network::ip::IPV4,
    &network::ip::IPV4_PUBLIC,
    &network::ip::IPV6,
    &network::mac::MAC,
    &network::phone::E164,
    &network::uuid::NOT_UUID,
    &network::uuid::UUID,
    &object::container::CONTAINER,
    &object::imei::IMEI,
    &object::imei::MEID,
    &object::imo::IMO,
    &object::substance::CAS,
    &object::substance::EC,
    &object::vin::VIN,
    &text::classes::HAS_DIGIT,
    &text::classes::HAS_LETTER,
    &text::classes::HAS_UPPER_LOWER_DIGIT,
    &text::classes::LENGTH,
    &text::classes::MIN_DISTINCT,
    &text::classes::NOT_HEX_ONLY,
    &text::classes::NOT_WORD,
    &text::date::DATE,
    &text::entropy::ENTROPY,
    &text::placeholder::NOT_PLACEHOLDER,
    &text::placeholder::NOT_SEQUENTIAL,
    &token::github::CRC32,
    &token::jwt::JWT,
];
