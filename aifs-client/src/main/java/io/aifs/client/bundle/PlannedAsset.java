package io.aifs.client.bundle;

import io.aifs.client.Content;
import io.aifs.core.Limits;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.SourceStream;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayInputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An asset that an import will put.
 *
 * @param bytes length of the content
 */
record PlannedAsset(
    TreePath path, AssetKind kind, Map<String, String> metadata, long bytes, Content content) {
  /** The name of a tensor, whatever its path. */
  static final String TENSOR_NAME = "tensor.name";

  PlannedAsset {
    metadata = Map.copyOf(metadata);
  }

  /** All of a source. */
  static PlannedAsset of(
      TreePath path, AssetKind kind, Map<String, String> metadata, ByteSource source) {
    return new PlannedAsset(
        path,
        kind,
        metadata,
        source.size(),
        Content.repeatable(() -> new SourceStream(source, 0, source.size())));
  }

  /** A tensor whose values lie in a source. */
  static PlannedAsset tensor(
      TreePath path, String name, TensorType type, ByteSource source, long offset) {
    return tensor(path, name, type, () -> new SourceStream(source, offset, type.bytes()));
  }

  /**
   * A tensor.
   *
   * @param values opens the bytes of the values, row-major
   */
  static PlannedAsset tensor(TreePath path, String name, TensorType type, Content.Opener values) {
    // A file can hold very many: what stands around the values is made anew when it is needed.
    long around =
        (long) TensorCodec.fileHead(name, type).length + TensorCodec.fileTail(name, type).length;
    Content content =
        Content.repeatable(
            () ->
                new SequenceInputStream(
                    Collections.enumeration(
                        List.of(
                            new ByteArrayInputStream(TensorCodec.fileHead(name, type)),
                            values.open(),
                            new ByteArrayInputStream(TensorCodec.fileTail(name, type))))));
    return new PlannedAsset(path, AssetKind.TENSOR, said(name), around + type.bytes(), content);
  }

  /** The same, of which more is said. */
  PlannedAsset with(Map<String, String> more) {
    Map<String, String> all = new HashMap<>(metadata);
    all.putAll(more);
    return new PlannedAsset(path, kind, all, bytes, content);
  }

  private static Map<String, String> said(String name) {
    boolean fits = name.getBytes(StandardCharsets.UTF_8).length <= Limits.METADATA_VALUE_BYTES_MAX;
    return name.isEmpty() || !fits ? Map.of() : Map.of(TENSOR_NAME, name);
  }
}
