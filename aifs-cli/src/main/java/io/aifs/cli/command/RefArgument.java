package io.aifs.cli.command;

import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;

/** What command lines say about refs. */
final class RefArgument {
  /** Reads a ref without a path. */
  static Place.OfPath alone(Places places, String text) {
    Place.OfPath place = places.findRef(text);
    if (!place.path().isRoot()) {
      throw Usage.error(
          "'" + text + "' has a path, and a ref alone is needed", "write " + place.ref());
    }
    return place;
  }

  /** The name of a branch or a tag. */
  static Name name(String text) {
    try {
      return new Name(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(e.getMessage() + "", "names look like v1.2 or trial-7");
    }
  }

  /** A snapshot's id behind an option; its forms as an address are taken too. */
  static SnapshotId id(Places places, String option, String text) {
    if (alone(places, text).ref() instanceof Ref.Snapshot(SnapshotId id)) {
      return id;
    }
    throw Usage.error(
        option + ": '" + text + "' is no snapshot id", "'aifs log' shows the ids, of 32 digits");
  }

  private RefArgument() {}
}
