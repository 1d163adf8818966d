package io.aifs.cli.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory that holds the launcher, above the one that tests are started in. */
public final class ProjectRoot {
  private ProjectRoot() {}

  public static Path find() {
    Path path = Path.of("").toAbsolutePath();
    while (path != null && !Files.exists(path.resolve("aifs"))) {
      path = path.getParent();
    }
    if (path == null) {
      throw new AssertionError("not started inside the project");
    }
    return path;
  }
}
