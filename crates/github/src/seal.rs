//! Values of secrets are sealed before they leave: only GitHub has the key that opens them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use crypto_box::PublicKey as BoxKey;
use crypto_box::aead::rand_core::CryptoRngCore;

use crate::calls::PublicKey;
use crate::{Failure, Kind};

/// The longest value of a secret that GitHub takes, in bytes.
pub const LONGEST: usize = 48 * 1_024;

impl PublicKey {
    /// `value` in a sealed box of libsodium (X25519, XSalsa20-Poly1305, the nonce by BLAKE2b), in base64, as GitHub's API
    /// wants it.
    ///
    /// # Errors
    /// When the value is too long, or the key is none.
    pub fn seal(&self, random: &mut impl CryptoRngCore, value: &str) -> Result<String, Failure> {
        if value.len() > LONGEST {
            return Err(Failure {
                kind: Kind::Invalid,
                message: format!(
                    "The value has {} KB, but a secret has at most 48: keep a shorter one, such as a key that opens a file in the repository.",
                    value.len().div_ceil(1_024)
                ),
            });
        }
        let wrong = || Failure {
            kind: Kind::Invalid,
            message: "GitHub's key for secrets cannot be read, so nothing was sent; try again.".to_owned(),
        };
        let bytes = STANDARD.decode(&self.key).map_err(|_| wrong())?;
        let key = BoxKey::from_slice(&bytes).map_err(|_| wrong())?;
        let sealed = key.seal(random, value.as_bytes()).map_err(|_| wrong())?;
        Ok(STANDARD.encode(sealed))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use crypto_box::SecretKey;
    use crypto_box::aead::rand_core::{CryptoRng, Error, RngCore, impls};
    use proptest::prelude::*;

    use super::*;

    /// Bytes that are different in each test, and the same each time.
    struct Counter(u64);

    impl RngCore for Counter {
        fn next_u32(&mut self) -> u32 {
            self.next_u64() as u32
        }
        fn next_u64(&mut self) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            self.0
        }
        fn fill_bytes(&mut self, dest: &mut [u8]) {
            impls::fill_bytes_via_next(self, dest);
        }
        fn try_fill_bytes(&mut self, dest: &mut [u8]) -> Result<(), Error> {
            self.fill_bytes(dest);
            Ok(())
        }
    }
    impl CryptoRng for Counter {}

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4))]
        #[test]
        fn only_the_owner_of_the_key_opens_it(value in ".{0,80}", seed in any::<u64>()) {
            let mut random = Counter(seed);
            let owner = SecretKey::generate(&mut random);
            let key = PublicKey { key_id: "1".to_owned(), key: STANDARD.encode(owner.public_key().as_bytes()) };
            let sealed = key.seal(&mut random, &value).unwrap();
            let bytes = STANDARD.decode(sealed).unwrap();
            prop_assert_eq!(owner.unseal(&bytes).unwrap(), value.as_bytes());
            prop_assert!(SecretKey::generate(&mut random).unseal(&bytes).is_err());
        }
    }

    #[test]
    fn what_cannot_be_sealed_gets_one_sentence() {
        let key = |key: &str| PublicKey { key_id: "1".to_owned(), key: key.to_owned() };
        let mut random = Counter(1);
        for (key, value) in
            [(key("!"), "x".to_owned()), (key("aGk="), "x".to_owned()), (key(""), "x".repeat(LONGEST + 1))]
        {
            let failure = key.seal(&mut random, &value).unwrap_err();
            assert!(failure.kind == Kind::Invalid && failure.message.ends_with('.'), "{}", failure.message);
        }
    }
}
