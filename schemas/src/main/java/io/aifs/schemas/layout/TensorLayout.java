package io.aifs.schemas.layout;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

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

  /** The tensors by name, for whoever looks for many. */
  public Map<String, TensorEntry> byName() {
    return tensors.stream().collect(Collectors.toUnmodifiableMap(TensorEntry::name, one -> one));
  }

  /** The tensor of a name. */
  public Optional<TensorEntry> find(String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
  }
}
