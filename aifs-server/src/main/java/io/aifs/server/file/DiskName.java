package io.aifs.server.file;

import java.util.List;
import java.util.regex.Pattern;

/** What a name on a {@link Disk} may be. Names are made by this program: a bad one is a bug. */
final class DiskName {
  private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,254}");

  /**
   * The segments of {@code name}; none of them leaves the data directory.
   *
   * @throws IllegalArgumentException if it is empty, absolute, hidden or has {@code ..} in it
   */
  static List<String> segments(String name) {
    List<String> segments = List.of(name.split("/", -1));
    for (String segment : segments) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException("name is not relative and plain: " + name);
      }
    }
    return segments;
  }

  private DiskName() {}
}
