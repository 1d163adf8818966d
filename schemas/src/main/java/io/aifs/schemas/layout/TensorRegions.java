package io.aifs.schemas.layout;

import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceStream;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.safetensors.SafetensorsHeader;
import io.aifs.schemas.tensor.TensorFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the values of tensors lie, from the head of a file alone. What a head says may be wrong of
 * the rest, which is not at hand, and regions may lie behind the end of the content. Thread-safe.
 */
final class TensorRegions implements RegionFinder {
  /** Shorter tensors are not worth cutting around: chunks are not so much longer. */
  static final int REGION_BYTES_MIN = 16 << 10;

  @Override
  public Optional<List<NumberRegion>> find(byte[] head, int length, boolean whole) {
    int headLength = Math.min(length, HEAD_BYTES_MAX);
    boolean noMore = whole || headLength == HEAD_BYTES_MAX;
    if (headLength < Layouts.START_BYTES) {
      return noMore ? Optional.of(List.of()) : Optional.empty();
    }
    long needed = neededBytes(head, headLength);
    if (needed <= headLength) {
      return Optional.of(regions(head, headLength));
    }
    return noMore || needed > HEAD_BYTES_MAX ? Optional.of(List.of()) : Optional.empty();
  }

  /** How much of a head it takes to tell. */
  private static long neededBytes(byte[] head, int length) {
    if (TensorFile.begins(head, length)) {
      return TensorFile.firstNeedsBytes(head, length);
    }
    if (NpyHeader.begins(head, length)) {
      return NpyHeader.claimedBytes(head);
    }
    if (SafetensorsHeader.begins(head, length)) {
      return SafetensorsHeader.LENGTH_BYTES + SafetensorsHeader.jsonBytes(head);
    }
    return Layouts.START_BYTES;
  }

  private static List<NumberRegion> regions(byte[] head, int length) {
    ByteSource source = ByteSource.of(Arrays.copyOf(head, length));
    try {
      return all(source, head, length).stream()
          .filter(region -> region.length() >= REGION_BYTES_MIN)
          .toList();
    } catch (PayloadInvalidException | IllegalArgumentException _) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  private static List<NumberRegion> all(ByteSource source, byte[] head, int length)
      throws PayloadInvalidException, IOException {
    if (TensorFile.begins(head, length)) {
      TensorFile.FirstValues values = TensorFile.first(source);
      return List.of(
          new NumberRegion(
              values.name(), values.offset(), values.bytes(), values.element().bytes()));
    }
    if (NpyHeader.begins(head, length)) {
      NpyHeader header = NpyHeader.read(new SourceStream(source, 0, length));
      return List.of(region(new TensorEntry("", header.type(), header.bytes())));
    }
    if (SafetensorsHeader.begins(head, length)) {
      return SafetensorsLayout.entries(SafetensorsHeader.readAlone(source)).stream()
          .map(TensorRegions::region)
          .toList();
    }
    return List.of();
  }

  private static NumberRegion region(TensorEntry entry) {
    return new NumberRegion(
        entry.name(), entry.offset(), entry.type().bytes(), entry.type().element().bytes());
  }
}
