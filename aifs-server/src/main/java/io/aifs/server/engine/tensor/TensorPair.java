package io.aifs.server.engine.tensor;

import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.TensorDifference;
import java.util.Optional;

/**
 * The tensors of one name in two files.
 *
 * @param change by how much they differ; only of changed ones, and if that was asked for
 */
public record TensorPair(
    String name,
    TensorDifference.Kind kind,
    Optional<TensorEntry> left,
    Optional<TensorEntry> right,
    Optional<TensorDifference.Change> change) {}
