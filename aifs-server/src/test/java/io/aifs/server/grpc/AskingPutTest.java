package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import io.aifs.client.Content;
import io.aifs.client.PutEstimate;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Puts of a client that asks first, over TCP: what they send, also after cuts. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AskingPutTest {
  private static final int MIB = 1 << 20;

  /** Headers, questions and claims: about 100 bytes for a chunk of 64 KiB, and some for a call. */
  private static final long PLUS_BYTES = 100_000;

  private EdgeFixture fixture;
  private CuttingProxy proxy;
  private AifsClient client;
  private Figures figures;

  @TempDir Path directory;

  @BeforeEach
  void open() throws IOException {
    fixture = EdgeFixture.open(directory);
    proxy = new CuttingProxy(fixture.edge().listenTcp("127.0.0.1", 0));
    client = AifsClients.connect(options());
    figures = new Figures(EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin()));
  }

  private ClientOptions options() {
    return ClientOptions.of(new ClientOptions.Endpoint.Tcp("127.0.0.1", proxy.port()))
        .withToken(TestTokens.admin());
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    proxy.close();
    fixture.close();
  }

  private static byte[] bytes(long seed, int length) {
    return SeededTest.bytes(new SplittableRandom(seed), length);
  }

  private PutOutcome put(byte[] content) {
    return client.assets().put(PutOptions.blob(), Content.of(content));
  }

  private byte[] read(Digest id) {
    try (InputStream in = client.assets().read(new ReadTarget.ById(id), 0, Optional.empty())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void contentOfAKindIsPutByTheCallThatRefusesWhatIsNot() {
    PutOptions tensor =
        new PutOptions(AssetKind.TENSOR, Map.of(), List.of(), new float[0], Optional.empty());

    AifsException.InvalidRequest refusal =
        catchThrowableOfType(
            AifsException.InvalidRequest.class,
            () -> client.assets().put(tensor, Content.of(new byte[] {1})));

    assertThat(refusal.reason()).isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(client.assets().statAll(List.of(Digest.of(new byte[] {1})))).isEmpty();
  }

  @Test
  void onlyWhatTheStoreLacksIsSent() {
    byte[] content = bytes(1, 20 * MIB);
    assertThat(put(content).id()).isEqualTo(Digest.of(content));
    assertThat(proxy.takeSentBytes()).isBetween(20L * MIB, 20L * MIB + PLUS_BYTES);

    Arrays.fill(content, 7 * MIB, 8 * MIB, (byte) 1);
    System.arraycopy(bytes(2, MIB), 0, content, 12 * MIB, MIB);
    PutOutcome changed = put(content);

    assertThat(changed.id()).isEqualTo(Digest.of(content));
    assertThat(changed.newChunks()).isLessThan(changed.chunks() / 4);
    assertThat(proxy.takeSentBytes()).isLessThan(2L * MIB);
    assertThat(read(changed.id())).isEqualTo(content);

    assertThat(put(content).newChunks()).isZero();
    assertThat(proxy.takeSentBytes()).isLessThan(PLUS_BYTES);
  }

  @Test
  void whatCompressesTravelsCompressed() {
    byte[] text = "the same procedure as last year ".repeat(300_000).getBytes(UTF_8);

    assertThat(put(text).id()).isEqualTo(Digest.of(text));

    assertThat(proxy.takeSentBytes()).isLessThan(text.length / 20);
  }

  @Test
  void contentThatRepeatsItselfIsSentOnce() {
    byte[] part = bytes(3, 3 * MIB);
    byte[] content = new byte[9 * MIB];
    for (int at = 0; at < content.length; at += part.length) {
      System.arraycopy(part, 0, content, at, part.length);
    }

    assertThat(put(content).id()).isEqualTo(Digest.of(content));

    assertThat(proxy.takeSentBytes()).isLessThan(4L * MIB);
    assertThat(read(Digest.of(content))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(longs = {200_000, 3 * MIB, 7 * MIB, 11 * MIB, 15 * MIB})
  void afterACutTheNextTrySendsWhatIsLeft(long cutAfterBytes) {
    byte[] content = bytes(4, 16 * MIB);
    try (AifsClient once = AifsClients.connect(options().withRetries(ClientOptions.Retries.NONE))) {
      proxy.cutAfter(cutAfterBytes, 1);
      assertThatThrownBy(() -> once.assets().put(PutOptions.blob(), Content.of(content)))
          .isInstanceOf(AifsException.Unavailable.class);
    }
    figures.await("aifs_uploads_active", active -> active == 0);
    PutEstimate left = client.assets().compare(Content.of(content));
    // What was under way in buffers of both sides when the connection went is lost.
    assertThat(left.missingBytes()).isLessThanOrEqualTo(content.length - cutAfterBytes + 5L * MIB);
    proxy.takeSentBytes();

    PutOutcome outcome = put(content);

    assertThat(proxy.takeSentBytes()).isLessThan(left.missingBytes() + PLUS_BYTES);
    assertThat(outcome.newChunks()).isEqualTo(left.missingChunks());
    assertThat(read(outcome.id())).isEqualTo(content);
  }

  @Test
  void aPutGoesOnByItselfAfterManyCuts() {
    byte[] content = bytes(5, 48 * MIB);
    proxy.cutAfter(6L * MIB, 7); // more often than a call is tried that gets nowhere

    assertThat(put(content).id()).isEqualTo(Digest.of(content));

    assertThat(proxy.takeSentBytes()).isLessThan((48L + 7 * 6) * MIB);
    assertThat(read(Digest.of(content))).isEqualTo(content);
  }

  @Test
  void aSourceThatPausesForLongerThanAStallIsNotTakenForOne(@TempDir Path other)
      throws IOException {
    byte[] content = bytes(6, 6 * MIB);
    try (EdgeFixture strict = EdgeFixture.open(other, EdgeFixture.Options.DEFAULT.withStall(400));
        CuttingProxy counting = new CuttingProxy(strict.edge().listenTcp("127.0.0.1", 0));
        AifsClient patient =
            AifsClients.connect(
                ClientOptions.of(new ClientOptions.Endpoint.Tcp("127.0.0.1", counting.port()))
                    .withToken(TestTokens.admin())
                    .withStallTimeout(Duration.ofMillis(400)))) {
      Content pausing = Content.once(new PausingStream(content, 5 * MIB, counting));

      PutOutcome outcome = patient.assets().put(PutOptions.blob(), pausing);

      assertThat(outcome.id()).isEqualTo(Digest.of(content));
    }
  }

  /** Gives nothing at one place until the other side was given ten signs of life. */
  private static final class PausingStream extends ByteArrayInputStream {
    private final int pauseAt;
    private final CuttingProxy proxy;

    PausingStream(byte[] content, int pauseAt, CuttingProxy proxy) {
      super(content);
      this.pauseAt = pauseAt;
      this.proxy = proxy;
    }

    @Override
    public synchronized int read(byte[] out, int offset, int length) {
      if (pos == pauseAt) {
        for (int signs = 0; signs < 10; signs += proxy.takeSentBytes() > 0 ? 1 : 0) {
          Thread.onSpinWait();
        }
      }
      return super.read(out, offset, pos < pauseAt ? Math.min(length, pauseAt - pos) : length);
    }
  }

  @Test
  void aChunkThatTurnsOutDamagedIsSentAgain() throws IOException {
    byte[] content = bytes(10, 3 * MIB);
    put(content);
    flipAByteOfTheLargestPack();
    proxy.takeSentBytes();

    PutOutcome outcome = put(content);

    assertThat(outcome.newChunks()).isEqualTo(1);
    assertThat(proxy.takeSentBytes()).isLessThan(MIB);
    assertThat(read(outcome.id())).isEqualTo(content);
  }

  private void flipAByteOfTheLargestPack() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("data/packs"))) {
      Path pack =
          files
              .filter(Files::isRegularFile)
              .max(Comparator.comparingLong(file -> file.toFile().length()))
              .orElseThrow();
      try (RandomAccessFile file = new RandomAccessFile(pack.toFile(), "rw")) {
        long middle = file.length() / 2;
        file.seek(middle);
        int value = file.read();
        file.seek(middle);
        file.write(value ^ 1);
      }
    }
  }

  @Test
  void aTokenThatMayNotReadSendsEverything() {
    byte[] content = bytes(7, 5 * MIB);
    put(content);
    proxy.takeSentBytes();
    try (AifsClient writer =
        AifsClients.connect(options().withToken(TestTokens.with("methods = put")))) {
      PutOutcome outcome = writer.assets().put(PutOptions.blob(), Content.of(content));
      assertThat(outcome.newChunks()).isEqualTo(outcome.chunks());
    }
    assertThat(proxy.takeSentBytes()).isGreaterThan(5L * MIB);
  }

  @Test
  void comparingTellsWhatAPutWouldMoveAndStoresNothing() {
    byte[] content = bytes(8, 5 * MIB);
    PutEstimate before = client.assets().compare(Content.of(content));
    assertThat(before.id()).isEqualTo(Digest.of(content));
    assertThat(before.missingBytes()).isEqualTo(content.length);
    assertThat(before.missingChunks()).isEqualTo(before.chunks());
    assertThat(client.assets().statAll(List.of(before.id()))).isEmpty();
    put(content);
    Arrays.fill(content, 0, 100_000, (byte) 3);

    PutEstimate after = client.assets().compare(Content.of(content));

    assertThat(after.size()).isEqualTo(content.length);
    assertThat(after.missingBytes()).isBetween(100_000L, 1_000_000L);
    assertThat(put(content).newChunks()).isEqualTo(after.missingChunks());
    assertThat(client.assets().compare(Content.of(new byte[0])).chunks()).isZero();
  }

  @Test
  void aSourceThatFailsLeavesNothingVisible() {
    byte[] begin = bytes(9, 6 * MIB);
    Content failing =
        Content.once(
            new ByteArrayInputStream(begin) {
              @Override
              public synchronized int read(byte[] out, int offset, int length) {
                if (pos >= 5 * MIB) {
                  throw new UncheckedIOException(new IOException("the disk went away"));
                }
                return super.read(out, offset, length);
              }
            });
    assertThatThrownBy(() -> client.assets().put(PutOptions.blob(), failing))
        .hasRootCauseMessage("the disk went away");
    figures.await("aifs_uploads_active", active -> active == 0);
    assertThat(client.assets().list(10, Optional.empty()).assets()).isEmpty();
  }
}
