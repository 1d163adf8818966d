package io.aifs.client.bundle;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What an import will put.
 *
 * @param main the asset at the path itself
 * @param tensors assets in the directory beside it
 * @param transform what makes the tensors out of the main asset
 */
record ImportPlan(Optional<PlannedAsset> main, List<PlannedAsset> tensors, String transform) {
  ImportPlan {
    requireNonNull(main, "main is null");
    tensors = List.copyOf(tensors);
  }

  /** One asset alone. */
  static ImportPlan of(PlannedAsset main) {
    return new ImportPlan(Optional.of(main), List.of(), "");
  }

  int assets() {
    return tensors.size() + (main.isPresent() ? 1 : 0);
  }

  long bytes() {
    return main.map(PlannedAsset::bytes).orElse(0L)
        + tensors.stream().mapToLong(PlannedAsset::bytes).sum();
  }
}
