package io.aifs.server.grpc;

import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.server.auth.Caller;
import io.aifs.server.engine.PutResult;
import io.aifs.server.grpc.gate.CallScope;
import io.aifs.server.model.PutTally;

/**
 * What a put is answered by. Whoever may not read all of the namespace is told what it knew before:
 * all counts as new. Whoever may look at nothing is not told versions either, since nothing changes
 * when content that is there is put again. Immutable.
 *
 * @param knows whether the caller may know what was there
 * @param looks whether it may know how much the store changes
 */
record PutAnswers(boolean knows, boolean looks) {
  /** To the call that this thread works for. */
  static PutAnswers current() {
    Caller caller = CallScope.current().caller();
    return new PutAnswers(caller.readsAll(), caller.looks());
  }

  /** How a put is counted, of so many bytes of content. */
  PutTally tally(PutTally real, long contentBytes) {
    return knows ? real : new PutTally(real.chunks(), real.chunks(), contentBytes);
  }

  /** Whether an asset counts as new. */
  boolean isNew(boolean really) {
    return really || !knows;
  }

  long version(long real) {
    return looks ? real : 0;
  }

  PutAssetResponse of(PutResult result) {
    PutTally tally = tally(result.tally(), result.size());
    return PutAssetResponse.newBuilder()
        .setAssetId(result.id().hex())
        .setSize(result.size())
        .setStoredBytes(tally.storedBytes())
        .setChunks(tally.chunks())
        .setNewChunks(tally.newChunks())
        .setVersion(version(result.version()))
        .setPayloadProblem(result.payloadProblem())
        .build();
  }
}
