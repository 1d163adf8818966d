package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import io.aifs.core.model.Timestamps;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.proto.v1.ListSigningKeysRequest;
import io.aifs.proto.v1.ListSigningKeysResponse;
import io.aifs.proto.v1.RotateSigningKeyRequest;
import io.aifs.proto.v1.SigningKeyInfo;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.history.SigningKeyService;
import java.util.List;

/** The calls of {@code aifs.v1.Refs} about signing keys. Thread-safe. */
final class SigningKeyCalls {
  private final SigningKeyService keys;
  private final Namespaces namespaces;

  SigningKeyCalls(SigningKeyService keys, Namespaces namespaces) {
    this.keys = keys;
    this.namespaces = namespaces;
  }

  ListSigningKeysResponse list(ListSigningKeysRequest request) {
    List<PublicKey> all = keys.list(namespaces.of(request.getNamespace()));
    ListSigningKeysResponse.Builder reply =
        ListSigningKeysResponse.newBuilder().setStoreId(all.getLast().statement().storeId());
    for (PublicKey key : all) {
      reply.addKeys(info(key, key.id().equals(all.getLast().id())));
    }
    return reply.build();
  }

  SigningKeyInfo rotate(RotateSigningKeyRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    return info(
        keys.rotate(
            namespace,
            Requests.writeRequest(
                request.getRequestId(), namespace.name(), "RotateSigningKey", request)),
        true);
  }

  private static SigningKeyInfo info(PublicKey key, boolean current) {
    return SigningKeyInfo.newBuilder()
        .setKeyId(key.id().hex())
        .setPublicKey(ByteString.copyFrom(key.bytes()))
        .setCreatedAt(Timestamps.format(key.createdAt()))
        .setCurrent(current)
        .setEndorsedBy(key.statement().predecessor().map(SigningKeyId::hex).orElse(""))
        .setEndorsement(ByteString.copyFrom(key.endorsement()))
        .setAcceptance(ByteString.copyFrom(key.acceptance()))
        .build();
  }
}
