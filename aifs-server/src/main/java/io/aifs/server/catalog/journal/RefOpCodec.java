package io.aifs.server.catalog.journal;

import io.aifs.core.model.Name;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.Optional;

/** Bytes of {@link RefOp}: codes 0x80 to 0x8f. */
final class RefOpCodec {
  private static final int MOVE = 0x80;
  private static final int GUARD = 0x81;
  private static final int MAKE_TAG = 0x82;
  private static final int DELETE_TAG = 0x83;

  static int write(RefOp op, JournalOutput out) {
    return switch (op) {
      case RefOp.Move(long namespace, BranchMove move) -> {
        out.unsigned(namespace);
        out.unsigned(move.sequence());
        out.text(move.branch().value());
        out.optional(move.from(), JournalOutput::snapshotId);
        out.optional(move.to(), JournalOutput::snapshotId);
        out.instant(move.at());
        out.text(move.who());
        out.text(move.reason());
        out.map(move.metadata());
        yield MOVE;
      }
      case RefOp.Guard(long namespace, Name branch, boolean guarded) -> {
        out.unsigned(namespace);
        out.text(branch.value());
        out.flag(guarded);
        yield GUARD;
      }
      case RefOp.MakeTag(long namespace, TagRow tag) -> {
        out.unsigned(namespace);
        out.text(tag.name().value());
        out.snapshotId(tag.snapshot());
        out.instant(tag.createdAt());
        out.text(tag.who());
        out.map(tag.metadata());
        yield MAKE_TAG;
      }
      case RefOp.DeleteTag(long namespace, Name tag, Instant at) -> {
        out.unsigned(namespace);
        out.text(tag.value());
        out.instant(at);
        yield DELETE_TAG;
      }
    };
  }

  static RefOp read(int code, JournalInput in) throws JournalMalformedException {
    return switch (code) {
      case MOVE ->
          new RefOp.Move(
              in.unsigned(),
              new BranchMove(
                  in.unsigned(),
                  new Name(in.text()),
                  in.optional(JournalInput::snapshotId),
                  in.optional(JournalInput::snapshotId),
                  in.instant(),
                  in.text(),
                  in.text(),
                  in.map()));
      case GUARD -> new RefOp.Guard(in.unsigned(), new Name(in.text()), in.flag());
      case MAKE_TAG ->
          new RefOp.MakeTag(
              in.unsigned(),
              new TagRow(
                  new Name(in.text()),
                  in.snapshotId(),
                  in.instant(),
                  in.text(),
                  in.map(),
                  Optional.empty()));
      case DELETE_TAG -> new RefOp.DeleteTag(in.unsigned(), new Name(in.text()), in.instant());
      default -> throw OpCodec.unknown(code);
    };
  }

  private RefOpCodec() {}
}
