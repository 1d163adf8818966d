package io.aifs.cli.testing;

import io.aifs.client.AifsClient;
import io.aifs.client.AssetDetail;
import io.aifs.client.EventOptions;
import io.aifs.client.FilePut;
import io.aifs.client.Maintenance;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.client.PathInfo;
import io.aifs.client.SearchRequest;
import io.aifs.client.StoreEvent;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TransactionId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.schemas.tensor.SliceRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** A store in memory that obeys the client's contract, keeps count, and fails on demand. */
public final class MemoryStore {
  final Map<Name, MemorySpace> spaces = new TreeMap<>();

  final Map<TransactionId, MemoryTransactions.One> transactions = MemoryTransactions.none();

  /** Assets whose reads break off in the middle. */
  public final Set<Digest> damaged = new HashSet<>();

  /** Whether it proves ranges, as servers did not from the beginning. */
  public boolean proves = true;

  /** What a lying server adds to every recursive listing. */
  public final List<PathInfo> lies = new ArrayList<>();

  /** Deleted assets that were brought back. */
  public final List<Digest> revived = new ArrayList<>();

  /** What checks find. */
  public final List<Maintenance.CheckEvent.Finding> findings = new ArrayList<>();

  /** What is wrong with every snapshot, when it is checked. */
  public final List<String> snapshotProblems = new ArrayList<>();

  /** What every merge runs into. */
  public final List<MergeOutcome.Conflict> conflicts = new ArrayList<>();

  /** How merges and reverts were asked for. */
  public final List<MergeOptions> merges = new ArrayList<>();

  /** What happened. */
  public final List<StoreEvent> events = new ArrayList<>();

  /** How events were asked for. */
  public final List<EventOptions> eventOptions = new ArrayList<>();

  /** Every batch that was put. */
  public final List<List<FilePut>> batches = Collections.synchronizedList(new ArrayList<>());

  /** What the namespaces demand; one for all. */
  public final MemoryPolicies policies = new MemoryPolicies();

  /** The tokens that were minted. */
  public final MemoryTokens tokens = new MemoryTokens();

  /** Who did what. */
  public final MemoryAudit audit = new MemoryAudit();

  /** What clients have demanded. */
  public final MemoryVersions versions = new MemoryVersions();

  /** How many ranges each batched read had. */
  public final List<Integer> readAlls = Collections.synchronizedList(new ArrayList<>());

  /** The ranges of each slice that was read. */
  public final List<List<SliceRange>> slices = new ArrayList<>();

  /** Called before each range of a batched read, with its place. */
  public IntConsumer beforeRange = _ -> {};

  /** How many assets were put in a stream of their own. */
  public int streams;

  /** What is said of all content that is put. */
  public String payloadProblem = "";

  /** Thrown by every call, if there is one. */
  public Optional<RuntimeException> failure = Optional.empty();

  /** What the job scrub fails with; empty if it is well. */
  public String jobError = "";

  /** What it says which store it is. */
  public String storeId = "0123456789abcdef";

  /** How often every namespace's signing key was rotated. */
  public int keyRotations;

  /** Whether its signing keys contradict what was pinned. */
  public boolean keysChanged;

  /** Whether health checks are good. */
  public boolean healthy = true;

  /** Whether a client was closed. */
  public boolean closed;

  public MemoryStore() {
    spaces.put(Name.DEFAULT_NAMESPACE, new MemorySpace(Name.DEFAULT_NAMESPACE));
  }

  /** Has each embedding that is put from now on wait for approval. */
  public void reviewEmbeddings() {
    space(Name.DEFAULT_NAMESPACE).reviews = true;
  }

  /** How the default namespace was searched. */
  public List<SearchRequest> searches() {
    return space(Name.DEFAULT_NAMESPACE).searches;
  }

  public AifsClient client() {
    return new MemoryClient(this, Name.DEFAULT_NAMESPACE);
  }

  synchronized MemorySpace space(Name namespace) {
    failure.ifPresent(
        e -> {
          throw e;
        });
    MemorySpace space = spaces.get(namespace);
    if (space == null) {
      throw new AifsException.NotFound(
          Reason.NAMESPACE_NOT_FOUND, "namespace '" + namespace + "' is not here", "create it");
    }
    return space;
  }

  /** Puts a file at a path of the default namespace. */
  public Digest put(String path, String content) {
    return put(path, content, FileAttributes.PLAIN_FILE);
  }

  public Digest put(String path, String content, FileAttributes attributes) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    MemorySpace space = space(Name.DEFAULT_NAMESPACE);
    space.put(bytes, AssetKind.BLOB, Map.of(), List.of());
    Digest id = Digest.of(bytes);
    space.paths.put(new TreePath(path), space.file(id, attributes));
    return id;
  }

  public void put(String path, TreeEntry entry) {
    space(Name.DEFAULT_NAMESPACE).paths.put(new TreePath(path), entry);
  }

  /** Loses everything, as if it were made anew. */
  public synchronized void loseAll() {
    spaces.replaceAll((name, _) -> new MemorySpace(name));
  }

  /** Loses a path of the default namespace, and nothing below it. */
  public void losePath(String path) {
    space(Name.DEFAULT_NAMESPACE).paths.remove(new TreePath(path));
  }

  /** What a path of the default namespace names. */
  public Optional<TreeEntry> entry(String path) {
    return Optional.ofNullable(space(Name.DEFAULT_NAMESPACE).paths.get(new TreePath(path)));
  }

  /** The content at a path of the default namespace. */
  public String content(String path) {
    if (entry(path).orElseThrow() instanceof TreeEntry.File file) {
      byte[] bytes = space(Name.DEFAULT_NAMESPACE).require(file.asset()).bytes();
      return new String(bytes, StandardCharsets.UTF_8);
    }
    throw new AssertionError(path + " is not a file");
  }

  /** All paths of the default namespace, in order. */
  public List<String> paths() {
    return space(Name.DEFAULT_NAMESPACE).paths.keySet().stream().map(TreePath::value).toList();
  }

  /** The asset that a path of the default namespace names, with what is said of it. */
  public AssetDetail detail(String path) {
    if (entry(path).orElseThrow() instanceof TreeEntry.File file) {
      return client().assets().stat(file.asset());
    }
    throw new AssertionError(path + " is not a file");
  }

  /** The bytes at a path of the default namespace. */
  public byte[] bytes(String path) {
    return space(Name.DEFAULT_NAMESPACE).require(detail(path).info().id()).bytes().clone();
  }

  /** How many assets the default namespace holds. */
  public int assetCount() {
    return space(Name.DEFAULT_NAMESPACE).assets.size();
  }
}
