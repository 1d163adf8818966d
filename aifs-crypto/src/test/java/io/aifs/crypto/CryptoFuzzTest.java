package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.crypto.testing.ArrayContent;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.crypto.testing.SeededTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys, tokens, proofs and digests, as they come from outside. */
class CryptoFuzzTest {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final ChunkCipher CIPHER = new ChunkCipher(RandomBytes.secure());
  private static final SealContext CHUNK = Fixture.context(RecordType.CHUNK, 0);
  private static final byte[] CONTENT = SeededTest.bytes(new SplittableRandom(7), 200_000);

  @ParameterizedTest
  @MethodSource({"texts", "keys", "proofs"})
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> texts() throws IOException {
    String digest = Digest.of(CONTENT).hex();
    String domain = Fixture.DOMAIN.hex();
    return List.of(
        FuzzTarget.text(
                Macaroon.class,
                "parse",
                Macaroon::parse,
                Fixture.text("macaroon.txt").strip(),
                token(List.of()),
                token(List.of("methods = put,get", "expires = 2027-02-19T00:00:00Z")))
            .hasOneText(Macaroon::serialize),
        FuzzTarget.bytes(
                Macaroon.class,
                "parse",
                bytes -> Macaroon.parse(BASE64.encodeToString(bytes)),
                Base64.getUrlDecoder().decode(token(List.of("methods = put", "kind = tensor"))))
            .hasOneForm(token -> Base64.getUrlDecoder().decode(token.serialize())),
        FuzzTarget.text(Digest.class, "parse", Digest::parse, digest).hasOneText(Digest::hex),
        FuzzTarget.bytes(Digest.class, "fromBytes", Digest::fromBytes, Digest.of(CONTENT).toBytes())
            .hasOneForm(Digest::toBytes),
        FuzzTarget.text(DomainId.class, "parse", DomainId::parse, domain).hasOneText(DomainId::hex),
        FuzzTarget.bytes(DomainId.class, "fromBytes", DomainId::fromBytes, Fixture.DOMAIN.toBytes())
            .hasOneForm(DomainId::toBytes),
        FuzzTarget.text(
                VerifyingKey.class,
                "parse",
                VerifyingKey::parse,
                SigningKey.fromSeed(Fixture.ROOT_KEY).publicKey().hex())
            .hasOneText(VerifyingKey::hex)
            .costs(2),
        FuzzTarget.bytes(
                VerifyingKey.class,
                "fromBytes",
                VerifyingKey::fromBytes,
                SigningKey.fromSeed(Fixture.ROOT_KEY).publicKey().toBytes())
            .hasOneForm(VerifyingKey::toBytes)
            .costs(2));
  }

  private static String token(List<String> caveats) {
    return Macaroon.mint(Fixture.ROOT_KEY, "1.00112233445566778899aabbccddeeff", "aifs", caveats)
        .serialize();
  }

  static List<FuzzTarget<?>> keys() throws IOException {
    RootKey root = RootKey.fromBytes(Fixture.ROOT_KEY);
    String parameters =
        new PassphraseParameters(64, 2, 1, "000102030405060708090a0b0c0d0e0f").text();
    byte[] kek = Fixture.bytes("kek.key");
    byte[] epoch = Fixture.bytes("domain-epoch.key");
    byte[] key = Fixture.range(0, 32);
    byte[] sealed = new KeyEnvelope(RandomBytes.secure()).seal(key, Fixture.EPOCH_KEY, kek);
    return List.of(
        FuzzTarget.bytes(KeyFile.class, "decode", KeyFile::decode, kek, epoch)
            .refusesWith(DamagedKeyException.class, NewerKeyFormatException.class)
            .hasOneForm(KeyFile::encode)
            .mendedBy(CryptoFuzzTest::withDigest),
        FuzzTarget.bytes(RootKey.class, "fromBytes", RootKey::fromBytes, Fixture.ROOT_KEY),
        FuzzTarget.text(RootKey.class, "parse", RootKey::parse, root.secretText())
            .refusesWith(DamagedKeyException.class, NewerKeyFormatException.class)
            .hasStableText(RootKey::secretText)
            .mendedBy(CryptoFuzzTest::withCheck),
        FuzzTarget.text(CheckedText.class, "open", CryptoFuzzTest::opened, root.secretText())
            .refusesWith(DamagedKeyException.class, NewerKeyFormatException.class)
            .mendedBy(CryptoFuzzTest::withCheck),
        FuzzTarget.text(
                PassphraseParameters.class, "parse", PassphraseParameters::parse, parameters)
            .refusesWith(DamagedKeyException.class, NewerKeyFormatException.class)
            .hasStableText(PassphraseParameters::text)
            .mendedBy(CryptoFuzzTest::withCheck),
        FuzzTarget.text(
                RecoveryFile.class,
                "parse",
                text -> RecoveryFile.parse(text, new char[0]),
                Fixture.text("recovery-plain.txt"))
            .refusesWith(
                DamagedKeyException.class, NewerKeyFormatException.class, WrongKeyException.class)
            .hasStableText(RecoveryFile::text),
        FuzzTarget.text(
                RecoveryText.class,
                "read",
                RecoveryText::read,
                Fixture.text("recovery-plain.txt"),
                Fixture.text("recovery-sealed.txt"))
            .refusesWith(DamagedKeyException.class, NewerKeyFormatException.class),
        FuzzTarget.bytes(
                KeyEnvelope.class, "open", input -> KeyEnvelope.open(key, input, kek), sealed)
            .refusesWith(SealBrokenException.class),
        FuzzTarget.bytes(SigningKey.class, "fromSeed", SigningKey::fromSeed, Fixture.ROOT_KEY)
            .costs(10));
  }

  private static String opened(String text) throws DamagedKeyException, NewerKeyFormatException {
    return CheckedText.open(text, "aifs-root-key", 1);
  }

  private static byte[] withDigest(byte[] file) {
    int checked = Math.max(0, file.length - Digest.BYTES);
    byte[] out = Arrays.copyOf(file, checked + Digest.BYTES);
    Digest.of(file, 0, checked).writeTo(out, checked);
    return out;
  }

  private static byte[] withCheck(byte[] text) {
    byte[] body = Arrays.copyOf(text, Math.max(0, text.length - 9));
    return CheckedText.seal(new String(body, UTF_8)).getBytes(UTF_8);
  }

  static List<FuzzTarget<?>> proofs() {
    byte[] middle = proof(70_000, 5_000);
    byte[] end = proof(199_000, 1_000);
    byte[] nothing = proof(0, 0);
    byte[] chunk = Fixture.CONTENT;
    byte[] sealed = CIPHER.seal(Fixture.KEYS, CHUNK, chunk, 0, chunk.length).payload();
    return List.of(
        FuzzTarget.bytes(RangeProof.class, "parse", RangeProof::parse, middle, end, nothing)
            .refusesWith(RangeProofBrokenException.class, NewerRangeProofException.class)
            .hasOneForm(RangeProof::toBytes),
        FuzzTarget.bytes(RangeProofVerifier.class, "verify", CryptoFuzzTest::verified, middle, end)
            .refusesWith(RangeProofBrokenException.class, NewerRangeProofException.class)
            .hasOneForm(RangeProof::toBytes)
            .costs(2),
        FuzzTarget.bytes(ChunkCipher.class, "open", CryptoFuzzTest::unsealed, sealed)
            .refusesWith(SealBrokenException.class));
  }

  private static byte[] proof(long offset, long length) {
    return ArrayContent.prove(CONTENT, offset, length).toBytes();
  }

  private static RangeProof verified(byte[] proof) throws IOException {
    RangeProof parsed = RangeProof.parse(proof);
    int from = (int) Math.min(parsed.offset(), CONTENT.length);
    int length = (int) Math.min(parsed.length(), CONTENT.length - from);
    RangeProofVerifier.verify(parsed, new ByteArrayInputStream(CONTENT, from, length));
    return parsed;
  }

  private static byte[] unsealed(byte[] payload) throws SealBrokenException {
    return CIPHER.open(Fixture.KEYS, CHUNK, 3, payload);
  }
}
