package io.aifs.server.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.TreeNodeCodec;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * Trees that {@code make_fixtures.py} built from the page alone are built the same, bit for bit.
 */
class TreeFixtureTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void aSingleFile() throws IOException {
    TreeModel model = new TreeModel();
    put(model, "a", file(0, 0, 0, 0644, 0));
    assertFixture("one", model);
  }

  @Test
  void everyKindOfEntry() throws IOException {
    TreeModel model = new TreeModel();
    put(model, "blob", file(1, 0, 12, 0644, 1_790_000_000_123_456_789L));
    put(model, "tensor", file(2, 1, 1L << 48, 0755, -1));
    put(model, "embed", file(3, 2, 0, 04001, 0));
    put(model, "blob-1/artifact", file(4, 3, 7, 0600, 5));
    put(model, "blob-1", new TreeEntry.Directory(new FileAttributes(0755, 9)));
    put(
        model,
        "link",
        new TreeEntry.Symlink("../o\u00f9/\uD83D\uDE00", new FileAttributes(0777, 3)));
    put(model, "\uD83D\uDE00", new TreeEntry.Directory(new FileAttributes(07777, 0)));
    put(model, "\uFFFD", new TreeEntry.Symlink("a", new FileAttributes(0, 0)));
    put(model, "\u0001\u007f", file(5, 0, 1, 0, 0));
    assertFixture("kinds", model);
  }

  @Test
  void aRootOverLeaves() throws IOException {
    assertFixture("hundred", numbered(100, i -> "data/%d/file-%03d.bin".formatted(i % 3, i)));
  }

  @Test
  void aTreeOfThreeLevels() throws IOException {
    assertFixture(
        "thousands", numbered(3_000, i -> "train/%02d/sample-%05d.png".formatted(i % 13, i)));
  }

  @Test
  void pathsOfNearlyTheGreatestLength() throws IOException {
    assertFixture(
        "long",
        numbered(
            60,
            i -> {
              String segment = "%02d".formatted(i) + "x".repeat(250 - i);
              return (segment + "/").repeat(14) + segment;
            }));
  }

  private static void assertFixture(String name, TreeModel model) throws IOException {
    MemoryNodes nodes = new MemoryNodes();
    TreeRoot root = model.build(nodes);
    List<String> stored = new ArrayList<>();
    for (String line : lines(name)) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "node" -> {
          byte[] node = HEX.parseHex(words[1]);
          assertThat(TreeNodeCodec.encode(TreeNodeCodec.decode(node))).isEqualTo(node);
          stored.add(words[1]);
        }
        case "root" -> {
          assertThat(root)
              .isEqualTo(
                  new TreeRoot(
                      Digest.parse(words[1]),
                      Digest.parse(words[2]),
                      Long.parseLong(words[3]),
                      Long.parseLong(words[4]),
                      Integer.parseInt(words[5])));
          assertThat(nodes.get(root.node()).level()).isEqualTo(Integer.parseInt(words[6]));
        }
        case "proof" -> {
          TreePath path = new TreePath(new String(HEX.parseHex(words[1]), UTF_8));
          byte[] proof = HEX.parseHex(words[2]);
          TreeProver.Proven proven = TreeProver.prove(nodes, root, path).orElseThrow();
          assertThat(proven.proof().toBytes()).isEqualTo(proof);
          assertThat(InclusionProof.parse(proof).rootOf(proven.entry())).isEqualTo(root.merkle());
        }
        default -> throw new IllegalStateException("line is unknown: " + line);
      }
    }
    if (!stored.isEmpty()) {
      assertThat(nodes.all().values().stream().map(HEX::formatHex).toList())
          .containsExactlyInAnyOrderElementsOf(new TreeSet<>(stored));
    }
  }

  private static TreeModel numbered(int count, IntFunction<String> path) {
    TreeModel model = new TreeModel();
    for (int i = 0; i < count; i++) {
      int mode = i % 7 == 0 ? 0755 : 0644;
      put(model, path.apply(i), file(i, i % 4, 1L * i * i, mode, i * 1_000_000_007L));
    }
    return model;
  }

  private static void put(TreeModel model, String path, TreeEntry entry) {
    PathEntry put = new PathEntry(new TreePath(path), entry);
    model.entries().put(put.path(), put.entry());
  }

  private static TreeEntry file(int asset, int kind, long size, int mode, long mtimeNanos) {
    Digest id = Digest.of(ByteBuffer.allocate(Integer.BYTES).putInt(asset).array());
    FileAttributes attributes = new FileAttributes(mode, mtimeNanos);
    return new TreeEntry.File(id, AssetKind.ofCode(kind), size, attributes);
  }

  private static List<String> lines(String name) throws IOException {
    String resource = "/tree/" + name + ".txt";
    try (InputStream in = TreeFixtureTest.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in, resource).readAllBytes(), UTF_8)
          .lines()
          .toList();
    }
  }
}
