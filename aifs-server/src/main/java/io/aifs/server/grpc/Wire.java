package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.Codec;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.CheckSummary;
import io.aifs.proto.v1.ChunkRules;
import io.aifs.proto.v1.Directory;
import io.aifs.proto.v1.FileRef;
import io.aifs.proto.v1.Finding;
import io.aifs.proto.v1.NamespaceInfo;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.Severity;
import io.aifs.proto.v1.Symlink;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.ChunkedPut;
import io.aifs.server.engine.PayloadMark;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

/** From the model to messages. */
final class Wire {
  private Wire() {}

  /** ISO-8601 UTC with microseconds and {@code +00:00}. */
  static String timestamp(Instant instant) {
    return Timestamps.format(instant);
  }

  static AssetMetadata metadata(AssetInfo info) {
    return AssetMetadata.newBuilder()
        .setAssetId(info.id().hex())
        .setKind(kind(info.kind()))
        .setSize(info.size())
        .setCreatedAt(timestamp(info.createdAt()))
        .putAllMetadata(PayloadMark.without(info.metadata()))
        .setPayloadProblem(PayloadMark.problem(info.metadata()))
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

  static io.aifs.proto.v1.ParentEdge edge(ParentEdge edge) {
    return io.aifs.proto.v1.ParentEdge.newBuilder()
        .setParentAssetId(edge.parent().hex())
        .setTransformName(edge.transformName())
        .setTransformDigest(edge.transformDigest())
        .build();
  }

  static NamespaceInfo namespace(NamespaceRow row) {
    return NamespaceInfo.newBuilder()
        .setNamespaceId(row.name().value())
        .setName(row.name().value())
        .setDescription(row.description())
        .setCreatedAt(timestamp(row.createdAt()))
        .putAllMetadata(row.metadata())
        .build();
  }

  static PathInfo path(PathEntry entry) {
    PathInfo.Builder path =
        PathInfo.newBuilder()
            .setPath(entry.path().value())
            .setAttributes(attributes(entry.entry().attributes()));
    return switch (entry.entry()) {
      case TreeEntry.File file ->
          path.setFile(
                  FileRef.newBuilder()
                      .setAssetId(file.asset().hex())
                      .setKind(kind(file.kind()))
                      .setSize(file.size()))
              .build();
      case TreeEntry.Symlink link ->
          path.setSymlink(Symlink.newBuilder().setTarget(link.target())).build();
      case TreeEntry.Directory _ -> path.setDirectory(Directory.getDefaultInstance()).build();
    };
  }

  private static io.aifs.proto.v1.FileAttributes attributes(FileAttributes attributes) {
    return io.aifs.proto.v1.FileAttributes.newBuilder()
        .setMode(attributes.mode())
        .setMtimeNanos(attributes.mtimeNanos())
        .build();
  }

  static Finding finding(io.aifs.server.engine.Finding finding) {
    return Finding.newBuilder()
        .setFix(finding.fix().map(fix -> fix.word()).orElse(""))
        .setFixed(finding.fixed())
        .setMoreAssets(finding.touched().moreAssets())
        .setMorePaths(finding.touched().morePaths())
        .setPackId(finding.pack().map(pack -> pack.hex()).orElse(""))
        .setSeverity(severity(finding.severity()))
        .setCode(finding.code())
        .setMessage(finding.message())
        .setHint(finding.hint())
        .addAllAssetIds(finding.touched().assets())
        .addAllPaths(finding.touched().paths())
        .build();
  }

  private static Severity severity(io.aifs.server.engine.Finding.Severity severity) {
    return switch (severity) {
      case INFO -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case DAMAGE -> Severity.DAMAGE;
    };
  }

  static CheckSummary summary(CheckTally tally) {
    return CheckSummary.newBuilder()
        .setChecked(tally.checked())
        .setCheckedBytes(tally.checkedBytes())
        .setDamaged(tally.damaged())
        .setWarnings(tally.warnings())
        .setRepaired(tally.repaired())
        .setRecords(tally.records())
        .setRecordBytes(tally.recordBytes())
        .build();
  }

  /** A bit for each of {@code all}, set if it is in {@code some}. */
  static ByteString bits(List<Digest> all, Set<Digest> some) {
    BitSet bits = new BitSet(all.size());
    for (int at = 0; at < all.size(); at++) {
      bits.set(at, some.contains(all.get(at)));
    }
    return UnsafeByteOperations.unsafeWrap(bits.toByteArray());
  }

  /** How content is cut, and what chunks of it are taken. */
  static ChunkRules rules(ChunkerParameters rules) {
    return ChunkRules.newBuilder()
        .setBytesMin(rules.bytesMin())
        .setBytesTarget(rules.bytesTarget())
        .setBytesMax(rules.bytesMax())
        .setAtTensors(true)
        .addAllCodecs(ChunkedPut.FURTHER_CODECS.stream().map(Codec::code).toList())
        .build();
  }
}
