package io.aifs.client.internal;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.client.FilePut;
import io.aifs.client.PutOptions;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.FileAttributes;
import io.aifs.proto.v1.PutAssetRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The model's records as messages. */
final class ToWire {
  /**
   * The file type bit of a POSIX mode: without it, no permissions at all would mean the default.
   */
  private static final int REGULAR_FILE = 0100000;

  /** What the first message of a put says, without any content. */
  static PutAssetRequest.Builder put(Name namespace, PutOptions options, String requestId) {
    PutAssetRequest.Builder request =
        PutAssetRequest.newBuilder()
            .setNamespace(namespace.value())
            .setKind(kind(options.kind()))
            .putAllMetadata(options.metadata())
            .addAllParents(parents(options.parents()))
            .setEmbedding(embedding(options.embedding()))
            .setRequestId(requestId);
    options
        .target()
        .ifPresent(
            target ->
                request
                    .setBranch(target.branch().value())
                    .setPath(target.path().value())
                    .setMode(REGULAR_FILE | target.attributes().mode())
                    .setMtimeNanos(target.attributes().mtimeNanos()));
    return request;
  }

  static io.aifs.proto.v1.FilePut filePut(FilePut file) {
    io.aifs.proto.v1.FilePut.Builder put =
        io.aifs.proto.v1.FilePut.newBuilder()
            .setPath(file.path().value())
            .setAttributes(attributes(file.attributes()))
            .setKind(kind(file.kind()))
            .putAllMetadata(file.metadata())
            .addAllParents(parents(file.parents()));
    switch (file.what()) {
      case FilePut.What.Data(byte[] bytes) -> put.setData(UnsafeByteOperations.unsafeWrap(bytes));
      case FilePut.What.Known(var id) -> put.setAssetId(id.hex());
      case FilePut.What.Symlink(String target) ->
          put.setSymlink(io.aifs.proto.v1.Symlink.newBuilder().setTarget(target));
      case FilePut.What.Directory() ->
          put.setDirectory(io.aifs.proto.v1.Directory.getDefaultInstance());
    }
    return put.build();
  }

  private static FileAttributes attributes(io.aifs.core.model.FileAttributes attributes) {
    return FileAttributes.newBuilder()
        .setMode(attributes.mode())
        .setMtimeNanos(attributes.mtimeNanos())
        .build();
  }

  static io.aifs.proto.v1.AssetKind kind(AssetKind kind) {
    return switch (kind) {
      case BLOB -> io.aifs.proto.v1.AssetKind.BLOB;
      case TENSOR -> io.aifs.proto.v1.AssetKind.TENSOR;
      case EMBED -> io.aifs.proto.v1.AssetKind.EMBED;
      case ARTIFACT -> io.aifs.proto.v1.AssetKind.ARTIFACT;
    };
  }

  static List<io.aifs.proto.v1.ParentEdge> parents(List<ParentEdge> parents) {
    return parents.stream()
        .map(
            edge ->
                io.aifs.proto.v1.ParentEdge.newBuilder()
                    .setParentAssetId(edge.parent().hex())
                    .setTransformName(edge.transformName())
                    .setTransformDigest(edge.transformDigest())
                    .build())
        .toList();
  }

  /** Digests one after the other. */
  static ByteString digests(List<Digest> digests) {
    ByteBuffer bytes = ByteBuffer.allocate(digests.size() * Digest.BYTES);
    digests.forEach(digest -> bytes.put(digest.toBytes()));
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }

  private static ByteString embedding(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }

  private ToWire() {}
}
