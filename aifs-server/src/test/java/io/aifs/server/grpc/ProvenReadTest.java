package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.RangeProofVerifier;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.ReadProof;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenReadTest {
  private EdgeFixture fixture;
  private Channel channel;
  private ContentGrpc.ContentBlockingStub content;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    content = ContentGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private List<ReadResponse> read(String id, long offset, long length, ReadProof proof) {
    List<ReadResponse> messages = new ArrayList<>();
    content
        .read(
            ReadRequest.newBuilder()
                .setAssetId(id)
                .setOffset(offset)
                .setLength(length)
                .setProof(proof)
                .build())
        .forEachRemaining(messages::add);
    return messages;
  }

  private static void requireProven(byte[] all, int from, int length, ReadResponse message)
      throws IOException {
    RangeProof proof = RangeProof.parse(message.getProof().toByteArray());
    assertThat(proof.asset()).isEqualTo(Digest.of(all));
    assertThat(proof.size()).isEqualTo(all.length);
    assertThat(proof.offset()).isEqualTo(from);
    assertThat(proof.length()).isEqualTo(length);
    RangeProofVerifier.verify(proof, all, from, length);
  }

  private void requireProven(byte[] all, String id, int offset, int length) throws IOException {
    List<ReadResponse> messages = read(id, offset, length, ReadProof.READ_PROOF_RANGE);
    requireProven(all, offset, length, messages.getFirst());
    int at = offset;
    for (ReadResponse message : messages.subList(1, messages.size())) {
      byte[] data = message.getData().toByteArray();
      assertThat(data).isEqualTo(Arrays.copyOfRange(all, at, at + data.length));
      assertThat(at / Limits.FRAME_BYTES).isEqualTo((at + data.length - 1) / Limits.FRAME_BYTES);
      requireProven(all, at, data.length, message);
      at += data.length;
    }
    assertThat(at).isEqualTo(offset + length);
  }

  @Test
  void rangesOfAssetsOfAllFormsAreProven() throws IOException {
    byte[] all = SeededTest.bytes(new SplittableRandom(42), 1_500_000);
    // Nothing, a part of a group, one group, one chunk of several groups, inline values, pages.
    for (int size : new int[] {0, 1, 65_536, 65_537, 200_000, 1_000_000, 1_500_000}) {
      byte[] bytes = Arrays.copyOf(all, size);
      String id = Upload.put(channel, bytes).getAssetId();
      requireProven(bytes, id, 0, size);
      requireProven(bytes, id, size / 2, 0);
      requireProven(bytes, id, size / 3, size / 3);
      requireProven(bytes, id, size, 0);
      SeededTest.run(
          5,
          random -> {
            int offset = random.nextInt(size + 1);
            requireProven(bytes, id, offset, random.nextInt(size - offset + 1));
          });
    }
  }

  @Test
  void contentThatRepeatsIsProven() throws IOException {
    byte[] zeros = new byte[3_000_000];
    String id = Upload.put(channel, zeros).getAssetId();
    requireProven(zeros, id, 1_234_567, 1_000_000);
  }

  @Test
  void contentOfMoreThanOnePageOfValuesIsProven() throws IOException {
    byte[] bytes = SeededTest.bytes(new SplittableRandom(43), 70 << 20);
    Upload upload = Upload.begin(channel);
    for (int at = 0; at < bytes.length; at += 1 << 20) {
      upload.send(Upload.message(Arrays.copyOfRange(bytes, at, at + (1 << 20))));
    }
    String id = upload.finish().getAssetId();
    for (int round = 0; round < 2; round++) { // from disk, then with what is remembered
      requireProven(bytes, id, (64 << 20) - 100_000, 200_000);
      requireProven(bytes, id, 5, 70_000);
    }
  }

  @Test
  void whoAsksForNoProofGetsNone() {
    String id = Upload.put(channel, new byte[300_000]).getAssetId();
    assertThat(read(id, 5, 290_000, ReadProof.READ_PROOF_UNSPECIFIED))
        .allMatch(message -> message.getProof().isEmpty());
    List<ReadResponse> pieces = read(id, 5, 290_000, ReadProof.READ_PROOF_PIECES);
    assertThat(pieces.getFirst().getProof()).isEmpty();
    assertThat(pieces.subList(1, pieces.size())).noneMatch(piece -> piece.getProof().isEmpty());
  }

  @Test
  void kindsOfProofThatThereAreNotAreRefused() {
    String id = Upload.put(channel, new byte[10]).getAssetId();
    ReadRequest request = ReadRequest.newBuilder().setAssetId(id).setProofValue(77).build();
    WireFailure.of(() -> content.read(request).hasNext())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("proof");
  }
}
