package io.aifs.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.testing.Fixture;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Digests, lengths and chaining values are taken in turn from one stream of fixture bytes. */
class ManifestFixtureTest {
  private final MemoryPages pages = new MemoryPages();

  @Test
  void inlineManifestIsTheFixture() throws IOException {
    byte[] root = build(3);
    assertThat(HexFormat.of().formatHex(root)).isEqualTo(hex("inline-v1.hex"));
    assertThat(pages.pages).isEmpty();
  }

  @Test
  void pagedManifestIsTheFixture() throws IOException {
    byte[] root = build(17);
    assertThat(HexFormat.of().formatHex(root)).isEqualTo(hex("paged-root-v1.hex"));
    List<String> written = pages.pages.values().stream().map(HexFormat.of()::formatHex).toList();
    assertThat(written)
        .containsExactly(hex("paged-chunks-v1.hex"), hex("paged-chaining-values-v1.hex"));
  }

  @Test
  void pagesOfALargeManifestAreThoseOfTheFixture() throws IOException {
    byte[] root = build(3_000);
    List<String> lines = Fixture.lines(getClass(), "large-v1.txt");
    assertThat(HexFormat.of().formatHex(root)).isEqualTo(lines.getFirst());
    assertThat(pages.pages.keySet().stream().map(Digest::hex))
        .isEqualTo(lines.subList(1, lines.size()));
  }

  @Test
  void fixtureReadsBack() throws IOException {
    byte[] root = Fixture.hex(getClass(), "paged-root-v1.hex");
    for (String name : List.of("paged-chunks-v1.hex", "paged-chaining-values-v1.hex")) {
      byte[] page = Fixture.hex(getClass(), name);
      pages.accept(new Page(Digest.of(page), page));
    }
    long size = length(0) * 17L + 16 * 17 / 2;
    ManifestReader reader = ManifestReader.open(root, asset(), size, pages);
    List<ChunkRef> chunks = Sample.read(reader.chunks());
    assertThat(chunks).hasSize(17);
    assertThat(chunks.get(16).digest()).isEqualTo(digest(16));
    assertThat(chunks.get(16).length()).isEqualTo(length(16));
    assertThat(reader.chainingValueCount()).isEqualTo(18);
    assertThat(reader.chainingValues(17, 1)).isEqualTo(digest(17).toBytes());
  }

  private byte[] build(int chunkCount) throws IOException {
    ManifestBuilder builder = new ManifestBuilder(pages);
    for (int i = 0; i < chunkCount; i++) {
      builder.add(digest(i), length(i));
    }
    long groups = (builder.size() + 65_535) / 65_536;
    for (int i = 0; i < groups; i++) {
      builder.addChainingValues(digest(i).toBytes());
    }
    return builder.finish(asset());
  }

  private static int length(int i) {
    return 65_600 + i;
  }

  private static Digest asset() {
    return Digest.of("asset".getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static final byte[] STREAM = Fixture.bytes("manifest", 32 * 4_000);

  private static Digest digest(int i) {
    return Digest.fromBytes(Arrays.copyOfRange(STREAM, 32 * i, 32 * i + 32));
  }

  private String hex(String name) {
    return HexFormat.of().formatHex(Fixture.hex(getClass(), name));
  }
}
