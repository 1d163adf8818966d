package io.aifs.cli.history;

import static java.util.Objects.requireNonNull;

import io.aifs.cli.place.Place;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.address.Ref;
import io.aifs.core.model.SnapshotId;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An input of a project, pinned.
 *
 * @param place as it is named, by a ref that may move
 * @param snapshot what the ref stood at
 * @param merkleRoot of that snapshot, in hex
 * @param signedBy the id of the key that signed it
 * @param statement what was signed
 */
@SuppressWarnings("ArrayRecordComponent") // signed bytes; compared by isPinOf
public record LockedInput(
    Place.OfPath place,
    SnapshotId snapshot,
    String merkleRoot,
    String signedBy,
    byte[] statement,
    byte[] signature) {
  public LockedInput {
    requireNonNull(place, "place is null");
    requireNonNull(snapshot, "snapshot is null");
  }

  /** Pins a place at the snapshot that its ref stands at. */
  public static LockedInput of(Place.OfPath place, SnapshotSummary snapshot) {
    return new LockedInput(
        place,
        snapshot.id(),
        snapshot.merkleRoot().hex(),
        snapshot.signedBy(),
        snapshot.statement(),
        snapshot.signature());
  }

  /** Whether this says of the snapshot just what the store says of it, to the bit. */
  public boolean isPinOf(SnapshotSummary stored) {
    return stored.id().equals(snapshot)
        && stored.merkleRoot().hex().equals(merkleRoot)
        && stored.signedBy().equals(signedBy)
        && Arrays.equals(stored.statement(), statement)
        && Arrays.equals(stored.signature(), signature);
  }

  /** The place in the pinned snapshot. */
  public Place.OfPath pinned() {
    return new Place.OfPath(
        place.namespace(), new Ref.Snapshot(snapshot), place.path(), place.directory());
  }

  String statementHex() {
    return HexFormat.of().formatHex(statement);
  }

  String signatureHex() {
    return HexFormat.of().formatHex(signature);
  }
}
