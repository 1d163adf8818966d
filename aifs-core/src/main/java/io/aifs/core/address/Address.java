package io.aifs.core.address;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.regex.Pattern;

/**
 * What an address names. {@code toString} gives the full form, which {@link AddressParser} reads
 * back to an equal address; an {@link AssetPrefix} has only a short form.
 */
public sealed interface Address {
  String SCHEME = "aifs://";
  String SNAPSHOT_SCHEME = "aifs-snap://";

  /** {@code aifs://<asset id>}: an asset, in whichever namespace the call is about. */
  record Asset(Digest id) implements Address {
    public Asset {
      requireNonNull(id, "id is null");
    }

    @Override
    public String toString() {
      return SCHEME + id.hex();
    }
  }

  /** {@code aifs://<namespace>/<asset id>}: an asset of one namespace. */
  record NamespaceAsset(Name namespace, Digest id) implements Address {
    public NamespaceAsset {
      requireNonNull(namespace, "namespace is null");
      requireNonNull(id, "id is null");
    }

    @Override
    public String toString() {
      return SCHEME + namespace + "/" + id.hex();
    }
  }

  /** {@code aifs-snap://<snapshot id>}: a snapshot as such. */
  record Snapshot(SnapshotId id) implements Address {
    public Snapshot {
      requireNonNull(id, "id is null");
    }

    @Override
    public String toString() {
      return SNAPSHOT_SCHEME + id;
    }
  }

  /**
   * {@code aifs://<namespace>/<ref>/<path>}: a place in a tree.
   *
   * @param directory whether the address insists on a directory by ending in a slash; always so for
   *     the root
   */
  record Path(Name namespace, Ref ref, TreePath path, boolean directory) implements Address {
    public Path {
      requireNonNull(namespace, "namespace is null");
      requireNonNull(ref, "ref is null");
      directory |= path.isRoot();
    }

    /** The place in {@code namespace}'s {@code ref} at {@code path}, whatever it is. */
    public Path(Name namespace, Ref ref, TreePath path) {
      this(namespace, ref, path, false);
    }

    @Override
    public String toString() {
      String slash = directory && !path.isRoot() ? "/" : "";
      return SCHEME + namespace + "/" + ref + "/" + path + slash;
    }
  }

  /**
   * The one asset of a namespace whose id begins with {@code prefix}: 8 to 63 lower-case hex
   * digits, but not 32. For people; it may become ambiguous, so it is not for keeping.
   */
  record AssetPrefix(Name namespace, String prefix) implements Address {
    static final Pattern FORM = Pattern.compile("(?![0-9a-f]{32}$)[0-9a-f]{8,63}");

    public AssetPrefix {
      requireNonNull(namespace, "namespace is null");
      if (!FORM.matcher(prefix).matches()) {
        throw new IllegalArgumentException("prefix is not 8..63 hex digits, or is 32: " + prefix);
      }
    }

    @Override
    public String toString() {
      return prefix;
    }
  }
}
