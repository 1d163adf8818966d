package io.aifs.core.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import java.util.regex.Pattern;

/** The id of a signing key: the first 32 hex digits of the BLAKE3 of its 32 public bytes. */
public record SigningKeyId(String hex) {
  static final int BYTES = 16;

  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public SigningKeyId {
    requireNonNull(hex, "hex is null");
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("signing key id is not 32 lower-case hex digits");
    }
  }

  public static SigningKeyId of(VerifyingKey key) {
    return new SigningKeyId(Digest.of(key.toBytes()).hex().substring(0, 2 * BYTES));
  }

  @Override
  public String toString() {
    return hex;
  }
}
