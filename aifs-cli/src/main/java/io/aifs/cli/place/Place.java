package io.aifs.cli.place;

import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;

/** What an address means to a command. */
public sealed interface Place {
  Name namespace();

  /** An asset by its id. */
  record OfAsset(Name namespace, Digest id) implements Place {
    @Override
    public String toString() {
      return "aifs://" + namespace + "/" + id;
    }
  }

  /**
   * A path of a branch, or what it was at another ref.
   *
   * @param directory whether the address insists on a directory
   */
  record OfPath(Name namespace, Ref ref, TreePath path, boolean directory) implements Place {
    /**
     * The branch to change here; a tag's name looks the same, and only the store knows it.
     *
     * @throws AifsException.InvalidRequest if this can only be read
     */
    public Name branch() {
      return switch (ref) {
        case Ref.Named(Name name) -> name;
        case Ref.Snapshot _, Ref.Ancestor _, Ref.AsOf _ ->
            throw new AifsException.InvalidRequest(
                Reason.READ_ONLY_REF,
                "address",
                this + " is of a snapshot, and these never change",
                "name a branch, such as main:PATH; 'aifs checkout' brings a path back into one");
      };
    }

    @Override
    public String toString() {
      return "aifs://" + namespace + "/" + ref + "/" + path;
    }

    /** The asset that was found here. */
    public ReadTarget.Found found(Digest asset) {
      return new ReadTarget.Found(ref, path, asset);
    }

    /** The place called {@code name} in this one. */
    public OfPath child(String name) {
      return new OfPath(namespace, ref, path.resolve(name), false);
    }

    public OfPath withPath(TreePath other) {
      return new OfPath(namespace, ref, other, false);
    }
  }
}
