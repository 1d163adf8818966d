package io.aifs.server.engine.tensor;

import static io.aifs.schemas.tensor.TensorDifference.Kind.ADDED;
import static io.aifs.schemas.tensor.TensorDifference.Kind.CHANGED;
import static io.aifs.schemas.tensor.TensorDifference.Kind.EQUAL;
import static io.aifs.schemas.tensor.TensorDifference.Kind.REMOVED;
import static io.aifs.schemas.tensor.TensorDifference.Kind.TYPE_CHANGED;

import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.Comparison;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.server.engine.ChunkPairs;
import io.aifs.server.engine.PairedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares two files tensor by tensor. Ids of chunks tell most of it; values are read where they do
 * not, and of tensors that differ if it is asked by how much. For one thread.
 */
final class TensorDiff {
  private final OpenTensors left;
  private final OpenTensors right;
  private final boolean values;
  private final Runnable wanted;

  /**
   * @param values whether to say by how much tensors differ
   * @param wanted called now and then; throws once nobody waits for the answer
   */
  TensorDiff(OpenTensors left, OpenTensors right, boolean values, Runnable wanted) {
    this.left = left;
    this.right = right;
    this.values = values;
    this.wanted = wanted;
  }

  /** Hands out one pair after the other, ordered by name. */
  void run(TensorService.PairReceiver receiver) throws IOException {
    Map<String, TensorEntry> leftByName = byName(left);
    Map<String, TensorEntry> rightByName = byName(right);
    TreeSet<String> names = new TreeSet<>(leftByName.keySet());
    names.addAll(rightByName.keySet());
    for (String name : names) {
      wanted.run();
      receiver.accept(
          pair(
              name,
              Optional.ofNullable(leftByName.get(name)),
              Optional.ofNullable(rightByName.get(name))));
    }
  }

  private static Map<String, TensorEntry> byName(OpenTensors file) {
    Map<String, TensorEntry> byName = new TreeMap<>();
    file.layout().tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    return byName;
  }

  private TensorPair pair(String name, Optional<TensorEntry> a, Optional<TensorEntry> b)
      throws IOException {
    if (a.isEmpty() || b.isEmpty()) {
      return new TensorPair(name, a.isEmpty() ? ADDED : REMOVED, a, b, Optional.empty());
    }
    if (!isAlike(a.get().type(), b.get().type())) {
      return new TensorPair(name, TYPE_CHANGED, a, b, Optional.empty());
    }
    PairedReader reader =
        left.content()
            .pairWith(a.get().offset(), right.content(), b.get().offset(), a.get().type().bytes());
    if (isEqual(reader)) {
      return new TensorPair(name, EQUAL, a, b, Optional.empty());
    }
    Optional<TensorDifference.Change> change =
        values ? Optional.of(change(reader, a.get().type())) : Optional.empty();
    return new TensorPair(name, CHANGED, a, b, change);
  }

  private static boolean isAlike(TensorType a, TensorType b) {
    return a.element() == b.element() && a.shape().equals(b.shape());
  }

  private boolean isEqual(PairedReader reader) throws IOException {
    return !hasDifferentChunks(reader) && isEqualWhereUnknown(reader);
  }

  private boolean hasDifferentChunks(PairedReader reader) {
    ChunkPairs pairs = reader.pairs();
    Optional<ChunkPairs.Part> part = pairs.next();
    while (part.isPresent()) {
      if (part.get().verdict() == ChunkPairs.Verdict.DIFFERENT) {
        return true;
      }
      part = pairs.next();
    }
    return false;
  }

  private boolean isEqualWhereUnknown(PairedReader reader) throws IOException {
    ChunkPairs pairs = reader.pairs();
    Optional<ChunkPairs.Part> part = pairs.next();
    while (part.isPresent()) {
      if (part.get().verdict() == ChunkPairs.Verdict.UNKNOWN
          && !reader.read(part.get().start(), part.get().end(), this::isEqual)) {
        return false;
      }
      part = pairs.next();
    }
    return true;
  }

  private boolean isEqual(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
    wanted.run();
    return Arrays.equals(a, aOffset, aOffset + length, b, bOffset, bOffset + length);
  }

  private TensorDifference.Change change(PairedReader reader, TensorType type) throws IOException {
    Comparison comparison = new Comparison(type.element());
    var _ =
        reader.read(
            0,
            type.bytes(),
            (a, aOffset, b, bOffset, length) -> {
              wanted.run();
              comparison.add(
                  ByteBuffer.wrap(a, aOffset, length), ByteBuffer.wrap(b, bOffset, length));
              return true;
            });
    return comparison.result();
  }
}
