package io.aifs.server.audit;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of the log.
 *
 * @param first the number of the record that it begins with, as its name says
 */
record Segment(long first) implements Comparable<Segment> {
  static final String DIRECTORY = "audit";

  private static final Pattern NAME = Pattern.compile("0*([1-9][0-9]{0,17})\\.log");
  private static final int NAME_CHARS = 24;

  /** The segments that there are, in the order of their names. */
  static List<Segment> list(Disk disk) throws IOException {
    return disk.list(DIRECTORY).stream().flatMap(name -> ofName(name).stream()).sorted().toList();
  }

  static Optional<Segment> ofName(String name) {
    Matcher matcher = NAME.matcher(name);
    return name.length() == NAME_CHARS && matcher.matches()
        ? Optional.of(new Segment(Long.parseLong(matcher.group(1))))
        : Optional.empty();
  }

  String file() {
    return "%020d.log".formatted(first);
  }

  /** The name on the disk. */
  String name() {
    return DIRECTORY + "/" + file();
  }

  @Override
  public int compareTo(Segment other) {
    return Long.compare(first, other.first);
  }
}
