package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.chunk.ChunkCompressor;
import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.Compressed;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.ContentChunk;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.MissingChunksRequest;
import io.aifs.proto.v1.MissingChunksResponse;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutChunksRequest;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.Finding;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Uploads of chunks: what is believed of them, and what stays of those that break. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PutChunksTest {
  private static final ChunkerParameters RULES = ChunkerParameters.DEFAULT;
  private static final int STORED = 0;
  private static final int ZSTD = 1;
  private static final int PLAIN_BYTES = 40_000;
  private static final byte[] TEXT = "all work and no play ".repeat(2_000).getBytes(UTF_8);

  private EdgeFixture fixture;
  private Channel channel;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin());
  }

  @AfterEach
  void nothingIsDamaged() throws IOException {
    List<Finding> findings = new ArrayList<>();
    fixture
        .engine()
        .checks()
        .fsck(
            new CheckOptions(true, false),
            new CheckListener() {
              @Override
              public void finding(Finding finding) {
                if (finding.severity() != Finding.Severity.INFO) {
                  findings.add(finding);
                }
              }

              @Override
              public void progress(CheckTally soFar) {}
            });
    fixture.close();
    assertThat(findings).isEmpty();
  }

  /** A chunk of some content. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(Digest digest, byte[] bytes) {
    ContentChunk sent() {
      try (ChunkCompressor compressor = new ChunkCompressor()) {
        Compressed frame = compressor.compress(bytes, 0, bytes.length);
        byte[] payload =
            Arrays.copyOfRange(frame.bytes(), frame.offset(), frame.offset() + frame.length());
        return ChunkCall.sent(frame.codec().code(), payload, bytes.length);
      }
    }

    ContentChunk claimed() {
      return ChunkCall.claimed(digest, bytes.length);
    }
  }

  private static List<Piece> cut(byte[] content) {
    Chunker chunker = new Chunker(RULES);
    List<Piece> pieces = new ArrayList<>();
    int length;
    for (int at = 0;
        (length = chunker.cut(content, at, content.length - at, true)) > 0;
        at += length) {
      pieces.add(
          new Piece(Digest.of(content, at, length), Arrays.copyOfRange(content, at, at + length)));
    }
    return pieces;
  }

  private static List<Digest> digests(List<Piece> pieces) {
    return pieces.stream().map(Piece::digest).toList();
  }

  private static byte[] bytes(long seed, int length) {
    return SeededTest.bytes(new SplittableRandom(seed), length);
  }

  private MissingChunksResponse missing(Channel asker, String namespace, Collection<Digest> ask) {
    return ContentGrpc.newBlockingStub(asker)
        .missingChunks(
            MissingChunksRequest.newBuilder()
                .setNamespace(namespace)
                .setDigests(ChunkCall.joined(ask))
                .build());
  }

  private BitSet missingBits(Channel asker, List<Piece> pieces) {
    return BitSet.valueOf(missing(asker, "", digests(pieces)).getMissing().toByteArray());
  }

  /** Puts as a client does: asks, sends what is missing and claims the rest. */
  private PutAssetResponse put(Channel putter, byte[] content) {
    List<Piece> pieces = cut(content);
    ChunkCall call = ChunkCall.begin(putter, "");
    BitSet missing = call.ask(digests(pieces));
    for (int at = 0; at < pieces.size(); at++) {
      call.send(missing.get(at) ? pieces.get(at).sent() : pieces.get(at).claimed());
    }
    return call.finish(Digest.of(content));
  }

  private byte[] read(Digest id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentGrpc.newBlockingStub(channel)
        .read(ReadRequest.newBuilder().setAssetId(id.hex()).build())
        .forEachRemaining(part -> out.writeBytes(part.getData().toByteArray()));
    return out.toByteArray();
  }

  private int visibleAssets() {
    return AIFSGrpc.newBlockingStub(channel)
        .listAssets(ListAssetsRequest.getDefaultInstance())
        .getAssetsCount();
  }

  @Test
  void contentsThatShareChunksArriveWholeAndOnlyWhatIsNewIsStored() {
    SeededTest.run(
        5,
        random -> {
          byte[] content = SeededTest.bytes(random, 1 + random.nextInt(3 << 20));
          put(channel, content);
          for (int edit = 0; edit < 3; edit++) {
            int at = random.nextInt(content.length);
            int to = Math.min(content.length, at + random.nextInt(100_000));
            Arrays.fill(content, at, to, (byte) edit);
            List<Piece> pieces = cut(content);
            long expected =
                missingBits(channel, pieces).isEmpty()
                    ? 0
                    : missingBits(channel, pieces).stream()
                        .mapToObj(index -> pieces.get(index).digest())
                        .distinct()
                        .count();

            PutAssetResponse result = put(channel, content);

            assertThat(result.getAssetId()).isEqualTo(Digest.of(content).hex());
            assertThat(result.getSize()).isEqualTo(content.length);
            assertThat(result.getChunks()).isEqualTo(pieces.size());
            assertThat(result.getNewChunks()).isEqualTo(expected);
            assertThat(read(Digest.of(content))).isEqualTo(content);
          }
        });
  }

  @Test
  void aFrameIsStoredAsItCame() {
    byte[] frame = com.github.luben.zstd.Zstd.compress(TEXT, 19);
    Digest id = Digest.of(TEXT);

    PutAssetResponse result =
        ChunkCall.begin(channel, "").send(ChunkCall.sent(ZSTD, frame, TEXT.length)).finish(id);

    assertThat(result.getStoredBytes()).isBetween((long) frame.length, frame.length + 100L);
    assertThat(read(id)).isEqualTo(TEXT);
  }

  @Test
  void emptyContentIsLegal() {
    Digest id = Digest.of(new byte[0]);
    assertThat(ChunkCall.begin(channel, "").finish(id).getSize()).isZero();
    assertThat(read(id)).isEmpty();
  }

  @Test
  void aRepeatedRequestGivesTheFirstResult() {
    byte[] content = bytes(1, 300_000);
    PutAssetRequest header = PutAssetRequest.newBuilder().setRequestId("again").build();
    List<Piece> pieces = cut(content);
    ChunkCall first = ChunkCall.begin(channel, header);
    pieces.forEach(piece -> first.send(piece.sent()));
    PutAssetResponse result = first.finish(Digest.of(content));

    ChunkCall second = ChunkCall.begin(channel, header);
    pieces.forEach(piece -> second.send(piece.claimed()));

    assertThat(second.finish(Digest.of(content))).isEqualTo(result);
  }

  static Stream<Arguments> malformedChunks() {
    byte[] plain = bytes(2, PLAIN_BYTES);
    byte[] frame = com.github.luben.zstd.Zstd.compress(TEXT, 1);
    byte[] bomb = com.github.luben.zstd.Zstd.compress(new byte[64 << 20], 1);
    byte[] broken = frame.clone();
    broken[frame.length / 2] ^= 0x55;
    broken[0] ^= 1;
    byte[] garbageBehind = Arrays.copyOf(frame, frame.length + 5);
    byte[] twoFrames = Arrays.copyOf(frame, 2 * frame.length);
    System.arraycopy(frame, 0, twoFrames, frame.length, frame.length);
    byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4};
    return Stream.of(
        Arguments.of("an unknown codec", ChunkCall.sent(2, plain, PLAIN_BYTES)),
        Arguments.of("a codec that never is", ChunkCall.sent(255, plain, PLAIN_BYTES)),
        Arguments.of("a longer length than there is", ChunkCall.sent(STORED, plain, 40_001)),
        Arguments.of("a shorter length than there is", ChunkCall.sent(STORED, plain, 39_999)),
        Arguments.of("a frame of other length", ChunkCall.sent(ZSTD, frame, TEXT.length - 1)),
        Arguments.of("a frame of less content", ChunkCall.sent(ZSTD, frame, TEXT.length + 1)),
        Arguments.of("a broken frame", ChunkCall.sent(ZSTD, broken, TEXT.length)),
        Arguments.of("garbage behind the frame", ChunkCall.sent(ZSTD, garbageBehind, TEXT.length)),
        Arguments.of("two frames", ChunkCall.sent(ZSTD, twoFrames, 2 * TEXT.length)),
        Arguments.of("a frame to skip", ChunkCall.sent(ZSTD, skippable, 20_000)),
        Arguments.of("half a frame", ChunkCall.sent(ZSTD, Arrays.copyOf(frame, 20), TEXT.length)),
        Arguments.of("no frame", ChunkCall.sent(ZSTD, new byte[0], PLAIN_BYTES)),
        Arguments.of("what expands beyond its length", ChunkCall.sent(ZSTD, bomb, 200_000)),
        Arguments.of("a frame that saves nothing", ChunkCall.sent(ZSTD, plain, PLAIN_BYTES)),
        Arguments.of("an empty chunk", ChunkCall.sent(STORED, new byte[0], 0)),
        Arguments.of("a negative length", ChunkCall.sent(STORED, plain, -1)),
        Arguments.of(
            "a chunk that is too long",
            ChunkCall.sent(STORED, new byte[RULES.bytesMax() + 1], RULES.bytesMax() + 1)),
        Arguments.of("a claim of no length", ChunkCall.claimed(Digest.of(plain), 0)),
        Arguments.of(
            "a claim that is too long", ChunkCall.claimed(Digest.of(plain), RULES.bytesMax() + 1)),
        Arguments.of(
            "a claim of half a digest",
            ContentChunk.newBuilder()
                .setClaimed(
                    io.aifs.proto.v1.ClaimedChunk.newBuilder()
                        .setDigest(ByteString.copyFrom(new byte[16]))
                        .setPlainBytes(PLAIN_BYTES))
                .build()),
        Arguments.of("neither chunk nor claim", ContentChunk.getDefaultInstance()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedChunks")
  void aMalformedChunkIsRefused(String what, ContentChunk chunk) {
    Piece good = new Piece(Digest.of(TEXT), TEXT);
    ChunkCall call = ChunkCall.begin(channel, "").send(good.sent()).send(chunk);

    WireFailure failure = WireFailure.of(call::next);

    assertThat(failure.exception().getStatus().getCode()).as(what).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(visibleAssets()).isZero();
    assertThat(put(channel, TEXT).getSize()).isEqualTo(TEXT.length);
  }

  @Test
  void ofTwoChunksThatFollowEachOtherOneIsLongUnlessTheSecondIsTheLast() {
    byte[] content = bytes(3, 100);
    Piece small = new Piece(Digest.of(content), content);
    Piece large = new Piece(Digest.of(TEXT), TEXT);
    ChunkCall call =
        ChunkCall.begin(channel, "").send(small.sent()).send(small.sent()).send(large.sent());

    WireFailure.of(call::next).is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID).names("chunks");
    assertThat(visibleAssets()).isZero();

    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ChunkCall good = ChunkCall.begin(channel, "");
    for (Piece piece : List.of(small, large, small, large, small, small)) {
      good.send(piece.sent());
      whole.writeBytes(piece.bytes());
    }
    Digest id = Digest.of(whole.toByteArray());
    assertThat(good.finish(id).getChunks()).isEqualTo(6);
    assertThat(read(id)).isEqualTo(whole.toByteArray());
  }

  @Test
  void chunksThatMakeAnotherAssetAreRefused() {
    List<Piece> pieces = cut(bytes(4, 500_000));
    ChunkCall call = ChunkCall.begin(channel, "");
    pieces.forEach(piece -> call.send(piece.sent()));

    WireFailure.of(() -> call.finish(Digest.of(TEXT)))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("asset_id");
    assertThat(visibleAssets()).isZero();
  }

  @Test
  void aStreamThatEndsWithoutTheAssetIdIsRefused() {
    ChunkCall call = ChunkCall.begin(channel, "").send(new Piece(Digest.of(TEXT), TEXT).sent());

    WireFailure.of(call::finish)
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("asset_id");
    assertThat(visibleAssets()).isZero();
  }

  @Test
  void messagesOutOfTheirOrderAreRefused() {
    PutChunksRequest.Builder end =
        PutChunksRequest.newBuilder().setAssetId(Digest.of(new byte[0]).hex());
    WireFailure.of(ChunkCall.begin(channel, "").send(end).send(end)::next)
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("asset_id");
    PutChunksRequest.Builder header =
        PutChunksRequest.newBuilder().setHeader(PutAssetRequest.getDefaultInstance());
    WireFailure.of(ChunkCall.begin(channel, "").send(header)::next)
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("header");
    PutAssetRequest withChunks =
        PutAssetRequest.newBuilder().addChunks(io.aifs.proto.v1.Chunk.getDefaultInstance()).build();
    WireFailure.of(ChunkCall.begin(channel, withChunks)::next)
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("header.chunks");
  }

  @Test
  void aClaimOfWhatIsNotThereIsRefused() {
    ChunkCall call =
        ChunkCall.begin(channel, "").send(ChunkCall.claimed(Digest.of(TEXT), PLAIN_BYTES));

    WireFailure.of(() -> call.finish(Digest.of(TEXT)))
        .is(Code.FAILED_PRECONDITION, Reason.CHUNK_NOT_HELD);
    assertThat(visibleAssets()).isZero();
  }

  @Test
  void aClaimWithAnotherLengthIsRefused() {
    put(channel, TEXT);
    ChunkCall call =
        ChunkCall.begin(channel, "").send(ChunkCall.claimed(Digest.of(TEXT), TEXT.length + 1));

    WireFailure.of(() -> call.finish(Digest.of(TEXT)))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }

  @Test
  void whatAnotherNamespaceHoldsIsMissingHereAndCannotBeClaimed() {
    AdminGrpc.newBlockingStub(channel)
        .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    byte[] content = bytes(5, 1 << 20);
    put(channel, content);
    List<Piece> pieces = cut(content);

    MissingChunksResponse there = missing(channel, "other", digests(pieces));
    assertThat(BitSet.valueOf(there.getMissing().toByteArray()).cardinality())
        .isEqualTo(pieces.size());
    ChunkCall call = ChunkCall.begin(channel, "other");
    pieces.forEach(piece -> call.send(piece.claimed()));
    WireFailure.of(() -> call.finish(Digest.of(content)))
        .is(Code.FAILED_PRECONDITION, Reason.CHUNK_NOT_HELD);
  }

  @Test
  void whoMayNotReadIsToldThatAllIsMissingAndSendsIt() {
    byte[] content = bytes(6, 1 << 20);
    put(channel, content);
    List<Piece> pieces = cut(content);
    Channel writer = EdgeFixture.withToken(inProcess(), TestTokens.with("methods = put"));

    assertThat(missingBits(channel, pieces).isEmpty()).isTrue();
    assertThat(missingBits(writer, pieces).cardinality()).isEqualTo(pieces.size());
    ChunkCall asking = ChunkCall.begin(writer, "");
    assertThat(asking.ask(digests(pieces)).cardinality()).isEqualTo(pieces.size());
    asking.send(pieces.getFirst().claimed());
    WireFailure.of(() -> asking.finish(Digest.of(content)))
        .is(Code.FAILED_PRECONDITION, Reason.CHUNK_NOT_HELD);
    assertThat(put(writer, content).getNewChunks()).isEqualTo(pieces.size());
  }

  @Test
  void whatWasSentMayBeClaimedFurtherOnEvenByWhoMayNotRead() {
    Piece piece = new Piece(Digest.of(TEXT), TEXT);
    byte[] content = new byte[2 * TEXT.length];
    System.arraycopy(TEXT, 0, content, 0, TEXT.length);
    System.arraycopy(TEXT, 0, content, TEXT.length, TEXT.length);
    Channel writer = EdgeFixture.withToken(inProcess(), TestTokens.with("methods = put"));

    ChunkCall call = ChunkCall.begin(writer, "").send(piece.sent()).send(piece.claimed());

    // Whoever may not read is told that all is new.
    assertThat(call.finish(Digest.of(content)).getNewChunks()).isEqualTo(2);
    assertThat(read(Digest.of(content))).isEqualTo(content);
  }

  private Channel inProcess() {
    try {
      return fixture.inProcess();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void tooManyDigestsOrHalvesOfThemAreRefused() {
    ByteString tooMany =
        ByteString.copyFrom(new byte[(Limits.BATCH_ENTRIES_MAX + 1) * Digest.BYTES]);
    for (ByteString digests : List.of(tooMany, ByteString.copyFrom(new byte[33]))) {
      WireFailure failure =
          WireFailure.of(
              () ->
                  ContentGrpc.newBlockingStub(channel)
                      .missingChunks(
                          MissingChunksRequest.newBuilder().setDigests(digests).build()));
      assertThat(failure.exception().getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void theRulesOfCuttingAreTold() {
    MissingChunksResponse reply = missing(channel, "", List.of());
    assertThat(reply.getRules().getBytesMin()).isEqualTo(RULES.bytesMin());
    assertThat(reply.getRules().getBytesTarget()).isEqualTo(RULES.bytesTarget());
    assertThat(reply.getRules().getBytesMax()).isEqualTo(RULES.bytesMax());
    assertThat(reply.getRules().getAtTensors()).isTrue();
    assertThat(reply.getRules().getCodecsList()).containsExactly(34, 36, 40);
  }

  @Test
  void whatABrokenUploadSentNeedNotBeSentAgain() {
    byte[] content = bytes(7, 3 << 20);
    List<Piece> pieces = cut(content);
    int half = pieces.size() / 2;
    ChunkCall broken = ChunkCall.begin(channel, "");
    pieces.subList(0, half).forEach(piece -> broken.send(piece.sent()));
    broken.ask(digests(pieces)); // answered when everything before it has been taken
    broken.cancel();

    BitSet missing = missingBits(channel, pieces);
    while (missing.cardinality() > pieces.size() - half) {
      missing = missingBits(channel, pieces);
    }
    assertThat(visibleAssets()).isZero();
    assertThat(put(channel, content).getNewChunks()).isEqualTo(pieces.size() - half);
    assertThat(read(Digest.of(content))).isEqualTo(content);
  }
}
