package io.aifs.server.catalog.journal;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventItems;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations and pages of the journal, and items of events: what a rebuild reads. */
class JournalFuzzTest {
  private static final Digest ASSET = Digest.of(new byte[] {1});

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] items =
        EventItems.encode(
            List.of(
                EventItem.of(ASSET, AssetKind.TENSOR, 300).at(new TreePath("data/a")),
                EventItem.of(ASSET, AssetKind.BLOB, 7),
                new EventItem(
                    Optional.empty(), Optional.empty(), Optional.of(new TreePath("data")), true)));
    return List.of(
        FuzzTarget.bytes(OpCodec.class, "decode", OpCodec::decode, operations())
            .refusesWith(JournalMalformedException.class)
            .hasStableForm(OpCodec::encode),
        FuzzTarget.bytes(
                TablePageCodec.class,
                "decode",
                TablePageCodec::decode,
                TablePageCodec.encode(OpCodecTest.PAGE))
            .refusesWith(JournalMalformedException.class)
            .hasStableForm(TablePageCodec::encode),
        FuzzTarget.bytes(
                EventItems.class,
                "decode",
                bytes -> EventItems.decode(bytes, List.of(ASSET, ASSET)),
                items)
            .hasStableForm(EventItems::encode)
            .allocates(1 << 20, 20_000));
  }

  /** One operation each, and all of them together. */
  private static byte[][] operations() {
    List<JournalOp> all =
        Stream.of(
                OpCodecTest.ALL,
                OpCodecTest.COLLECTION,
                OpCodecTest.HISTORY,
                OpCodecTest.LINEAGE,
                OpCodecTest.ASSOCIATIONS,
                OpCodecTest.EVENTS,
                OpCodecTest.POLICIES)
            .flatMap(List::stream)
            .toList();
    return Stream.concat(all.stream().map(List::of), Stream.of(all))
        .map(OpCodec::encode)
        .toArray(byte[][]::new);
  }
}
