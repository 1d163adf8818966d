package io.aifs.crypto;

import org.bouncycastle.crypto.digests.Blake3Digest;
import org.bouncycastle.crypto.params.Blake3Parameters;

/** BLAKE3 in its modes. */
public final class Blake3 {
  public static byte[] keyedHash(byte[] key, byte[] data) {
    Blake3Digest digest = new Blake3Digest(256);
    digest.init(Blake3Parameters.key(key));
    digest.update(data, 0, data.length);
    byte[] out = new byte[32];
    digest.doFinal(out, 0);
    return out;
  }

  public static byte[] deriveKey(String context, byte[] material, int outBytes) {
    Blake3Digest digest = new Blake3Digest(256);
    digest.init(
        Blake3Parameters.context(context.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    digest.update(material, 0, material.length);
    byte[] out = new byte[outBytes];
    digest.doFinal(out, 0, outBytes);
    return out;
  }

  private Blake3() {}
}
