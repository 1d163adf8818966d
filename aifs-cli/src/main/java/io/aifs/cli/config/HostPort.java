package io.aifs.cli.config;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host and a port; a port of 0 is only good for listening. */
public record HostPort(String host, int port) {
  private static final Pattern FORM =
      Pattern.compile("(?:\\[([0-9a-fA-F.]*:[0-9a-fA-F:.]*)]|([^\\s:\\[\\]/]+))(?::([0-9]{1,5}))?");
  private static final int PORT_DEFAULT = 50_051;
  private static final int PORT_MAX = 65_535;

  /**
   * Reads {@code host:port}, {@code [::1]:port} or a host alone, which means port 50051.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static HostPort parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not HOST:PORT: " + text);
    }
    String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    int port = matcher.group(3) == null ? PORT_DEFAULT : Integer.parseInt(matcher.group(3));
    if (port > PORT_MAX) {
      throw new IllegalArgumentException("port is over " + PORT_MAX + ": " + port);
    }
    return new HostPort(host, port);
  }

  /** Whether the host is this machine, by its spelling. */
  public boolean isLoopback() {
    return Set.of("localhost", "::1", "0:0:0:0:0:0:0:1").contains(host)
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
