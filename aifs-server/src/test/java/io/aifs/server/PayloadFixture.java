package io.aifs.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.Codec;
import io.aifs.core.chunk.Compressed;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RandomBytes;
import io.aifs.server.engine.ChunkedPut;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.FilesResult;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.payload.FakePayloads;
import io.aifs.server.engine.policy.PolicyService;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;

/** A whole store whose payloads are {@link FakePayloads}; checked by fsck in the end. */
abstract class PayloadFixture extends TransactionFixture {
  final FakePayloads payloads = new FakePayloads();

  @Override
  @BeforeEach
  void open() {
    use(TestStore.create(home, clock, RandomBytes.secure(), payloads));
  }

  @Override
  void reopen() {
    store.close();
    use(TestStore.open(home, clock, RandomBytes.secure(), payloads));
  }

  static PutHeader header(AssetKind kind) {
    return new PutHeader(kind, Map.of(), List.of(), new byte[0], Optional.empty());
  }

  /** As PutAsset does. */
  PutResult put(AssetKind kind, String content) {
    return put(kind, content, true);
  }

  PutResult put(AssetKind kind, String content, boolean readsAll) {
    try (PutSession session = engine.assets().beginPut(space, header(kind), readsAll)) {
      byte[] bytes = content.getBytes(UTF_8);
      session.write(bytes, 0, bytes.length);
      return session.finish(Optional.empty());
    }
  }

  /** As PutChunks does. */
  PutResult putChunks(AssetKind kind, String content, boolean readsAll) {
    byte[] bytes = content.getBytes(UTF_8);
    Chunker chunker = new Chunker(space.chunker());
    try (ChunkedPut put = engine.assets().beginChunks(space, header(kind), readsAll)) {
      int length;
      for (int at = 0; (length = chunker.cut(bytes, at, bytes.length - at, true)) > 0; ) {
        byte[] chunk = Arrays.copyOfRange(bytes, at, at + length);
        put.send(new Compressed(Codec.STORED, chunk, 0, chunk.length), chunk.length);
        at += length;
      }
      return put.finish(Digest.of(bytes), Optional.empty());
    }
  }

  static FilePut file(String path, AssetKind kind, String content) {
    return new FilePut(
        new TreePath(path),
        new FilePut.What.Data(content.getBytes(UTF_8)),
        FileAttributes.PLAIN_FILE,
        kind,
        Map.of(),
        List.of());
  }

  FilesResult putFile(String path, AssetKind kind, String content) {
    return engine.files().put(space, MAIN, List.of(file(path, kind, content)), Optional.empty());
  }

  /** Sets the members of a policy, besides its version. */
  void policy(String members) {
    assertThat(
            engine
                .policies()
                .set(
                    space,
                    new PolicyService.Order(
                        "{\"version\": 1" + (members.isEmpty() ? "" : ", " + members) + "}",
                        OptionalLong.empty(),
                        "ada",
                        ""),
                    Optional.empty()))
        .isPresent();
  }

  void validate(String mode) {
    policy("\"payload\": {\"validate\": \"" + mode + "\"}");
  }

  AssetKind kindOf(String content) {
    return engine.assets().detail(space, idOf(content)).info().kind();
  }

  Map<String, String> metadataOf(String content) {
    return engine.assets().detail(space, idOf(content)).info().metadata();
  }
}
