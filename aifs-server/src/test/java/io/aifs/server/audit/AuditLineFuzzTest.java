package io.aifs.server.audit;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Lines of the audit log, as a disk may hold them. */
class AuditLineFuzzTest {
  private static final String DIGEST = ",\"digest\":\"";
  private static final int TAIL = DIGEST.length() + 2 * Digest.BYTES + 2;

  @Test
  void linesAreRecordsOrNone() {
    byte[] line = withDigest("{\"seq\":12,\"prev\":\"" + "ab".repeat(Digest.BYTES) + "\"");

    Fuzzer.run(
        FuzzTarget.bytes(AuditLine.class, "parse", AuditLine::parse, line)
            .mendedBy(AuditLineFuzzTest::mended));
  }

  private static byte[] mended(byte[] line) {
    byte[] covered = Arrays.copyOf(line, Math.max(0, line.length - TAIL));
    return withDigest(new String(covered, StandardCharsets.UTF_8));
  }

  private static byte[] withDigest(String covered) {
    String digest = Digest.of(covered.getBytes(StandardCharsets.UTF_8)).hex();
    return (covered + DIGEST + digest + "\"}").getBytes(StandardCharsets.UTF_8);
  }
}
