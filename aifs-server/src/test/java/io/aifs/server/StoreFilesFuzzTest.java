package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.server.model.PackId;
import io.aifs.server.store.FormatFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Small files of a data directory. */
class StoreFilesFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    String id = "5707e1d0".repeat(4);
    byte[] format = new FormatFile(id, Instant.EPOCH, true, "0123456789abcdef").encode();
    String pack = "a0".repeat(16);
    return List.of(
        FuzzTarget.bytes(FormatFile.class, "parse", FormatFile::parse, format)
            .refusesWith(AifsException.Unsupported.class, AifsException.Corrupt.class)
            .hasStableForm(FormatFile::encode)
            .mendedBy(StoreFilesFuzzTest::withChecksum),
        FuzzTarget.text(
            ScrubFile.class,
            "parse",
            ScrubFile::parse,
            "scrub 1\nmodels\n" + Digest.of(format).hex() + "\n"),
        FuzzTarget.text(PackId.class, "new", PackId::new, pack).hasOneText(PackId::hex),
        FuzzTarget.bytes(PackId.class, "fromBytes", PackId::fromBytes, new PackId(pack).toBytes())
            .hasOneForm(PackId::toBytes));
  }

  private static byte[] withChecksum(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.lastIndexOf("checksum ");
    String body = end < 0 ? text : text.substring(0, end);
    String checksum = Digest.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    return (body + "checksum " + checksum + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
