package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.RequestKey;

/** Bytes of {@link StoreOp}: codes 0x60 to 0x6f. */
final class StoreOpCodec {
  private static final int SET_STORE_ID = 0x60;
  private static final int KEEP_REQUEST = 0x61;

  static int write(StoreOp op, JournalOutput out) {
    return switch (op) {
      case StoreOp.SetStoreId(String storeId) -> {
        out.text(storeId);
        yield SET_STORE_ID;
      }
      case StoreOp.KeepRequest(RequestKey key, KeptRequest outcome, long forgetBeforeMicros) -> {
        out.text(key.scope());
        out.text(key.method());
        out.text(key.requestId());
        out.digest(outcome.request());
        out.text(outcome.outcome());
        out.signed(outcome.atMicros());
        out.signed(forgetBeforeMicros);
        yield KEEP_REQUEST;
      }
    };
  }

  static StoreOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case SET_STORE_ID -> new StoreOp.SetStoreId(in.text());
      case KEEP_REQUEST ->
          new StoreOp.KeepRequest(
              new RequestKey(in.text(), in.text(), in.text()),
              new KeptRequest(in.digest(), in.text(), in.signed()),
              in.signed());
      default -> throw OpCodec.unknown(code);
    };
  }

  private StoreOpCodec() {}
}
