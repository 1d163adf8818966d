package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.journal.EntryCodec;
import io.aifs.server.catalog.journal.JournalInput;
import io.aifs.server.catalog.journal.JournalMalformedException;
import io.aifs.server.catalog.journal.JournalOutput;
import io.aifs.server.engine.AssetPut;
import io.aifs.server.engine.PutEntry;
import io.aifs.server.engine.StagedAsset;
import io.aifs.server.engine.StagedEmbedding;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.lineage.NewParents;
import io.aifs.server.engine.payload.PayloadFinding;
import io.aifs.server.engine.payload.StagedVectors;
import java.util.List;

/**
 * Bytes of staged steps: a code, then the fields. They never outlive the process that wrote them,
 * so there is no version.
 */
final class StagedStepCodec {
  private static final int PUT = 1;
  private static final int REMOVE_PATHS = 2;
  private static final int MOVE_PATH = 3;
  private static final int START_BRANCH = 4;
  private static final int MOVE_BRANCH = 5;
  private static final int END_BRANCH = 6;
  private static final int MAKE_TAG = 7;
  private static final int DELETE_TAG = 8;
  private static final int ADD_PARENTS = 9;
  private static final int PUT_ASSOCIATIONS = 10;
  private static final int DELETE_ASSOCIATIONS = 11;

  static byte[] encode(StagedStep step) {
    JournalOutput out = new JournalOutput();
    switch (step) {
      case StagedStep.Put(AssetPut put) -> write(put, out);
      case StagedStep.RemovePaths remove -> {
        out.octet(REMOVE_PATHS);
        name(out, remove.branch());
        out.list(remove.paths(), (to, path) -> to.text(path.value()));
        out.flag(remove.recursive());
      }
      case StagedStep.MovePath move -> {
        out.octet(MOVE_PATH);
        name(out, move.branch());
        out.text(move.from().value());
        out.text(move.to().value());
      }
      case StagedStep.StartBranch start -> write(start, out);
      case StagedStep.MoveBranch move -> write(move, out);
      case StagedStep.EndBranch end -> write(end, out);
      case StagedStep.MakeTag make -> {
        out.octet(MAKE_TAG);
        name(out, make.tag());
        out.snapshotId(make.at());
        writeMover(out, make.mover());
      }
      case StagedStep.DeleteTag(Name tag) -> {
        out.octet(DELETE_TAG);
        name(out, tag);
      }
      case StagedStep.AddParents(List<NewParents> children) -> {
        out.octet(ADD_PARENTS);
        out.list(children, StagedStepCodec::writeChild);
      }
      case StagedStep.PutAssociations(List<AssociationWrite> associations) -> {
        out.octet(PUT_ASSOCIATIONS);
        out.list(associations, StagedStepCodec::writeAssociation);
      }
      case StagedStep.DeleteAssociations(List<AssociationName> associations) -> {
        out.octet(DELETE_ASSOCIATIONS);
        out.list(associations, StagedStepCodec::writeAssociationName);
      }
    }
    return out.toBytes();
  }

  private static void write(AssetPut put, JournalOutput out) {
    out.octet(PUT);
    name(out, put.branch());
    out.list(put.assets(), StagedStepCodec::writeAsset);
    out.list(put.paths(), StagedStepCodec::writeEntry);
  }

  private static void write(StagedStep.StartBranch start, JournalOutput out) {
    out.octet(START_BRANCH);
    name(out, start.branch());
    out.snapshotId(start.at());
    writeMover(out, start.mover());
  }

  private static void write(StagedStep.MoveBranch move, JournalOutput out) {
    out.octet(MOVE_BRANCH);
    name(out, move.branch());
    out.snapshotId(move.to());
    out.snapshotId(move.expected());
    writeMover(out, move.mover());
  }

  private static void write(StagedStep.EndBranch end, JournalOutput out) {
    out.octet(END_BRANCH);
    name(out, end.branch());
    out.optional(end.expected(), JournalOutput::snapshotId);
    writeMover(out, end.mover());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws AifsException.Corrupt if it is something else
   */
  static StagedStep decode(byte[] body) {
    try {
      JournalInput in = new JournalInput(body);
      StagedStep step = read(in.octet(), in);
      in.requireEnd();
      return step;
    } catch (JournalMalformedException
        | IllegalArgumentException
        | AifsException.InvalidRequest e) {
      throw new AifsException.Corrupt(
          Reason.CATALOG_DAMAGED,
          "a staged step does not read: " + e.getMessage(),
          "abort the transaction, and run 'aifs fsck'",
          e);
    }
  }

  private static StagedStep read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case ADD_PARENTS -> new StagedStep.AddParents(in.list(StagedStepCodec::readChild));
      case PUT_ASSOCIATIONS ->
          new StagedStep.PutAssociations(in.list(StagedStepCodec::readAssociation));
      case DELETE_ASSOCIATIONS ->
          new StagedStep.DeleteAssociations(in.list(StagedStepCodec::readAssociationName));
      default -> readNamed(code, new Name(in.text()), in);
    };
  }

  /**
   * @param name of a branch or a tag
   */
  private static StagedStep readNamed(int code, Name name, JournalInput in)
      throws JournalMalformedException {
    return switch (code) {
      case PUT ->
          new StagedStep.Put(
              new AssetPut(
                  name, in.list(StagedStepCodec::readAsset), in.list(StagedStepCodec::readEntry)));
      case REMOVE_PATHS ->
          new StagedStep.RemovePaths(name, in.list(StagedStepCodec::readPath), in.flag());
      case MOVE_PATH -> new StagedStep.MovePath(name, readPath(in), readPath(in));
      case START_BRANCH -> new StagedStep.StartBranch(name, in.snapshotId(), readMover(in));
      case MOVE_BRANCH ->
          new StagedStep.MoveBranch(name, in.snapshotId(), in.snapshotId(), readMover(in));
      case END_BRANCH ->
          new StagedStep.EndBranch(name, in.optional(JournalInput::snapshotId), readMover(in));
      case MAKE_TAG -> new StagedStep.MakeTag(name, in.snapshotId(), readMover(in));
      case DELETE_TAG -> new StagedStep.DeleteTag(name);
      default -> throw new JournalMalformedException("step " + code + " is not known");
    };
  }

  private static void name(JournalOutput out, Name name) {
    out.text(name.value());
  }

  private static TreePath readPath(JournalInput in) throws JournalMalformedException {
    return new TreePath(in.text());
  }

  private static void writeMover(JournalOutput out, Mover mover) {
    out.text(mover.who());
    out.text(mover.reason());
    out.map(mover.metadata());
  }

  private static Mover readMover(JournalInput in) throws JournalMalformedException {
    return new Mover(in.text(), in.text(), in.map());
  }

  private static void writeEntry(JournalOutput out, PutEntry entry) {
    EntryCodec.write(out, entry.entry());
    out.flag(entry.known());
  }

  private static PutEntry readEntry(JournalInput in) throws JournalMalformedException {
    return new PutEntry(EntryCodec.read(in), in.flag());
  }

  private static void writeAsset(JournalOutput out, StagedAsset asset) {
    out.digest(asset.id());
    out.octet(asset.kind().code());
    out.unsigned(asset.size());
    out.bytes(asset.manifest());
    out.map(asset.metadata());
    out.list(asset.parents(), StagedStepCodec::writeEdge);
    out.optional(asset.embedding(), StagedStepCodec::writeEmbedding);
    out.flag(asset.unnamed());
    writePayload(out, asset.payload());
  }

  private static StagedAsset readAsset(JournalInput in) throws JournalMalformedException {
    Digest id = in.digest();
    return new StagedAsset(
        id,
        AssetKind.ofCode(in.octet()),
        in.unsigned(),
        in.bytes(),
        in.map(),
        in.list(StagedStepCodec::readEdge),
        in.optional(from -> readEmbedding(id, from)),
        in.flag(),
        readPayload(in));
  }

  private static void writeEdge(JournalOutput out, ParentEdge edge) {
    out.digest(edge.parent());
    out.text(edge.transformName());
    out.text(edge.transformDigest());
  }

  private static ParentEdge readEdge(JournalInput in) throws JournalMalformedException {
    return new ParentEdge(in.digest(), in.text(), in.text());
  }

  private static void writeChild(JournalOutput out, NewParents child) {
    out.digest(child.child());
    out.list(child.parents(), StagedStepCodec::writeEdge);
  }

  private static NewParents readChild(JournalInput in) throws JournalMalformedException {
    return new NewParents(in.digest(), in.list(StagedStepCodec::readEdge));
  }

  private static void writeAssociation(JournalOutput out, AssociationWrite write) {
    writeAssociationName(out, write.name());
    out.optional(write.timeNanos(), JournalOutput::signed);
    out.bytes(write.data().bytes());
  }

  private static AssociationWrite readAssociation(JournalInput in)
      throws JournalMalformedException {
    return new AssociationWrite(
        readAssociationName(in),
        in.optional(JournalInput::signed),
        new AssociationData(in.bytes()));
  }

  private static void writeAssociationName(JournalOutput out, AssociationName name) {
    out.bytes(name.id1().toBytes());
    out.text(name.type().value());
    out.bytes(name.id2().toBytes());
  }

  private static AssociationName readAssociationName(JournalInput in)
      throws JournalMalformedException {
    return new AssociationName(
        ObjectId.fromBytes(in.bytes()), new Name(in.text()), ObjectId.fromBytes(in.bytes()));
  }

  private static void writeEmbedding(JournalOutput out, StagedEmbedding embedding) {
    out.text(embedding.key().space());
    out.text(embedding.key().part());
    out.unsigned(embedding.dimension());
    out.digest(embedding.content());
    out.unsigned(Double.doubleToLongBits(embedding.norm()));
  }

  private static StagedEmbedding readEmbedding(Digest asset, JournalInput in)
      throws JournalMalformedException {
    return new StagedEmbedding(
        new EmbeddingKey(asset, in.text(), in.text()),
        in.count(),
        in.digest(),
        Double.longBitsToDouble(in.unsigned()));
  }

  private static void writePayload(JournalOutput out, PayloadFinding payload) {
    out.text(payload.state().name());
    out.text(payload.problem());
    out.optional(payload.vectors(), StagedStepCodec::writeVectors);
  }

  private static PayloadFinding readPayload(JournalInput in) throws JournalMalformedException {
    return new PayloadFinding(
        PayloadFinding.State.valueOf(in.text()),
        in.text(),
        in.optional(StagedStepCodec::readVectors));
  }

  private static void writeVectors(JournalOutput out, StagedVectors vectors) {
    out.text(vectors.model());
    out.unsigned(vectors.dimension());
    out.octet(vectors.metric().code());
    out.list(vectors.vectors(), StagedStepCodec::writeVector);
  }

  private static StagedVectors readVectors(JournalInput in) throws JournalMalformedException {
    return new StagedVectors(
        in.text(),
        in.count(),
        VectorMetric.ofCode(in.octet()),
        in.list(StagedStepCodec::readVector));
  }

  private static void writeVector(JournalOutput out, StagedVectors.StagedVector vector) {
    out.text(vector.part());
    out.digest(vector.content());
    out.unsigned(Double.doubleToLongBits(vector.norm()));
  }

  private static StagedVectors.StagedVector readVector(JournalInput in)
      throws JournalMalformedException {
    return new StagedVectors.StagedVector(
        in.text(), in.digest(), Double.longBitsToDouble(in.unsigned()));
  }

  private StagedStepCodec() {}
}
