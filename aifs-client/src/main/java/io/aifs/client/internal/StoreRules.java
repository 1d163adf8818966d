package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.MissingChunksRequest;
import io.aifs.proto.v1.MissingChunksResponse;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What a server says about chunks: how each namespace cuts content, which never changes and is
 * remembered as long as the connection, and which chunks are missing. Thread-safe.
 */
final class StoreRules {
  private final Caller caller;
  private final Map<Name, Optional<UploadRules>> known = new ConcurrentHashMap<>();

  StoreRules(Caller caller) {
    this.caller = caller;
  }

  /** How the namespace cuts content; empty if the server does not take single chunks. */
  Optional<UploadRules> of(Name namespace) {
    Optional<UploadRules> there = known.get(namespace);
    if (there != null) {
      return there;
    }
    Optional<UploadRules> asked;
    try {
      asked =
          Optional.of(ask(namespace, List.of(), response -> UploadRules.of(response.getRules())));
    } catch (AifsException.Unsupported _) {
      asked = Optional.empty();
    }
    known.put(namespace, asked);
    return asked;
  }

  /** Which of {@code digests} are missing, by their places; in one round trip. */
  BitSet missing(Name namespace, List<Digest> digests) {
    return ask(namespace, digests, response -> bits(response.getMissing()));
  }

  private <T> T ask(
      Name namespace, List<Digest> digests, Function<MissingChunksResponse, T> decode) {
    MissingChunksRequest request =
        MissingChunksRequest.newBuilder()
            .setNamespace(namespace.value())
            .setDigests(ToWire.digests(digests))
            .build();
    return caller.ask(ContentGrpc.getMissingChunksMethod(), request, decode);
  }

  static BitSet bits(ByteString bits) {
    return BitSet.valueOf(bits.toByteArray());
  }
}
