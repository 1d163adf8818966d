package io.aifs.client.internal;

import io.aifs.client.SigningKeys;
import io.aifs.client.trust.KeyTrust;
import io.aifs.client.trust.ServerKeys;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.proto.v1.ListSigningKeysRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RotateSigningKeyRequest;

/** Signing keys over the service Refs. */
final class GrpcSigningKeys implements SigningKeys {
  private final Caller caller;
  private final Name namespace;
  private final KeyTrust trust;

  GrpcSigningKeys(Caller caller, Name namespace, KeyTrust trust) {
    this.caller = caller;
    this.namespace = namespace;
    this.trust = trust;
  }

  ServerKeys ask() {
    ListSigningKeysRequest request =
        ListSigningKeysRequest.newBuilder().setNamespace(namespace.value()).build();
    return KeyWire.keys(
        caller.ask(RefsGrpc.getListSigningKeysMethod(), request, response -> response), namespace);
  }

  @Override
  public KeyChain shown() {
    return ask().chain();
  }

  @Override
  public KeyChain believed() {
    return trust.believe(ask());
  }

  @Override
  public KeyChain accept() {
    return trust.accept(ask());
  }

  @Override
  public PublicKey rotate() {
    believed(); // so that the new key has a pin to be endorsed by
    SigningKeyId made =
        caller.change(
            RefsGrpc.getRotateSigningKeyMethod(),
            requestId ->
                RotateSigningKeyRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setRequestId(requestId)
                    .build(),
            response -> new SigningKeyId(response.getKeyId()));
    KeyChain after = believed();
    return after.find(made).orElse(after.current());
  }
}
