package io.aifs.cli.command;

import io.aifs.cli.place.Place;
import io.aifs.client.AifsClient;
import io.aifs.client.bundle.StoredTensor;
import io.aifs.client.bundle.TensorExport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The tensors of several files and directories, each with a name. */
final class TensorSources {
  private final List<StoredTensor> tensors = new ArrayList<>();

  /** Adds those of a file, or of all files directly in a directory. */
  void add(AifsClient client, Gettable found) throws IOException {
    TensorExport export = new TensorExport(client);
    switch (found) {
      case Gettable.OfDirectory(Place.OfPath place) -> {
        tensors.addAll(export.below(place.ref(), place.path()));
        if (tensors.isEmpty()) {
          throw Usage.error(place + " holds no files", "name a directory of tensors");
        }
      }
      case Gettable.OfFile file ->
          export.tensors(file.target(), file.size()).stream()
              .map(tensor -> tensor.name().isEmpty() ? tensor.named(stem(file.name())) : tensor)
              .forEach(tensors::add);
    }
  }

  /** The name of a file without what says its format. */
  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  List<StoredTensor> all() {
    return List.copyOf(tensors);
  }
}
