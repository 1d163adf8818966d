package io.aifs.server.crash;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.open.Engine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Draws what users do next. Whatever it draws, a sound store does. */
final class Workload {
  private static final int NAMESPACES_MAX = 3;
  private static final int BATCH_MAX = 5;
  private static final int REMEMBERED_MAX = 6;

  private final Random random;
  private final Contents contents;
  private final Paths paths;
  private final Uploads uploads;
  private final HistoryOperations history;
  private final AssociationOperations associations;
  private final EmbeddingOperations embeddings;
  private final TransactionOperations transactions;
  private final Deque<Operation> acknowledged = new ArrayDeque<>();
  private long requests;

  Workload(Random random) {
    this.random = random;
    this.contents = new Contents(random);
    this.paths = new Paths(random);
    this.uploads = new Uploads(random);
    this.history = new HistoryOperations(random, this::request);
    this.associations = new AssociationOperations(random, this::request);
    this.embeddings = new EmbeddingOperations(random, this::request);
    this.transactions = new TransactionOperations(random, contents, paths, this::request);
  }

  /** To be called when the store ends, however it does: what is open does not outlive it. */
  void forgetUploads() {
    uploads.abandonAll();
    transactions.forgetAll();
  }

  /** Remembers an operation whose caller had a reply, and may ask again. */
  void acknowledged(Operation operation) {
    acknowledged.addLast(operation);
    if (acknowledged.size() > REMEMBERED_MAX) {
      acknowledged.removeFirst();
    }
  }

  /** As after a reply that got lost: the store did it already, and must not do it again. */
  private Optional<Operation> repeat() {
    List<Operation> all = List.copyOf(acknowledged);
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(pick(all)).map(op -> Operation.unseen("repeat: " + op.what(), op.retry()));
  }

  Operation next(Model model) {
    int namespaces = model.spaces().size();
    if (namespaces == 0 || (namespaces < NAMESPACES_MAX && random.nextInt(25) == 0)) {
      return createNamespace(new Name("space-" + namespaces));
    }
    Name name = pick(List.copyOf(model.spaces().keySet()));
    Model.Space space = model.space(name);
    return switch (random.nextInt(34)) {
      case 0, 1, 2 -> put(name, contents.next(), placement(space));
      case 3 -> put(name, known(space), placement(space));
      case 4, 5 -> begin(name, space);
      case 6, 7, 8, 9 -> uploads.goOn().orElseGet(() -> begin(name, space));
      case 10, 11 -> files(name, space);
      case 12, 13 -> repeat().orElseGet(() -> files(name, space));
      case 14, 15 -> move(name, space);
      case 16 -> remove(name, space);
      case 17, 18 -> history.snapshot(name);
      case 19, 20 -> history.ref(name, space).orElseGet(() -> history.snapshot(name));
      case 21, 22, 23 -> associations.next(name, space);
      case 24, 25 -> delete(name, space);
      case 26, 27 -> embeddings.next(name, space);
      default -> transactions.next(name, model);
    };
  }

  private Operation createNamespace(Name name) {
    Optional<WriteRequest> request = request("create");
    return Operation.of(
        "create namespace " + name,
        engine -> engine.namespaces().create(name, "", Map.of(), request),
        model -> model.create(name));
  }

  private Operation put(Name name, byte[] content, Optional<TreePath> path) {
    return new Upload(name, content, path, request("put")).whole();
  }

  private Operation begin(Name name, Model.Space space) {
    byte[] content = random.nextInt(4) == 0 ? known(space) : contents.next();
    return uploads.begin(new Upload(name, content, placement(space), request("put")));
  }

  /** Content that was put before, and may have been deleted since. */
  private byte[] known(Model.Space space) {
    List<byte[]> all = new ArrayList<>(space.assets().values());
    all.addAll(space.deleted().values());
    return all.isEmpty() ? contents.next() : pick(all);
  }

  private Optional<TreePath> placement(Model.Space space) {
    return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(paths.file(space));
  }

  private Operation files(Name name, Model.Space space) {
    List<FilePut> puts = new ArrayList<>();
    Map<TreePath, byte[]> data = new TreeMap<>();
    int count = 1 + random.nextInt(BATCH_MAX);
    for (int i = 0; i < count; i++) {
      data.put(paths.file(space), random.nextInt(5) == 0 ? known(space) : contents.small());
    }
    data.forEach(
        (path, bytes) ->
            puts.add(
                new FilePut(
                    path,
                    new FilePut.What.Data(bytes),
                    FileAttributes.PLAIN_FILE,
                    AssetKind.BLOB,
                    Map.of(),
                    List.of())));
    Optional<WriteRequest> request = request("files");
    return Operation.of(
        "put files " + data.keySet() + " in " + name,
        engine -> engine.files().put(row(engine, name), Name.MAIN_BRANCH, puts, request),
        model ->
            data.forEach(
                (path, bytes) ->
                    model.space(name).put(Digest.of(bytes), bytes, Optional.of(path))));
  }

  private Operation move(Name name, Model.Space space) {
    if (space.paths().isEmpty()) {
      return files(name, space);
    }
    TreePath from =
        random.nextBoolean() ? pick(List.copyOf(space.paths().keySet())) : paths.directory(space);
    TreePath to = paths.free(space, from);
    Optional<WriteRequest> request = request("move");
    return Operation.of(
        "move " + from + " to " + to + " in " + name,
        engine -> engine.tree().move(row(engine, name), Name.MAIN_BRANCH, from, to, request),
        model -> model.space(name).move(from, to));
  }

  private Operation remove(Name name, Model.Space space) {
    if (space.paths().isEmpty()) {
      return files(name, space);
    }
    TreePath path =
        random.nextBoolean() ? pick(List.copyOf(space.paths().keySet())) : paths.directory(space);
    Optional<WriteRequest> request = request("remove");
    return Operation.of(
        "remove " + path + " of " + name,
        engine ->
            engine.tree().remove(row(engine, name), Name.MAIN_BRANCH, List.of(path), true, request),
        model -> model.space(name).remove(path));
  }

  private Operation delete(Name name, Model.Space space) {
    if (space.assets().isEmpty()) {
      return files(name, space);
    }
    Digest id = pick(List.copyOf(space.assets().keySet()));
    Optional<WriteRequest> request = request("delete");
    return Operation.of(
        "delete " + id.hex().substring(0, 8) + " of " + name,
        engine -> engine.deletes().delete(row(engine, name), id, true, "someone", "", request),
        model -> model.space(name).delete(id));
  }

  private Optional<WriteRequest> request(String method) {
    String id = "request-" + requests++;
    return Optional.of(
        new WriteRequest(
            new RequestKey("simulation", method, id),
            Digest.of(id.getBytes(StandardCharsets.UTF_8))));
  }

  private <T> T pick(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  static NamespaceRow row(Engine engine, Name name) {
    return engine.namespaces().require(name);
  }
}
