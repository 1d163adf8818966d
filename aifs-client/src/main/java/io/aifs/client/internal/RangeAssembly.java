package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.aifs.client.AssetRange;
import io.aifs.client.RangeOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.RangeFrame;
import io.grpc.StatusException;
import io.grpc.protobuf.StatusProto;
import java.util.Optional;

/**
 * Puts one range together from its frames, and checks that it is what was asked for. Not
 * thread-safe.
 */
final class RangeAssembly {
  private final AssetRange range;
  private final CallContext context;
  private final boolean whole;
  private final Optional<AifsException> refusal;
  private final byte[] bytes;
  private int filled;

  /**
   * @param first the first frame of the range, still to be given to {@link #take}
   */
  RangeAssembly(AssetRange range, RangeFrame first, CallContext context) {
    this.range = range;
    this.context = context;
    long size = first.getAssetSize();
    if (size < 0) {
      throw nonsense("the asset has " + size + " bytes");
    }
    long available = Math.max(0, size - range.offset());
    long length = Math.min(available, range.length().orElse(available));
    this.whole = range.offset() == 0 && length == size;
    this.refusal =
        length > Limits.INLINE_DATA_BYTES_MAX ? Optional.of(tooLarge(length)) : Optional.empty();
    this.bytes = new byte[refusal.isPresent() ? 0 : (int) length];
  }

  private AifsException tooLarge(long length) {
    return FailureMapper.of(
        context,
        new AifsException.LimitExceeded(
            Reason.LIMIT_EXCEEDED,
            "a range of %d bytes of asset %s is over the limit of %d bytes"
                .formatted(length, range.asset(), Limits.INLINE_DATA_BYTES_MAX),
            "read it as a stream, or in smaller ranges"));
  }

  /** The outcome, once it is clear: with the last frame, or before if the range is too large. */
  Optional<RangeOutcome> take(RangeFrame frame) {
    if (refusal.isPresent()) {
      return refusal.map(RangeOutcome.Failed::new);
    }
    if (!frame.getError().isEmpty()) {
      return Optional.of(new RangeOutcome.Failed(failure(frame.getError(), context)));
    }
    ByteString data = frame.getData();
    if (data.size() > bytes.length - filled) {
      throw nonsense("it holds more bytes than were asked for");
    }
    data.copyTo(bytes, filled);
    filled += data.size();
    return frame.getLast() ? Optional.of(completed()) : Optional.empty();
  }

  private RangeOutcome completed() {
    if (filled < bytes.length) {
      throw nonsense("it ends at byte " + filled + " of " + bytes.length);
    }
    if (whole) {
      Digest received = Digest.of(bytes);
      if (!received.equals(range.asset())) {
        return new RangeOutcome.Failed(
            FailureMapper.otherContent(range.asset(), received, context));
      }
    }
    return new RangeOutcome.Read(bytes);
  }

  /** The failure that a frame tells of. */
  private static AifsException failure(ByteString error, CallContext context) {
    try {
      com.google.rpc.Status status = com.google.rpc.Status.parseFrom(error);
      StatusException asIfEnded = StatusProto.toStatusException(status);
      return FailureMapper.of(asIfEnded, context).exception();
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      throw FailureMapper.nonsense(context, "its error cannot be read", e);
    }
  }

  private AifsException nonsense(String what) {
    return FailureMapper.nonsense(context, "range of " + range.asset() + ": " + what, null);
  }
}
