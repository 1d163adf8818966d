package io.aifs.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.manifest.ChunkRef;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final Digest DIGEST = Digest.of(new byte[0]);

  @Test
  void symlinkTargetIsBounded() {
    FileAttributes plain = FileAttributes.PLAIN_FILE;
    assertThat(new TreeEntry.Symlink("../x y", plain).target()).isEqualTo("../x y");
    for (String target : new String[] {"", "a\0b", "x".repeat(4_097), "\ud800"}) {
      assertThatThrownBy(() -> new TreeEntry.Symlink(target, plain))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void fileSizeIsNotNegative() {
    assertThatThrownBy(
            () -> new TreeEntry.File(DIGEST, AssetKind.BLOB, -1, FileAttributes.PLAIN_FILE))
        .hasMessage("size is negative: -1");
  }

  @Test
  void modeIsPermissionBitsOnly() {
    assertThat(new FileAttributes(07777, -1).mode()).isEqualTo(07777);
    assertThatThrownBy(() -> new FileAttributes(0100644, 0))
        .hasMessage("mode is outside 0..07777: 100644");
  }

  @Test
  void parentEdgeIsBoundedInBytes() {
    assertThat(new ParentEdge(DIGEST, "é".repeat(512), "").transformName()).hasSize(512);
    assertThatThrownBy(() -> new ParentEdge(DIGEST, "é".repeat(513), ""))
        .hasMessage("transform name is over 1024 bytes");
    assertThatThrownBy(() -> new ParentEdge(DIGEST, "", "x".repeat(1_025)))
        .hasMessage("transform digest is over 1024 bytes");
  }

  @Test
  void kindsKeepTheirCodes() {
    for (AssetKind kind : AssetKind.values()) {
      assertThat(AssetKind.ofCode(kind.code())).isEqualTo(kind);
    }
    assertThatThrownBy(() -> AssetKind.ofCode(4)).hasMessage("kind is unknown: 4");
  }

  @Test
  void metadataIsCopiedAndSorted() {
    Map<String, String> metadata = new HashMap<>(Map.of("b", "2", "a", "1"));
    AssetInfo info = new AssetInfo(DIGEST, AssetKind.BLOB, 0, Instant.EPOCH, metadata);
    metadata.clear();
    assertThat(info.metadata().keySet()).containsExactly("a", "b");
  }

  @Test
  void chunkRefIsBounded() {
    assertThat(new ChunkRef(DIGEST, 5, 7).end()).isEqualTo(12);
    assertThatThrownBy(() -> new ChunkRef(DIGEST, -1, 1)).hasMessage("offset is negative: -1");
    assertThatThrownBy(() -> new ChunkRef(DIGEST, 0, 0))
        .hasMessage("length is outside 1..1048576: 0");
  }

  @Test
  void snapshotIdIsHalfADigest() {
    assertThat(new SnapshotId("0".repeat(32))).hasToString("0".repeat(32));
    for (String hex : new String[] {"", "0".repeat(31), "0".repeat(64), "A".repeat(32)}) {
      assertThatThrownBy(() -> new SnapshotId(hex)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
