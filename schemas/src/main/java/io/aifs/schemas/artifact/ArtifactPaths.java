package io.aifs.schemas.artifact;

import io.aifs.core.model.TreePath;
import io.aifs.schemas.Utf8;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Names of files in artifacts: paths that lie below wherever they are extracted to, on any system.
 */
final class ArtifactPaths {
  /** The entry that says what the others are. No file has this name, in any case. */
  static final String MANIFEST = "MANIFEST";

  /** Orders what is below a path directly behind it: no other character of a path is smaller. */
  private static final char BELOW_ALL = '\0';

  /**
   * A name, and what it is.
   *
   * @param file whether nothing can be below it
   */
  record Name(String path, boolean file) {
    private String key() {
      // First up, then down: some letters have one form less in one of the directions.
      String folded = path.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      return Normalizer.normalize(folded, Normalizer.Form.NFC).replace('/', BELOW_ALL);
    }
  }

  private record Keyed(String key, Name name) {}

  /**
   * Returns if a path can be the name of a file.
   *
   * @throws IllegalArgumentException saying why it cannot
   */
  static void require(String path) {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("path is empty");
    }
    if (path.charAt(0) == '/') {
      throw new IllegalArgumentException("path is absolute: " + Utf8.shown(path));
    }
    if (path.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("path has a backslash: " + Utf8.shown(path));
    }
    if (path.length() > 1 && path.charAt(1) == ':') {
      throw new IllegalArgumentException("path begins with a drive letter: " + Utf8.shown(path));
    }
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        throw new IllegalArgumentException(
            "path has a control character at " + i + ": " + Utf8.shown(path));
      }
    }
    var _ = new TreePath(path); // empty segments, '.' and '..', lengths
  }

  /**
   * Returns if files and directories of these names can be side by side, on systems too that make
   * no difference between upper and lower case.
   *
   * @throws IllegalArgumentException naming two that cannot
   */
  static void requireDistinct(List<Name> names) {
    List<Keyed> sorted = new ArrayList<>(names.size() + 1);
    sorted.add(new Keyed(new Name(MANIFEST, true).key(), new Name(MANIFEST, true)));
    names.forEach(name -> sorted.add(new Keyed(name.key(), name)));
    sorted.sort(Comparator.comparing(Keyed::key));
    for (int i = 1; i < sorted.size(); i++) {
      Keyed before = sorted.get(i - 1);
      Keyed after = sorted.get(i);
      if (after.key.equals(before.key)) {
        boolean same = after.name.path.equals(before.name.path);
        throw new IllegalArgumentException(
            same
                ? "path is there twice: " + Utf8.shown(after.name.path)
                : "paths differ only in upper and lower case: "
                    + Utf8.shown(before.name.path)
                    + " and "
                    + Utf8.shown(after.name.path));
      }
      if (before.name.file
          && after.key.startsWith(before.key)
          && after.key.charAt(before.key.length()) == BELOW_ALL) {
        throw new IllegalArgumentException(
            Utf8.shown(after.name.path) + " is below the file " + Utf8.shown(before.name.path));
      }
    }
  }

  private ArtifactPaths() {}
}
