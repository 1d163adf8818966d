package io.aifs.server.keys;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The id of a KEK of {@link LocalKeyService}, which is also its file's name. */
record KekId(String keyDomain, int number, String suffix) {
  static final Comparator<KekId> BY_NUMBER =
      Comparator.comparingInt(KekId::number).thenComparing(KekId::suffix);

  private static final Pattern KEY_DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Pattern TEXT =
      Pattern.compile("([a-z0-9][a-z0-9-]{0,62})\\.([1-9][0-9]{0,8})\\.([0-9a-f]{8})");

  static void requireKeyDomain(String keyDomain) {
    if (!KEY_DOMAIN.matcher(keyDomain).matches()) {
      throw new IllegalArgumentException("keyDomain does not match " + KEY_DOMAIN);
    }
  }

  static Optional<KekId> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new KekId(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3)))
        : Optional.empty();
  }

  /** The id in a key file's name; empty if the file is not a KEK's. */
  static Optional<KekId> ofFile(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    return file.endsWith(KeyFolder.SUFFIX)
        ? parse(file.substring(0, file.length() - KeyFolder.SUFFIX.length()))
        : Optional.empty();
  }

  String text() {
    return keyDomain + "." + number + "." + suffix;
  }
}
