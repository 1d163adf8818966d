package io.aifs.server.engine;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Map;

/** One entry of a batched put. */
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

  /** What the path shall name. */
  public sealed interface What {
    /** The whole content of a small file; not copied. */
    @SuppressWarnings("ArrayRecordComponent") // a request, never compared
    record Data(byte[] bytes) implements What {}

    /** An asset that the namespace holds. */
    record Known(Digest id) implements What {}

    /** A symbolic link. */
    record Symlink(String target) implements What {}

    /** A directory. */
    record Directory() implements What {}
  }
}
