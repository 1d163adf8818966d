package io.aifs.schemas.layout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the tensors of a file are.
 *
 * @param metadata what the file says of itself besides
 * @param tensors in the order of their offsets; none overlap
 */
public record TensorLayout(
    TensorFormat format, Map<String, String> metadata, List<TensorEntry> tensors) {
  public TensorLayout {
    requireNonNull(format, "format is null");
    metadata = Map.copyOf(metadata);
    tensors = List.copyOf(tensors);
  }

  /** The tensor of a name. */
  public Optional<TensorEntry> find(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }
}
