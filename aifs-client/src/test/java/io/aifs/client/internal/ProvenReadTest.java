package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.aifs.client.ProofDemand;
import io.aifs.client.RangeProofs;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.testing.ArrayContent;
import io.aifs.proto.v1.ReadProof;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvenReadTest {
  private static final int SIZE = 500_000;
  private static final long OFFSET = 70_001;
  private static final int LENGTH = 250_000;

  private final byte[] content = Seeded.bytes(SIZE);
  private final byte[] range = Arrays.copyOfRange(content, (int) OFFSET, (int) OFFSET + LENGTH);
  private final FakeContent fake = new FakeContent(content);
  private final ReadTarget byId = new ReadTarget.ById(Digest.of(content));
  private TestServer server = TestServer.inProcess(fake);

  ProvenReadTest() throws IOException {}

  @BeforeEach
  void prove() {
    fake.proves = true;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RangeRead open(ProofDemand demand) {
    return server.client().assets().readRange(byId, OFFSET, Optional.of((long) LENGTH), demand);
  }

  private byte[] read(ProofDemand demand) throws IOException {
    try (RangeRead read = open(demand)) {
      return read.bytes().readAllBytes();
    }
  }

  private byte[] readPlainly() throws IOException {
    try (InputStream in = server.client().assets().read(byId, OFFSET, Optional.of((long) LENGTH))) {
      return in.readAllBytes();
    }
  }

  private ReadProof asked() {
    return fake.requests.getLast().getProof();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 500000",
    "0, 1",
    "70001, 250000",
    "65536, 65536",
    "499999, 1",
    "500000, 0",
    "7, 0"
  })
  void aRangeComesWithAProofThatCanBeCheckedAgain(long offset, long length) throws IOException {
    try (RangeRead read =
        server
            .client()
            .assets()
            .readRange(byId, offset, Optional.of(length), ProofDemand.REQUIRED)) {
      byte[] bytes = read.bytes().readAllBytes();
      assertThat(bytes)
          .isEqualTo(Arrays.copyOfRange(content, (int) offset, (int) (offset + length)));
      byte[] proof = read.proof().orElseThrow().toBytes();
      RangeProof proven =
          RangeProofs.verify(proof, new ByteArrayInputStream(bytes), Digest.of(content));
      assertThat(proven.offset()).isEqualTo(offset);
      assertThat(proven.length()).isEqualTo(length);
    }
  }

  @Test
  void plainReadsAskForNoProof() throws IOException {
    assertThat(readPlainly()).isEqualTo(range);
    assertThat(asked()).isEqualTo(ReadProof.READ_PROOF_UNSPECIFIED);
    try (InputStream in = server.client().assets().read(byId, 0, Optional.empty())) {
      assertThat(in.readAllBytes()).isEqualTo(content);
    }
    assertThat(asked()).isEqualTo(ReadProof.READ_PROOF_UNSPECIFIED);
  }

  @Test
  void aServerWithoutProofsIsBelievedUnlessAProofIsRequired() throws IOException {
    fake.proves = false;
    assertThat(readPlainly()).isEqualTo(range);
    try (RangeRead read = open(ProofDemand.IF_OFFERED)) {
      assertThat(read.proof()).isEmpty();
      assertThat(read.bytes().readAllBytes()).isEqualTo(range);
    }
    AifsException failure =
        catchThrowableOfType(
            AifsException.Unsupported.class, () -> open(ProofDemand.REQUIRED).close());
    assertThat(failure.reason()).isEqualTo(Reason.METHOD_NOT_BUILT);
    assertThat(failure).hasMessageContaining("does not prove ranges");
  }

  @Test
  void wrongBytesAreNeverGiven() {
    fake.change = changingData(2);
    assertRefused(200_000);
  }

  @Test
  void aWrongOrMissingProofStopsTheRead() {
    fake.change = changingProof(1, proof -> flipped(proof, proof.size() - 1));
    assertRefused(100_000);
    fake.change = changingProof(1, proof -> ByteString.EMPTY);
    assertRefused(100_000);
    fake.change = changingProof(0, proof -> proof(OFFSET + 100_000, 100_000));
    assertRefused(0);
    fake.change = changingProof(0, proof -> proof.substring(1));
    assertRefused(0);
  }

  @Test
  void aProofOfTheWholeRangeThatIsWrongStopsTheReadToo() {
    fake.change = changingHead(proof -> proof(OFFSET, LENGTH - 1));
    assertThatThrownBy(() -> open(ProofDemand.IF_OFFERED))
        .isInstanceOf(AifsException.Corrupt.class);
    fake.change = changingHead(proof -> flipped(proof, proof.size() - 1));
    AifsException.Corrupt failure =
        catchThrowableOfType(AifsException.Corrupt.class, () -> read(ProofDemand.IF_OFFERED));
    assertThat(failure.reason()).isEqualTo(Reason.PROOF_BROKEN);
    assertThat(failure).hasMessageContaining("gave a wrong proof");
  }

  @Test
  void aServerThatForgetsItsProofsAfterABreakIsRefused() {
    fake.breaks.add(new FakeContent.Break(100_000, Optional.of(FakeFailures.unavailable())));
    fake.change =
        message -> fake.requests.size() > 1 ? message.toBuilder().clearProof().build() : message;
    assertRefused(100_000);
  }

  @Test
  void aBrokenReadGoesOnWithItsProofs() throws IOException {
    fake.breaks.add(new FakeContent.Break(100_000, Optional.of(FakeFailures.unavailable())));
    assertThat(read(ProofDemand.REQUIRED)).isEqualTo(range);
    assertThat(fake.requests)
        .extracting(ReadRequest::getProof)
        .containsExactly(ReadProof.READ_PROOF_RANGE, ReadProof.READ_PROOF_PIECES);
  }

  /** Asserts that just so many bytes come, all of them right. */
  private void assertRefused(int good) {
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    try (RangeRead read = open(ProofDemand.REQUIRED)) {
      AifsException.Corrupt failure =
          catchThrowableOfType(AifsException.Corrupt.class, () -> read.bytes().transferTo(taken));
      assertThat(failure.reason()).isEqualTo(Reason.PROOF_BROKEN);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(taken.toByteArray()).isEqualTo(Arrays.copyOf(range, good));
    fake.requests.clear();
  }

  private ByteString proof(long offset, long length) {
    return ByteString.copyFrom(ArrayContent.prove(content, offset, length).toBytes());
  }

  private static ByteString flipped(ByteString bytes, int at) {
    byte[] changed = bytes.toByteArray();
    changed[at] ^= 1;
    return ByteString.copyFrom(changed);
  }

  private static UnaryOperator<ReadResponse> changingHead(UnaryOperator<ByteString> change) {
    return message ->
        message.hasMetadata()
            ? message.toBuilder().setProof(change.apply(message.getProof())).build()
            : message;
  }

  private static UnaryOperator<ReadResponse> changingProof(
      int frame, UnaryOperator<ByteString> change) {
    return changing(
        frame, message -> message.toBuilder().setProof(change.apply(message.getProof())).build());
  }

  private static UnaryOperator<ReadResponse> changingData(int frame) {
    return changing(
        frame,
        message ->
            message.toBuilder()
                .setData(flipped(message.getData(), message.getData().size() - 1))
                .build());
  }

  /** Changes one message with bytes, counted from 0. */
  private static UnaryOperator<ReadResponse> changing(
      int frame, UnaryOperator<ReadResponse> change) {
    int[] seen = new int[1];
    return message -> message.hasMetadata() || seen[0]++ != frame ? message : change.apply(message);
  }
}
