package io.aifs.cli.quickstart;

import io.aifs.cli.store.LocalStore;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The throw-away directory of a tour: a store, homes of its own, and places for copies. */
record Workshop(Path root) {
  static Workshop create(Path parent) throws IOException {
    return new Workshop(Files.createTempDirectory(parent, "aifs-quickstart-"));
  }

  Path data() {
    return root.resolve("data");
  }

  Path config() {
    return root.resolve("config");
  }

  Path state() {
    return root.resolve("state");
  }

  Path copy() {
    return root.resolve("copy");
  }

  Path back() {
    return root.resolve("back");
  }

  LocalStore store() {
    return new LocalStore(
        data(),
        Name.DEFAULT_NAMESPACE,
        config(),
        state(),
        new LocalStore.RootKey.InFile(Optional.empty()),
        Optional.empty());
  }

  /** Deletes everything, links not followed. */
  void delete() throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.walk(root)) {
      paths = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
