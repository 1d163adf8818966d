package io.aifs.client;

import io.aifs.crypto.Digest;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorStatistics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The tensors inside assets: Arrow, safetensors and npy files. Thread-safe. Every call throws
 * {@link io.aifs.core.AifsException.Precondition} with reason NOT_TENSORS for an asset that is no
 * such file.
 */
public interface Tensors {
  /** An asset and where its tensors are. */
  record Described(Digest asset, TensorLayout layout) {}

  /** Names, types and places of all tensors of a file. */
  Described describe(ReadTarget target);

  /**
   * What the values of some tensors are like, by name; the server reads them all the first time.
   *
   * @param names none for all
   * @throws io.aifs.core.AifsException.NotFound if the file has no tensor of a name
   */
  Map<String, TensorStatistics> statistics(ReadTarget target, List<String> names);

  /**
   * A part of a tensor. The values are the bytes that came, copied once at most.
   *
   * @param ranges of the first dimensions, in order; those left out are read whole
   * @throws io.aifs.core.AifsException.NotFound if the file has no tensor of this name
   * @throws io.aifs.core.AifsException.InvalidRequest if a range is outside its dimension
   * @throws io.aifs.core.AifsException.LimitExceeded if it is over 2^31 - 1 bytes: read it in parts
   */
  Tensor slice(ReadTarget target, String name, List<SliceRange> ranges);

  /**
   * How the tensors of two files differ, ordered by name.
   *
   * @param values whether to say by how much, for which both are read where they differ
   */
  void diff(ReadTarget left, ReadTarget right, boolean values, Consumer<TensorDifference> receiver);
}
