package io.aifs.server.catalog.journal;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.Tombstone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Bytes of {@link AssetOp}: codes 0x20 to 0x2f. */
final class AssetOpCodec {
  private static final int PUT_ALL = 0x20;
  private static final int ADD_PARENTS = 0x21;
  private static final int PUT_EMBEDDING = 0x22;
  private static final int DELETE = 0x23;
  private static final int REVIVE = 0x24;
  private static final int FORGET_KEPT = 0x25;
  private static final int JOIN_UNNAMED = 0x26;
  private static final int ADD_PARENTS_AT = 0x27;

  static int write(AssetOp op, JournalOutput out) {
    return switch (op) {
      case AssetOp.PutAll(long namespace, List<AssetRow> rows) -> {
        out.unsigned(namespace);
        out.list(rows, AssetOpCodec::writeRow);
        yield PUT_ALL;
      }
      case AssetOp.AddParents(
              long namespace,
              Digest child,
              List<ParentEdge> parents,
              Optional<Instant> at) -> {
        out.unsigned(namespace);
        out.digest(child);
        out.list(parents, AssetOpCodec::writeEdge);
        at.ifPresent(out::instant);
        yield at.isPresent() ? ADD_PARENTS_AT : ADD_PARENTS;
      }
      case AssetOp.PutEmbedding(long namespace, EmbeddingRow embedding) -> {
        out.unsigned(namespace);
        out.digest(embedding.asset());
        out.text(embedding.space());
        out.unsigned(embedding.dimension());
        out.digest(embedding.content());
        yield PUT_EMBEDDING;
      }
      case AssetOp.Delete(long namespace, Tombstone tombstone) -> {
        out.unsigned(namespace);
        out.digest(tombstone.id());
        out.octet(tombstone.kind().code());
        out.unsigned(tombstone.size());
        out.instant(tombstone.deletedAt());
        out.text(tombstone.deletedBy());
        out.text(tombstone.why());
        yield DELETE;
      }
      case AssetOp.Revive(long namespace, Digest id, long bornAt) -> {
        out.unsigned(namespace);
        out.digest(id);
        out.unsigned(bornAt);
        yield REVIVE;
      }
      case AssetOp.JoinUnnamed(long namespace, List<Digest> ids) -> {
        out.unsigned(namespace);
        out.list(ids, JournalOutput::digest);
        yield JOIN_UNNAMED;
      }
      case AssetOp.ForgetKept(long namespace, long beforeSequence, int limit) -> {
        out.unsigned(namespace);
        out.unsigned(beforeSequence);
        out.unsigned(limit);
        yield FORGET_KEPT;
      }
    };
  }

  static AssetOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case PUT_ALL -> new AssetOp.PutAll(in.unsigned(), in.list(AssetOpCodec::readRow));
      case ADD_PARENTS ->
          new AssetOp.AddParents(
              in.unsigned(), in.digest(), in.list(AssetOpCodec::readEdge), Optional.empty());
      case ADD_PARENTS_AT ->
          new AssetOp.AddParents(
              in.unsigned(),
              in.digest(),
              in.list(AssetOpCodec::readEdge),
              Optional.of(in.instant()));
      case PUT_EMBEDDING ->
          new AssetOp.PutEmbedding(
              in.unsigned(), new EmbeddingRow(in.digest(), in.text(), in.count(), in.digest()));
      case DELETE ->
          new AssetOp.Delete(
              in.unsigned(),
              new Tombstone(
                  in.digest(),
                  AssetKind.ofCode(in.octet()),
                  in.unsigned(),
                  in.instant(),
                  in.text(),
                  in.text()));
      case REVIVE -> new AssetOp.Revive(in.unsigned(), in.digest(), in.unsigned());
      case JOIN_UNNAMED -> new AssetOp.JoinUnnamed(in.unsigned(), in.list(JournalInput::digest));
      case FORGET_KEPT -> new AssetOp.ForgetKept(in.unsigned(), in.unsigned(), in.count());
      default -> throw OpCodec.unknown(code);
    };
  }

  private static void writeRow(JournalOutput out, AssetRow row) {
    out.digest(row.id());
    out.octet(row.kind().code());
    out.unsigned(row.size());
    out.instant(row.createdAt());
    out.unsigned(row.bornAt());
    out.flag(row.unnamed());
    out.bytes(row.manifest());
    out.map(row.metadata());
  }

  private static AssetRow readRow(JournalInput in) throws JournalMalformedException {
    return new AssetRow(
        in.digest(),
        AssetKind.ofCode(in.octet()),
        in.unsigned(),
        in.instant(),
        in.unsigned(),
        in.flag(),
        false,
        in.bytes(),
        in.map());
  }

  private static void writeEdge(JournalOutput out, ParentEdge edge) {
    out.digest(edge.parent());
    out.text(edge.transformName());
    out.text(edge.transformDigest());
  }

  private static ParentEdge readEdge(JournalInput in) throws JournalMalformedException {
    return new ParentEdge(in.digest(), in.text(), in.text());
  }

  private AssetOpCodec() {}
}
