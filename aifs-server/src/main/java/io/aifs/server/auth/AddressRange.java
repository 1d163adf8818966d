package io.aifs.server.auth;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/** Where calls may come from. */
public sealed interface AddressRange {
  /** The longest spelling of an address. */
  int ADDRESS_CHARS_MAX = 45;

  /**
   * Whether this address is in it.
   *
   * @param client empty for a caller in this process or on its Unix socket
   */
  boolean contains(Optional<InetAddress> client);

  /** {@code local}: this process, and its Unix socket. */
  record Local() implements AddressRange {
    @Override
    public boolean contains(Optional<InetAddress> client) {
      return client.isEmpty();
    }
  }

  /** An address, or a network as {@code 10.0.0.0/8} or {@code fd00::/8}. */
  record Network(InetAddress address, int bits) implements AddressRange {
    @Override
    public boolean contains(Optional<InetAddress> client) {
      return client.isPresent() && prefix(client.get()).equals(prefix(address));
    }

    private String prefix(InetAddress of) {
      byte[] bytes = of.getAddress();
      for (int bit = bits; bit < bytes.length * 8; bit++) {
        bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
      }
      return Arrays.toString(bytes);
    }
  }

  /**
   * @throws IllegalArgumentException if it is neither an address, nor a network, nor {@code local}
   */
  static AddressRange parse(String text) {
    if (text.equals("local")) {
      return new Local();
    }
    int slash = text.indexOf('/');
    InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
    int most = address.getAddress().length * 8;
    if (slash < 0) {
      return new Network(address, most);
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(bits) > most) {
      throw new IllegalArgumentException("caveat 'client' has a network that is none");
    }
    return new Network(address, Integer.parseInt(bits));
  }

  /** Only literals in their usual form: a name would be looked up, by whoever sends the token. */
  private static InetAddress address(String text) {
    if (text.length() > ADDRESS_CHARS_MAX
        || !text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      throw new IllegalArgumentException("caveat 'client' has an address that is none");
    }
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("caveat 'client' has an address that is none", e);
    }
  }
}
