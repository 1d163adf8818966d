package io.aifs.server.grpc.attack;

import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes names that nobody else makes. All have a mark of twelve characters. Not thread-safe. */
final class Names {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";
  private static final int MARK_LETTERS = 12;

  /** Behind the mark, in every name. */
  static final int DIGITS = 8;

  private final SplittableRandom random;
  private final String mark;
  private int made;

  Names(SplittableRandom random) {
    this.random = random;
    StringBuilder drawn = new StringBuilder();
    for (int i = 0; i < MARK_LETTERS; i++) {
      drawn.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    this.mark = drawn.toString();
  }

  /** What every one of the names begins with. */
  String mark() {
    return mark;
  }

  /** A new name. All have the same length. */
  String next() {
    made++;
    return mark + "%08d".formatted(made);
  }

  String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    while (hex.length() < digits) {
      hex.append("%016x".formatted(random.nextLong()));
    }
    return hex.substring(0, digits);
  }

  /** A new name of something of this kind. */
  String nameOf(ThingKind kind) {
    return switch (kind) {
      case ASSET -> hex(64);
      case SNAPSHOT, TOKEN -> hex(32);
      case TRANSACTION -> hex(8) + "-" + hex(4) + "-7" + hex(3) + "-8" + hex(3) + "-" + hex(12);
      case SIGNING_KEY -> hex(16);
      case PATH -> next() + "/" + next();
      case CONTENT -> next() + "." + hex(contentLength());
      case OBJECT -> "run:" + next();
      case PAGE, EVENT -> "";
      case BRANCH, TAG, TYPE, KEY, VALUE, TRANSFORM, REQUEST -> next();
    };
  }

  /** Mostly a small file; now and then one of several chunks. */
  private int contentLength() {
    return random.nextInt(100) == 0 ? 150_000 : 20 + random.nextInt(400);
  }

  /** A new name as long as this one. */
  String like(Thing thing) {
    return switch (thing.kind()) {
      case CONTENT -> {
        String name = next() + ".";
        yield name + hex(Math.max(0, thing.here().length() - name.length()));
      }
      case PATH ->
          Stream.of(thing.here().split("/", -1))
              .map(name -> next().substring(MARK_LETTERS + DIGITS - name.length()))
              .collect(Collectors.joining("/"));
      default -> nameOf(thing.kind());
    };
  }
}
