package io.aifs.cli.command;

import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.client.AifsClient;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which source goes where. One directory: its contents appear below the address. Anything else goes
 * into the address under its own name if that is a directory, ends in a slash or has to take
 * several; else the one file gets just that path.
 */
record PutPlan(List<Item> items) {
  /** One source and its path in the store. */
  record Item(Path source, boolean directory, TreePath target) {}

  static PutPlan of(List<Path> sources, Place.OfPath place, AifsClient client) throws IOException {
    for (Path source : sources) {
      if (!Files.exists(source)) {
        throw new NoSuchFileException(source.toString());
      }
    }
    Path first = sources.getFirst();
    if (sources.size() == 1 && Files.isDirectory(first)) {
      return new PutPlan(List.of(new Item(first, true, place.path())));
    }
    boolean into =
        sources.size() > 1 || place.directory() || new Entries(client, place).isKnownDirectory();
    List<Item> items = new ArrayList<>();
    Set<TreePath> targets = new HashSet<>();
    for (Path source : sources) {
      TreePath target = into ? place.path().resolve(name(source)) : place.path();
      if (!targets.add(target)) {
        throw Usage.error(
            "two sources would become '" + target + "'", "put them into different directories");
      }
      items.add(new Item(source, Files.isDirectory(source), target));
    }
    return new PutPlan(items);
  }

  /** The last name of a path, also of one such as {@code .}. */
  static String name(Path source) throws IOException {
    Path name = source.toAbsolutePath().normalize().getFileName();
    Path real = name == null ? source.toRealPath().getFileName() : name;
    if (real == null) {
      throw Usage.error("'" + source + "' has no name of its own", "put it alone");
    }
    return real.toString();
  }

  List<Path> sources() {
    return items.stream().map(Item::source).toList();
  }

  /** Whether the result is one file. */
  boolean isOneFile() {
    return items.size() == 1 && !items.getFirst().directory();
  }
}
