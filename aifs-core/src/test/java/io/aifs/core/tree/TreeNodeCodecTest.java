package io.aifs.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TreeNodeCodecTest {
  private static final Digest ASSET = Digest.of(new byte[] {1});
  private static final FileAttributes PLAIN = FileAttributes.PLAIN_FILE;

  private static PathEntry file(String path) {
    return new PathEntry(
        new TreePath(path), new TreeEntry.File(ASSET, AssetKind.TENSOR, 77, PLAIN));
  }

  private static ChildRef child(String first, long entries, long bytes) {
    return new ChildRef(new TreePath(first), new TreeRoot(ASSET, ASSET, entries, bytes, 9));
  }

  private static TreeNode random(SplittableRandom random) {
    TreeMap<TreePath, TreeEntry> entries = new TreeMap<>();
    int count = random.nextInt(1, 60);
    for (int i = 0; i < count; i++) {
      TreePath path = new TreePath("d" + random.nextInt(4) + "/" + random.nextInt(1000));
      FileAttributes attributes = new FileAttributes(random.nextInt(010000), random.nextLong());
      entries.put(
          path,
          switch (random.nextInt(4)) {
            case 0 -> new TreeEntry.Directory(attributes);
            case 1 -> new TreeEntry.Symlink("to-" + random.nextInt(), attributes);
            default ->
                new TreeEntry.File(
                    Digest.of(SeededTest.bytes(random, 4)),
                    AssetKind.ofCode(random.nextInt(4)),
                    random.nextLong(1L << 48),
                    attributes);
          });
    }
    if (random.nextBoolean()) {
      return new TreeNode.Leaf(
          entries.entrySet().stream().map(e -> new PathEntry(e.getKey(), e.getValue())).toList());
    }
    List<ChildRef> children = new ArrayList<>();
    entries
        .keySet()
        .forEach(
            path ->
                children.add(
                    child(path.value(), random.nextLong(1, 1 << 20), random.nextLong(1L << 50))));
    return new TreeNode.Inner(random.nextInt(1, 60), children);
  }

  @Test
  void whatIsWrittenIsRead() {
    SeededTest.run(
        500,
        random -> {
          TreeNode node = random(random);
          byte[] bytes = TreeNodeCodec.encode(node);
          assertThat(TreeNodeCodec.decode(bytes)).isEqualTo(node);
        });
  }

  @Test
  void whateverIsReadIsWrittenTheSame() {
    SeededTest.run(
        2_000,
        random -> {
          byte[] bytes = TreeNodeCodec.encode(random(random));
          int changes = random.nextInt(1, 4);
          for (int i = 0; i < changes; i++) {
            bytes[random.nextInt(Math.min(bytes.length, 200))] ^= (byte) (1 << random.nextInt(8));
          }
          if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 8));
          }
          assertReadsOrRefuses(bytes);
        });
  }

  @Test
  void randomBytesAreRefused() {
    SeededTest.run(
        5_000,
        random -> {
          byte[] bytes = SeededTest.bytes(random, random.nextInt(300));
          if (bytes.length > 4) {
            bytes[0] = 1;
            bytes[1] = (byte) random.nextInt(3);
            bytes[2] = 0;
            bytes[4] = 0;
          }
          assertReadsOrRefuses(bytes);
        });
  }

  private static void assertReadsOrRefuses(byte[] bytes) {
    TreeNode node;
    try {
      node = TreeNodeCodec.decode(bytes);
    } catch (TreeDamagedException e) {
      assertThat(e).message().isNotBlank();
      return;
    }
    assertThat(TreeNodeCodec.encode(node)).isEqualTo(bytes);
  }

  @Test
  void everyShorterNodeIsRefused() {
    byte[] bytes = TreeNodeCodec.encode(new TreeNode.Leaf(List.of(file("a"), file("b"))));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> TreeNodeCodec.decode(cut))
          .isInstanceOf(TreeDamagedException.class)
          .hasMessage("node ends too early");
    }
  }

  @Nested
  class Refused {
    private void assertRefused(TreeNode node, Consumer<ByteBuffer> damage, String message) {
      byte[] bytes = TreeNodeCodec.encode(node);
      damage.accept(ByteBuffer.wrap(bytes));
      assertThatThrownBy(() -> TreeNodeCodec.decode(bytes))
          .isInstanceOf(TreeDamagedException.class)
          .hasMessageContaining(message);
    }

    private final TreeNode leaf = new TreeNode.Leaf(List.of(file("ab"), file("ac")));
    private final TreeNode inner = new TreeNode.Inner(3, List.of(child("a", 1, 5)));

    /** Where the second entry begins: behind the header and a file with a path of two bytes. */
    private static final int SECOND = 4 + 4 + 2 + 11 + 41;

    @Test
    void otherVersionsAndLevels() {
      assertRefused(leaf, b -> b.put(0, (byte) 2), "version of the node is unknown: 2");
      assertRefused(leaf, b -> b.put(1, (byte) 63), "level of the node is over the limit: 63");
      assertRefused(leaf, b -> b.putShort(2, (short) 0), "node has no entries");
      assertRefused(leaf, b -> b.putShort(2, (short) 1), "bytes behind its end");
    }

    @Test
    void pathsThatAreNone() {
      assertRefused(leaf, b -> b.put(8, (byte) 0), "path has a NUL");
      assertRefused(leaf, b -> b.put(8, (byte) '/'), "path has an empty segment");
      assertRefused(leaf, b -> b.put(8, (byte) 0xff), "text is not UTF-8");
      assertRefused(leaf, b -> b.putShort(4, (short) 1), "length of a path is wrong");
      assertRefused(leaf, b -> b.putShort(6, (short) 4_097), "length of a path is wrong");
    }

    @Test
    void pathsOutOfOrder() {
      assertRefused(leaf, b -> b.put(SECOND + 4, (byte) 'a'), "paths are not in order");
      assertRefused(leaf, b -> b.put(9, (byte) 'c'), "paths are not in order");
      TreeNode long1 = new TreeNode.Leaf(List.of(file("ab"), file("bbb")));
      assertRefused(long1, b -> b.put(SECOND + 4, (byte) 'a'), "shares more with the one before");
    }

    @Test
    void entriesThatAreNone() {
      assertRefused(leaf, b -> b.put(10, (byte) 3), "type of an entry is unknown: 3");
      assertRefused(leaf, b -> b.putShort(11, (short) 010000), "mode is outside");
      assertRefused(leaf, b -> b.put(21, (byte) 4), "kind is unknown: 4");
      assertRefused(leaf, b -> b.putLong(22, -1), "size of a file is over the limit");
      TreePath path = new TreePath("ab");
      TreeNode link =
          new TreeNode.Leaf(List.of(new PathEntry(path, new TreeEntry.Symlink("x", PLAIN))));
      assertRefused(link, b -> b.put(23, (byte) 0), "symlink target is empty, holds NUL");
      assertRefused(link, b -> b.put(23, (byte) 0xc0), "text is not UTF-8");
    }

    @Test
    void childrenThatAreNone() {
      int sums = 4 + 4 + 1 + 64;
      assertRefused(inner, b -> b.putLong(sums, 0), "sum of a child is outside its limits");
      assertRefused(inner, b -> b.putLong(sums + 8, -1), "sum of a child is outside its limits");
      assertRefused(
          inner, b -> b.putShort(sums + 16, (short) 4_097), "sum of a child is outside its limits");
      TreeNode two =
          new TreeNode.Inner(1, List.of(child("a", 1, Long.MAX_VALUE), child("b", 1, 0)));
      assertRefused(
          two, b -> b.putLong(sums + 18 + 4 + 1 + 64 + 8, 1), "sums of the children are too large");
    }
  }

  @Nested
  class NotWritten {
    private void assertNotWritten(TreeNode node, String message) {
      assertThatThrownBy(() -> TreeNodeCodec.encode(node))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }

    @Test
    void whatIsNoNode() {
      assertNotWritten(new TreeNode.Leaf(List.of()), "number of entries is no node's: 0");
      assertNotWritten(new TreeNode.Inner(0, List.of(child("a", 1, 1))), "level is outside");
      assertNotWritten(new TreeNode.Inner(63, List.of(child("a", 1, 1))), "level is outside");
      assertNotWritten(new TreeNode.Inner(1, List.of(child("a", 0, 0))), "child is empty");
      assertNotWritten(new TreeNode.Leaf(List.of(file("b"), file("a"))), "paths are not in order");
      assertNotWritten(new TreeNode.Leaf(List.of(file("a"), file("a"))), "paths are not in order");
      assertNotWritten(new TreeNode.Leaf(List.of(file(""))), "paths are not in order");
      List<PathEntry> many = new ArrayList<>();
      for (int i = 100; i < 500; i++) {
        many.add(file("file-" + i));
      }
      assertNotWritten(new TreeNode.Leaf(many), "node is over 16384 bytes");
    }
  }
}
