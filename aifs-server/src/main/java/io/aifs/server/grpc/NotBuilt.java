package io.aifs.server.grpc;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;

/** What the contract names and this version does not do yet. */
enum NotBuilt {
  SEARCH("vector search", "embeddings are kept, and will be found once it is there"),
  EVENTS("feed of events", "list the assets, newest first, until then"),
  POLICIES("namespace policies", "there is nothing to set until then");

  private final String what;
  private final String until;

  NotBuilt(String what, String until) {
    this.what = what;
    this.until = until;
  }

  /** What a call that needs it is told. */
  AifsException.Unsupported refusal(String method) {
    return new AifsException.Unsupported(
        Reason.METHOD_NOT_BUILT,
        method + " is not there yet: this version of AIFS has no " + what,
        until);
  }
}
