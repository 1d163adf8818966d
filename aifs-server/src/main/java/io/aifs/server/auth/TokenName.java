package io.aifs.server.auth;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a token's identifier says: {@code <key number>.<family>}. The first tokens had only the
 * family; they are of key 1.
 *
 * @param family names what was minted
 */
public record TokenName(int key, String family) {
  private static final Pattern IDENTIFIER =
      Pattern.compile("([1-9][0-9]{0,8})\\.([0-9A-Za-z_-]{1,64})");
  private static final Pattern FIRST = Pattern.compile("[0-9A-Za-z_-]{1,64}");

  /** Empty if no token of any store of ours has such an identifier. */
  static Optional<TokenName> parse(String identifier) {
    Matcher matcher = IDENTIFIER.matcher(identifier);
    if (matcher.matches()) {
      return Optional.of(new TokenName(Integer.parseInt(matcher.group(1)), matcher.group(2)));
    }
    return FIRST.matcher(identifier).matches()
        ? Optional.of(new TokenName(1, identifier))
        : Optional.empty();
  }

  /** What stands in a token that is minted now. */
  public String identifier() {
    return key + "." + family;
  }
}
