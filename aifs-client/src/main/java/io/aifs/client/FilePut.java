package io.aifs.client;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Map;

/** One entry of {@link Tree#putFiles}. */
public record FilePut(
    TreePath path,
    What what,
    FileAttributes attributes,
    AssetKind kind,
    Map<String, String> metadata,
    List<ParentEdge> parents) {
  public FilePut {
    metadata = Map.copyOf(metadata);
    parents = List.copyOf(parents);
  }

  public FilePut(TreePath path, What what, FileAttributes attributes) {
    this(path, what, attributes, AssetKind.BLOB, Map.of(), List.of());
  }

  /** What the path shall name. */
  public sealed interface What {
    /** The whole content of a small file. */
    @SuppressWarnings("ArrayRecordComponent") // a request, never compared
    record Data(byte[] bytes) implements What {}

    /** An asset that the namespace already holds. */
    record Known(Digest id) implements What {}

    /** A symbolic link. */
    record Symlink(String target) implements What {}

    /** A directory. */
    record Directory() implements What {}
  }
}
