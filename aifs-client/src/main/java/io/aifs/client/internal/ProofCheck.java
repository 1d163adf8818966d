package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.client.ProofDemand;
import io.aifs.client.RangeProofs;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetInfo;
import io.aifs.crypto.RangeProof;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * Sees that the bytes of one read are what the asset's id says. A server that has proven some must
 * prove all. Not thread-safe.
 */
final class ProofCheck {
  private final AssetInfo asset;
  private final CallContext context;
  private boolean required;

  ProofCheck(AssetInfo asset, ProofDemand demand, CallContext context) {
    this.asset = asset;
    this.context = context;
    this.required = demand == ProofDemand.REQUIRED;
  }

  /**
   * Takes the proof of the whole range, whose bytes are still to come.
   *
   * @throws AifsException.Unsupported if there must be one, and is none
   */
  void requireProof(ByteString proof) {
    if (required && proof.isEmpty()) {
      throw FailureMapper.of(
          context,
          new AifsException.Unsupported(
              Reason.METHOD_NOT_BUILT,
              context.server() + " does not prove ranges",
              "it is of an older version, or hides something; read the whole asset, which is "
                  + "verified by its id"));
    }
  }

  /** Reads the proof of a range of the asset. */
  RangeProof parse(ByteString proof, long offset, long length) {
    RangeProof parsed;
    try {
      parsed = RangeProofs.parse(proof.toByteArray());
    } catch (AifsException e) {
      throw FailureMapper.of(context, e);
    }
    if (!parsed.asset().equals(asset.id())
        || parsed.size() != asset.size()
        || parsed.offset() != offset
        || parsed.length() != length) {
      throw unproven("their proof is about something else");
    }
    required = true;
    return parsed;
  }

  /**
   * Checks bytes that have come.
   *
   * @param position where in the asset they begin
   * @throws AifsException.Corrupt if they are wrong, or must have a proof and have none
   */
  void requireProven(ByteString data, ByteString proof, long position) {
    if (proof.isEmpty()) {
      if (required) {
        throw unproven("they came without a proof");
      }
      return;
    }
    RangeProof parsed = parse(proof, position, data.size());
    try (InputStream in = data.newInput()) {
      RangeProofs.verify(parsed, in);
    } catch (AifsException e) {
      throw FailureMapper.of(context, e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  private AifsException unproven(String why) {
    return FailureMapper.of(
        context,
        new AifsException.Corrupt(
            Reason.PROOF_BROKEN,
            "%s gave bytes of asset %s that cannot be verified: %s"
                .formatted(context.server(), asset.id(), why),
            "see what the store itself says with: aifs verify " + asset.id()));
  }
}
