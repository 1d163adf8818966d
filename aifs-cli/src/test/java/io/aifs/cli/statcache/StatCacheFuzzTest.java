package io.aifs.cli.statcache;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cache of what files were, whose checksum is made to fit what was changed. */
class StatCacheFuzzTest {
  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] secret = new byte[StatCacheFormat.SECRET_BYTES];
    CachedFile file =
        new CachedFile(
            new PathKey(1, 2), new FileStamp(77, 1, 2, 3, 4), Digest.of(new byte[] {1}), 20_000);
    byte[] one = StatCacheFormat.encode(secret, List.of(file));
    byte[] none = StatCacheFormat.encode(secret, List.of());
    return List.of(
        FuzzTarget.bytes(StatCacheFormat.class, "decode", StatCacheFuzzTest::entries, one, none)
            .mendedBy(StatCacheFuzzTest::withChecksum),
        FuzzTarget.bytes(
                StatCache.class,
                "decode",
                bytes -> StatCache.decode(bytes, new StatCache.Limit(1_000), Instant.EPOCH),
                one,
                none)
            .mendedBy(StatCacheFuzzTest::withChecksum),
        FuzzTarget.bytes(
            CachedFile.class,
            "read",
            bytes -> CachedFile.read(ByteBuffer.wrap(Arrays.copyOf(bytes, CachedFile.BYTES))),
            one),
        FuzzTarget.bytes(
            PathKey.class,
            "read",
            bytes -> PathKey.read(ByteBuffer.wrap(Arrays.copyOf(bytes, PathKey.BYTES))),
            none));
  }

  private static Optional<Boolean> entries(byte[] file) {
    return StatCacheFormat.decode(file)
        .map(content -> content.files().find(new PathKey(1, 2)).isPresent());
  }

  private static byte[] withChecksum(byte[] file) {
    byte[] out = Arrays.copyOf(file, Math.max(file.length, Integer.BYTES));
    int end = out.length - Integer.BYTES;
    CRC32C crc = new CRC32C();
    crc.update(out, 0, end);
    ByteBuffer.wrap(out).putInt(end, (int) crc.getValue());
    return out;
  }
}
