package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.internal.ChannelClients;
import io.aifs.client.internal.ChannelOptions;
import io.aifs.client.trust.KeyTrust;
import io.aifs.client.trust.KnownKey;
import io.aifs.client.trust.KnownKeys;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.crypto.VerifyingKey;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.ListSigningKeysRequest;
import io.aifs.proto.v1.ListSigningKeysResponse;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RotateSigningKeyRequest;
import io.aifs.proto.v1.SigningKeyInfo;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyCallsTest {
  private EdgeFixture fixture;
  private Channel channel;
  private RefsGrpc.RefsBlockingStub refs;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin());
    refs = RefsGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private ListSigningKeysResponse list(String namespace) {
    return refs.listSigningKeys(
        ListSigningKeysRequest.newBuilder().setNamespace(namespace).build());
  }

  private SigningKeyInfo rotate(String namespace, String requestId) {
    return refs.rotateSigningKey(
        RotateSigningKeyRequest.newBuilder()
            .setNamespace(namespace)
            .setRequestId(requestId)
            .build());
  }

  @Test
  void aNamespaceHasAKeyFromTheBeginning() {
    ListSigningKeysResponse keys = list("");

    assertThat(keys.getStoreId()).matches("[0-9a-f]{32}");
    assertThat(keys.getKeysList())
        .singleElement()
        .satisfies(
            key -> {
              VerifyingKey bytes = VerifyingKey.fromBytes(key.getPublicKey().toByteArray());
              assertThat(key.getKeyId()).isEqualTo(SigningKeyId.of(bytes).hex());
              assertThat(key.getCurrent()).isTrue();
              assertThat(key.getEndorsedBy()).isEmpty();
              assertThat(key.getEndorsement().isEmpty()).isTrue();
              assertThat(key.getAcceptance().size()).isEqualTo(64);
            });
    assertThat(list("default")).isEqualTo(keys);
  }

  @Test
  void aRotatedKeyIsCurrentAndEndorsed() {
    SigningKeyInfo first = list("").getKeys(0);
    SigningKeyInfo second = rotate("", "");
    ListSigningKeysResponse keys = list("");

    assertThat(second.getCurrent()).isTrue();
    assertThat(second.getEndorsedBy()).isEqualTo(first.getKeyId());
    assertThat(keys.getKeysList())
        .containsExactly(first.toBuilder().setCurrent(false).build(), second);
  }

  @Test
  void aRepeatedRequestRotatesOnce() {
    SigningKeyInfo rotated = rotate("", "one");

    assertThat(rotate("", "one")).isEqualTo(rotated);
    assertThat(list("").getKeysCount()).isEqualTo(2);
  }

  @Test
  void namespacesHaveKeysOfTheirOwn() {
    AdminGrpc.newBlockingStub(channel)
        .createNamespace(CreateNamespaceRequest.newBuilder().setName("other_2").build());

    rotate("other_2", "");

    assertThat(list("other_2").getKeysCount()).isEqualTo(2);
    assertThat(list(Name.DEFAULT_NAMESPACE.value()).getKeysCount()).isEqualTo(1);
  }

  @Test
  void anUnknownNamespaceHasNone() {
    WireFailure.of(() -> list("unknown")).is(Code.NOT_FOUND, Reason.NAMESPACE_NOT_FOUND);
    WireFailure.of(() -> rotate("unknown", "")).is(Code.NOT_FOUND, Reason.NAMESPACE_NOT_FOUND);
  }

  @Test
  void aClientFollowsRotationsAndPinsTheNewest() throws IOException {
    KnownKeys pins = KnownKeys.inMemory();
    ChannelOptions usual =
        ChannelOptions.embedded(Name.DEFAULT_NAMESPACE, Optional.of(TestTokens.admin()));
    ChannelOptions pinning =
        new ChannelOptions(
            usual.server(),
            usual.namespace(),
            usual.token(),
            usual.deadline(),
            usual.stallTimeout(),
            usual.retries(),
            usual.compression(),
            true,
            Optional.of(new KeyTrust(pins, "here")));
    try (AifsClient client = ChannelClients.over(fixture.inProcess(), pinning, () -> {})) {
      SigningKeyId first = client.signingKeys().believed().current().id();
      rotate("", "");
      PublicKey third = client.signingKeys().rotate();

      assertThat(client.signingKeys().shown().keys()).hasSize(3);
      assertThat(client.signingKeys().believed().find(first)).isPresent();
      assertThat(pins.all()).extracting(KnownKey::id).containsExactly(third.id());
      assertThat(pins.all()).extracting(KnownKey::address).containsExactly("here");
    }
  }
}
