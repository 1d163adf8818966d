package io.aifs.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.bouncycastle.crypto.params.Blake3Parameters;

/** What Bouncy Castle makes of the same input. */
final class Blake3Oracle {
  private Blake3Oracle() {}

  static byte[] hash(byte[] data, int outBytes) {
    return run(new Blake3Digest(), data, outBytes);
  }

  static byte[] keyedHash(byte[] key, byte[] data, int outBytes) {
    Blake3Digest digest = new Blake3Digest();
    digest.init(Blake3Parameters.key(key));
    return run(digest, data, outBytes);
  }

  static byte[] deriveKey(String context, byte[] material, int outBytes) {
    Blake3Digest digest = new Blake3Digest();
    digest.init(Blake3Parameters.context(context.getBytes(StandardCharsets.UTF_8)));
    return run(digest, material, outBytes);
  }

  private static byte[] run(Blake3Digest digest, byte[] data, int outBytes) {
    byte[] out = new byte[outBytes];
    digest.update(data, 0, data.length);
    digest.doFinal(out, 0, outBytes);
    return out;
  }
}
