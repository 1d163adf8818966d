package io.aifs.client.internal;

import io.aifs.client.AssetDetail;
import io.aifs.client.Namespaces.NamespaceInfo;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome.FileOutcome;
import io.aifs.client.PutOutcome;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PayloadKeys;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.GetAssetResponse;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutFileResult;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Messages as the model's records. Throws {@link IllegalArgumentException} or {@link
 * java.time.DateTimeException} on an answer that breaks the contract of the wire.
 */
final class FromWire {
  static AssetInfo asset(AssetMetadata asset) {
    return new AssetInfo(
        Digest.parse(asset.getAssetId()),
        AssetKind.ofCode(asset.getKindValue()),
        asset.getSize(),
        instant(asset.getCreatedAt()),
        metadata(asset));
  }

  /** What was put, and what the store says of the content. */
  private static Map<String, String> metadata(AssetMetadata asset) {
    if (asset.getPayloadProblem().isEmpty()) {
      return asset.getMetadataMap();
    }
    Map<String, String> metadata = new HashMap<>(asset.getMetadataMap());
    metadata.put(PayloadKeys.STATE, PayloadKeys.UNVALIDATED);
    metadata.put(PayloadKeys.PROBLEM, asset.getPayloadProblem());
    return metadata;
  }

  static AssetDetail detail(GetAssetResponse response) {
    return new AssetDetail(
        asset(response.getMetadata()),
        response.getParentsList().stream().map(FromWire::parent).toList(),
        response.getChildrenList().stream().map(Digest::parse).toList(),
        response.getChildrenTruncated());
  }

  static ParentEdge parent(io.aifs.proto.v1.ParentEdge edge) {
    return new ParentEdge(
        Digest.parse(edge.getParentAssetId()), edge.getTransformName(), edge.getTransformDigest());
  }

  static PutOutcome put(PutAssetResponse response) {
    return new PutOutcome(
        Digest.parse(response.getAssetId()),
        response.getSize(),
        response.getStoredBytes(),
        response.getChunks(),
        response.getNewChunks(),
        response.getVersion(),
        response.getPayloadProblem());
  }

  static FileOutcome file(PutFileResult result) {
    String id = result.getAssetId();
    return new FileOutcome(
        id.isEmpty() ? Optional.empty() : Optional.of(Digest.parse(id)),
        result.getNewContent(),
        result.getPayloadProblem());
  }

  static PathInfo path(io.aifs.proto.v1.PathInfo path) {
    FileAttributes attributes =
        new FileAttributes(path.getAttributes().getMode(), path.getAttributes().getMtimeNanos());
    TreeEntry entry =
        switch (path.getEntryCase()) {
          case FILE ->
              new TreeEntry.File(
                  Digest.parse(path.getFile().getAssetId()),
                  AssetKind.ofCode(path.getFile().getKindValue()),
                  path.getFile().getSize(),
                  attributes);
          case SYMLINK -> new TreeEntry.Symlink(path.getSymlink().getTarget(), attributes);
          case DIRECTORY -> new TreeEntry.Directory(attributes);
          case ENTRY_NOT_SET ->
              throw new IllegalArgumentException("path names nothing: " + path.getPath());
        };
    return new PathInfo(new TreePath(path.getPath()), entry);
  }

  static NamespaceInfo namespace(io.aifs.proto.v1.NamespaceInfo namespace) {
    return new NamespaceInfo(
        new Name(namespace.getName()),
        namespace.getDescription(),
        instant(namespace.getCreatedAt()),
        namespace.getMetadataMap());
  }

  static Instant instant(String text) {
    return OffsetDateTime.parse(text).toInstant();
  }

  /** The token of a next page; empty at the end. */
  static Optional<String> pageToken(String token) {
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }

  private FromWire() {}
}
