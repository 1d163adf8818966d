package io.aifs.client;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.NewerRangeProofException;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.RangeProofBrokenException;
import io.aifs.crypto.RangeProofVerifier;
import java.io.IOException;
import java.io.InputStream;

/**
 * Checks ranges by their proofs, with no server, store or key: {@code docs/format/range-proof.md}
 * says how. Thread-safe.
 */
public final class RangeProofs {
  private static final String HINT =
      "get the range and its proof again, or see what the store says with: aifs verify ID";

  /**
   * Reads a proof; what it says is not checked yet.
   *
   * @throws AifsException.Corrupt if it is none
   * @throws AifsException.Unsupported if it is of a later version
   */
  public static RangeProof parse(byte[] proof) {
    try {
      return RangeProof.parse(proof);
    } catch (RangeProofBrokenException e) {
      throw broken(e);
    } catch (NewerRangeProofException e) {
      throw new AifsException.Unsupported(
          Reason.FORMAT_NEWER, String.valueOf(e.getMessage()), "check it with a later version");
    }
  }

  /**
   * Checks that {@code bytes}, up to their end, are the range that {@code proof} is about. They are
   * read once, and a few hundred KiB of them are held.
   *
   * @param proof as {@link RangeProof#toBytes} gives it
   * @return what was proven. Compare its asset with the id that you trust: anybody can prove ranges
   *     of content of their own
   * @throws AifsException.Corrupt if they are not
   * @throws AifsException.Unsupported if the proof is of a later version
   * @throws IOException if the stream fails
   */
  public static RangeProof verify(byte[] proof, InputStream bytes) throws IOException {
    RangeProof parsed = parse(proof);
    verify(parsed, bytes);
    return parsed;
  }

  /**
   * The same, of a proof that was parsed before.
   *
   * @throws AifsException.Corrupt if the bytes are not what it is about
   */
  public static void verify(RangeProof proof, InputStream bytes) throws IOException {
    try {
      RangeProofVerifier.verify(proof, bytes);
    } catch (RangeProofBrokenException e) {
      throw broken(e);
    }
  }

  /**
   * The same, of a range of {@code asset}.
   *
   * @throws AifsException.Corrupt also if the proof is about another asset
   */
  public static RangeProof verify(byte[] proof, InputStream bytes, Digest asset)
      throws IOException {
    RangeProof parsed = parse(proof);
    Digest about = parsed.asset();
    if (!about.equals(asset)) {
      throw new AifsException.Corrupt(
          Reason.PROOF_BROKEN, "the proof is about asset " + about + ", not " + asset, HINT);
    }
    verify(parsed, bytes);
    return parsed;
  }

  private static AifsException broken(RangeProofBrokenException cause) {
    return new AifsException.Corrupt(
        Reason.PROOF_BROKEN, String.valueOf(cause.getMessage()), HINT, cause);
  }

  private RangeProofs() {}
}
