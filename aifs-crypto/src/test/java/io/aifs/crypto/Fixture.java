package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;

/** What {@code make_fixtures.py} wrote, and the secrets it used. */
final class Fixture {
  static final DomainId DOMAIN = DomainId.fromBytes(range(0x10, 16));
  static final byte[] ROOT_KEY = range(0x20, 32);
  static final byte[] EPOCH_KEY = range(0x40, 32);
  static final byte[] DATA_KEY = range(0x80, 32);
  static final byte[] CONTENT = "what was sealed once must open for ever\n".getBytes(UTF_8);

  /** The fixture's epoch is 3, so that a fixed 1 somewhere would show. */
  static final DomainKeys KEYS =
      DomainKeys.of(DOMAIN, Map.of(1, range(1, 32), 3, EPOCH_KEY), range(0x60, 32));

  static byte[] range(int first, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }

  static byte[] bytes(String name) throws IOException {
    try (InputStream in = Fixture.class.getResourceAsStream("/keys/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  static String text(String name) throws IOException {
    return new String(bytes(name), UTF_8);
  }

  static SealContext context(RecordType type, int codec) {
    Digest storedId = KEYS.storedId(type, Digest.of(CONTENT));
    return new SealContext(DOMAIN, type, storedId, CONTENT.length, codec);
  }

  private Fixture() {}
}
