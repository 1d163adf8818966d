package io.aifs.schemas.layout;

import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of all formats, whose regions are found whatever is in them, or not. */
class LayoutsFuzzTest {
  private static final TensorType TYPE = new TensorType(ElementType.INT32, List.of(4_096L));

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] npy = NpyHeader.write(TYPE);
    byte[] arrow = TensorCodec.fileHead("w", TYPE);
    byte[] stream = TensorCodec.streamHead("w", TYPE);
    byte[] safetensors =
        LayoutsTest.safetensors(
            "{\"w\":{\"dtype\":\"I32\",\"shape\":[4096],\"data_offsets\":[0,16384]}}", 0);
    return List.of(
        FuzzTarget.bytes(
                Layouts.class,
                "read",
                input -> Layouts.read(ByteSource.of(input)),
                whole(npy),
                whole(safetensors),
                LayoutsTest.safetensors("{}", 0))
            .refusesWith(PayloadInvalidException.class),
        FuzzTarget.bytes(
                RegionFinder.class,
                "find",
                LayoutsFuzzTest::regions,
                npy,
                arrow,
                stream,
                safetensors)
            .refusesWith());
  }

  private static byte[] whole(byte[] head) {
    return Arrays.copyOf(head, head.length + (int) TYPE.bytes());
  }

  /** The regions, which must be the same for all of the head and for a first part that tells. */
  private static List<NumberRegion> regions(byte[] input) {
    List<NumberRegion> all = Layouts.REGIONS.find(input, input.length, true).orElseThrow();
    for (int length : new int[] {0, input.length / 2, input.length}) {
      Optional<List<NumberRegion>> some = Layouts.REGIONS.find(input, length, false);
      if (some.isPresent() && !some.get().equals(all)) {
        throw new AssertionError("of " + length + " bytes: " + some + ", of all: " + all);
      }
    }
    List<NumberRegion> ordered = new ArrayList<>(all);
    ordered.sort(Comparator.comparingLong(NumberRegion::offset));
    if (!ordered.equals(all)) {
      throw new AssertionError("not in order: " + all);
    }
    return all;
  }
}
