package io.aifs.server.keys;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.KeyFile;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a signing key lies: {@code keys/<domain>/signing.<namespace>.<number>.key}.
 *
 * @param number from 1; the highest is the current key
 */
record SigningKeyName(DomainId domain, Name namespace, int number) {
  static final Comparator<SigningKeyName> BY_NUMBER =
      Comparator.comparingInt(SigningKeyName::number);

  private static final Pattern FILE =
      Pattern.compile("keys/([0-9a-f]{32})/signing\\.(.+)\\.([1-9][0-9]{0,8})\\.key");

  /** Reads {@link #file}; empty for the name of anything else. */
  static Optional<SigningKeyName> parse(String file) {
    Matcher matcher = FILE.matcher(file);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new SigningKeyName(
              DomainId.parse(matcher.group(1)),
              new Name(matcher.group(2)),
              Integer.parseInt(matcher.group(3))));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static String directory(DomainId domain) {
    return KeyFolder.ROOT + "/" + domain.hex();
  }

  boolean isOf(DomainId otherDomain, Name otherNamespace) {
    return domain.equals(otherDomain) && namespace.equals(otherNamespace);
  }

  /**
   * What is public of the key in the file of this name.
   *
   * @throws AifsException.Corrupt if it is not the key that the name says
   */
  PublicKey publicKey(KeyFile file) {
    try {
      PublicKey key = PublicKey.decode(file.publicPart());
      if (file.keyDomain().equals(domain.hex())
          && file.number() == number
          && key.statement().namespace().equals(namespace)) {
        return key;
      }
    } catch (SnapshotBrokenException e) {
      throw KeyFolder.damaged(file(), String.valueOf(e.getMessage()), e);
    }
    throw KeyFolder.damaged(file(), "it is not the signing key that its name says", null);
  }

  String file() {
    return directory(domain) + "/signing." + namespace + "." + number + KeyFolder.SUFFIX;
  }
}
