package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What assets of the namespace mean, as vectors, and what means the like. Vectors of one embedding
 * space are compared with each other and with none of another. Thread-safe.
 */
public interface Search {
  /**
   * The nearest assets for each probe, never fewer than {@code k} while there are so many.
   *
   * @throws io.aifs.core.AifsException.NotFound if a space, ref or asset is not there
   * @throws io.aifs.core.AifsException.InvalidRequest if a vector, k or condition cannot be
   */
  Answer search(SearchRequest request);

  /**
   * Makes a space; the same again changes nothing.
   *
   * @throws io.aifs.core.AifsException.AlreadyExists if it is there and is another
   */
  void createSpace(EmbeddingSpace space);

  /** All spaces in order of name, with what is in them. */
  List<SpaceStatus> spaces();

  /**
   * Embeds assets, in place of what they have under the same space and part. As many as there are:
   * each {@link io.aifs.core.Limits#BATCH_ENTRIES_MAX} are put all at once or not.
   *
   * @throws io.aifs.core.AifsException.NotFound if there is no such space, or an asset is not
   *     visible
   */
  Put put(Name space, Collection<Embedding> embeddings);

  /** Removes embeddings, in batches as for a put; returns how many were there. */
  int remove(Collection<EmbeddingName> embeddings);

  /**
   * Embeddings that nobody finds until they are approved. The stream asks for the next page when it
   * gets there, and fails there.
   */
  Stream<Waiting> quarantined();

  /** Approves or removes embeddings that wait, in batches; returns how many waited. */
  int review(Collection<EmbeddingName> embeddings, Verdict verdict);

  /**
   * Approves or removes all embeddings that wait; returns how many did.
   *
   * @param space only those in it; empty for all
   */
  int reviewAll(Optional<Name> space, Verdict verdict);

  /** Removes an index, not what is embedded: searches look at everything until it is built. */
  void dropIndex(Name space);

  /** Builds an index anew; {@code progress} is told how far it is. */
  IndexStatus buildIndex(Name space, BuildListener progress);

  /** Is told how far the building of an index is. */
  @FunctionalInterface
  interface BuildListener {
    /**
     * @param done embeddings that are in it
     * @param total of the space, about
     */
    void progress(long done, long total);
  }

  /** What to look for. */
  sealed interface Probe {
    /** Near this vector. */
    @SuppressWarnings("ArrayRecordComponent") // a request, never compared
    record Near(float[] vector) implements Probe {
      public Near {
        requireNonNull(vector, "vector is null");
      }
    }

    /**
     * Like this asset, which is not found itself.
     *
     * @param part which of its embeddings; empty for the whole, or the first
     */
    record Like(Digest asset, String part) implements Probe {
      public Like {
        requireNonNull(asset, "asset is null");
        requireNonNull(part, "part is null");
      }
    }
  }

  /**
   * What was found.
   *
   * @param results for each probe, nearest first
   * @param space in which; empty if the namespace has none
   * @param exact whether every vector was looked at
   * @param version up to which changes of the store are in it
   */
  record Answer(
      List<List<Hit>> results, String space, boolean exact, long version, IndexState state) {
    public Answer {
      results = List.copyOf(results);
      requireNonNull(space, "space is null");
      requireNonNull(state, "state is null");
    }
  }

  /**
   * An asset.
   *
   * @param score a similarity: higher is nearer
   * @param part the nearest of its parts; empty for the whole
   * @param info if it was asked for
   * @param path one that names it, where a ref or path was asked for
   */
  record Hit(
      Digest asset, float score, String part, Optional<AssetInfo> info, Optional<TreePath> path) {
    public Hit {
      requireNonNull(asset, "asset is null");
      requireNonNull(part, "part is null");
      requireNonNull(info, "info is null");
      requireNonNull(path, "path is null");
    }
  }

  /** An embedding to be put. */
  @SuppressWarnings("ArrayRecordComponent") // a request, never compared
  record Embedding(Digest asset, String part, float[] vector) {
    public Embedding {
      requireNonNull(asset, "asset is null");
      EmbeddingName.requirePart(part);
      requireNonNull(vector, "vector is null");
    }
  }

  /**
   * What a put did.
   *
   * @param quarantined how many of those written wait for approval
   */
  record Put(int written, int quarantined) {}

  /**
   * A space.
   *
   * @param embeddings that can be found
   * @param quarantined that wait for approval
   */
  record SpaceStatus(
      EmbeddingSpace space,
      Instant createdAt,
      long embeddings,
      long quarantined,
      IndexStatus index) {
    public SpaceStatus {
      requireNonNull(space, "space is null");
      requireNonNull(createdAt, "createdAt is null");
      requireNonNull(index, "index is null");
    }
  }

  /** How the index of a space is. */
  enum IndexState {
    /** Searches walk the graph. */
    READY,
    /** It is being read or built; searches look at everything. */
    BUILDING,
    /** It was dropped; searches look at everything. */
    DROPPED,
    /** One that this build does not know. */
    OTHER
  }

  /**
   * How an index is. All but the state and the version are 0 unless it is ready.
   *
   * @param deleted vectors that are gone and still take space
   * @param version up to which changes of the store are in it
   * @param lastDamage why it had to be built again since the server began; empty if it had not
   */
  record IndexStatus(
      IndexState state,
      long vectors,
      long deleted,
      int segments,
      long memoryBytes,
      long diskBytes,
      long version,
      String lastDamage) {
    public IndexStatus {
      requireNonNull(state, "state is null");
      requireNonNull(lastDamage, "lastDamage is null");
    }
  }

  /**
   * An embedding that waits for approval.
   *
   * @param norm the vector's length
   * @param rule the rule of the policy that asked for it, as a JSON pointer
   * @param since when it was put
   */
  record Waiting(EmbeddingName name, int dimension, double norm, String rule, Instant since) {
    public Waiting {
      requireNonNull(name, "name is null");
      requireNonNull(rule, "rule is null");
      requireNonNull(since, "since is null");
    }
  }

  /**
   * What becomes of embeddings that wait.
   *
   * @param approve whether they are found from now on; else they are removed
   * @param reason for people, may be empty
   */
  record Verdict(boolean approve, String reason) {
    public Verdict {
      requireNonNull(reason, "reason is null");
    }
  }
}
