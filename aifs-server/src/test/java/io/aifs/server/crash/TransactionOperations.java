package io.aifs.server.crash;

import static io.aifs.server.crash.Workload.row;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.transaction.StagedStep;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Draws what users do with transactions, several of which are open at the same time. */
final class TransactionOperations {
  private static final int OPEN_MAX = 3;
  private static final int BATCH_MAX = 4;
  private static final String OWNER = "someone";

  private final Random random;
  private final Contents contents;
  private final Paths paths;
  private final Function<String, Optional<WriteRequest>> requests;
  private final List<Open> open = new ArrayList<>();

  /** A transaction with what it will do. Not thread-safe. */
  private static final class Open {
    private final Name namespace;
    private final List<Staged> staged = new ArrayList<>();
    private TransactionKey key;

    private Open(Name namespace, TransactionKey key) {
      this.namespace = namespace;
      this.key = key;
    }
  }

  /** Something staged: how, and what it comes to. */
  private record Staged(Step step, Consumer<Model.Space> effect) {}

  /** Stages something. */
  private interface Step {
    void stage(Engine engine, TransactionKey key);
  }

  TransactionOperations(
      Random random,
      Contents contents,
      Paths paths,
      Function<String, Optional<WriteRequest>> requests) {
    this.random = random;
    this.contents = contents;
    this.paths = paths;
    this.requests = requests;
  }

  /** To be called when the store ends, however it does: transactions do not outlive it. */
  void forgetAll() {
    open.clear();
  }

  Operation next(Name name, Model model) {
    if (open.isEmpty() || (open.size() < OPEN_MAX && random.nextInt(4) == 0)) {
      return random.nextInt(4) == 0 ? apply(name, model.space(name)) : begin(name);
    }
    Open one = open.get(random.nextInt(open.size()));
    Model.Space space = model.space(one.namespace);
    return switch (random.nextInt(10)) {
      case 0 -> abort(one);
      case 1, 2, 3 -> commit(one, space);
      case 4, 5 -> stage(one, asset(one.namespace, contents.next()));
      default -> stage(one, files(one.namespace, space));
    };
  }

  private static TransactionKey begin(Engine engine, Name name) {
    var begun =
        engine
            .transactions()
            .begin(row(engine, name), OWNER, Duration.ofHours(24), Optional.empty());
    return new TransactionKey(row(engine, name), OWNER, begun.id());
  }

  private Operation begin(Name name) {
    return Operation.unseen(
        "begin transaction in " + name, engine -> open.add(new Open(name, begin(engine, name))));
  }

  private static Operation stage(Open one, Staged staged) {
    return Operation.unseen(
        "stage in transaction of " + one.namespace,
        engine -> {
          staged.step().stage(engine, one.key);
          one.staged.add(staged);
        });
  }

  private Operation abort(Open one) {
    return Operation.unseen(
        "abort transaction of " + one.namespace,
        engine -> {
          var _ = engine.transactions().abort(one.key);
          open.remove(one);
        });
  }

  private Operation commit(Open one, Model.Space space) {
    List<Staged> last = last(one.namespace, space);
    List<Staged> all = new ArrayList<>(one.staged);
    all.addAll(last);
    return new Operation(
        "commit transaction of " + one.namespace + " with " + all.size() + " steps",
        engine -> {
          last.forEach(staged -> staged.step().stage(engine, one.key));
          var _ = engine.transactions().commit(one.key);
          open.remove(one);
        },
        engine -> again(engine, one, all),
        model -> all.forEach(staged -> staged.effect().accept(model.space(one.namespace))));
  }

  /** Commits again; one that was lost with its process is done anew. */
  private static void again(Engine engine, Open one, List<Staged> all) {
    TransactionKey key =
        new TransactionKey(row(engine, one.namespace), one.key.owner(), one.key.id());
    try {
      var _ = engine.transactions().commit(key);
    } catch (AifsException e) {
      if (e.reason() != Reason.TRANSACTION_ENDED && e.reason() != Reason.TRANSACTION_NOT_FOUND) {
        throw e;
      }
      one.key = begin(engine, one.namespace);
      all.forEach(staged -> staged.step().stage(engine, one.key));
      var _ = engine.transactions().commit(one.key);
    }
  }

  /** What could not be done any more if other things came between: it is staged last. */
  private List<Staged> last(Name name, Model.Space space) {
    List<Staged> last = new ArrayList<>();
    if (!space.paths().isEmpty() && random.nextInt(3) == 0) {
      TreePath path = paths.directory(space);
      last.add(
          new Staged(
              (engine, key) -> stage(engine, key, removal(path)), model -> model.remove(path)));
    }
    if (!space.past().isEmpty() && random.nextInt(3) == 0) {
      Name tag = new Name("tag-" + space.tags().size());
      int at = random.nextInt(space.past().size());
      last.add(
          new Staged(
              (engine, key) ->
                  stage(
                      engine,
                      key,
                      new StagedStep.MakeTag(
                          tag,
                          HistoryOperations.id(engine, row(engine, name), at),
                          new Mover(OWNER))),
              model -> model.tags().put(tag, at)));
    }
    return last;
  }

  private static void stage(Engine engine, TransactionKey key, StagedStep step) {
    var _ = engine.transactions().stage(key, List.of(new StepOrder.Ready(step)), Optional.empty());
  }

  private static StagedStep removal(TreePath path) {
    return new StagedStep.RemovePaths(Name.MAIN_BRANCH, List.of(path), true);
  }

  private static Staged asset(Name name, byte[] content) {
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    return new Staged(
        (engine, key) -> {
          try (PutSession session =
              engine
                  .assets()
                  .beginPut(row(engine, name), header, engine.transactions().puts(key))) {
            session.write(content, 0, content.length);
            var _ = session.finish(Optional.empty());
          }
        },
        space -> space.put(Digest.of(content), content, Optional.empty()));
  }

  private Map<TreePath, byte[]> data(Model.Space space) {
    Map<TreePath, byte[]> data = new TreeMap<>();
    int count = 1 + random.nextInt(BATCH_MAX);
    for (int i = 0; i < count; i++) {
      data.put(paths.file(space), contents.small());
    }
    return data;
  }

  private static List<FilePut> puts(Map<TreePath, byte[]> data) {
    List<FilePut> puts = new ArrayList<>();
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
    return puts;
  }

  private static void putAll(Model.Space space, Map<TreePath, byte[]> data) {
    data.forEach((path, bytes) -> space.put(Digest.of(bytes), bytes, Optional.of(path)));
  }

  private Staged files(Name name, Model.Space space) {
    Map<TreePath, byte[]> data = data(space);
    return new Staged(
        (engine, key) -> {
          var _ =
              engine
                  .files()
                  .put(
                      row(engine, name),
                      Name.MAIN_BRANCH,
                      puts(data),
                      true,
                      engine.transactions().puts(key),
                      Optional.empty());
        },
        model -> putAll(model, data));
  }

  private Operation apply(Name name, Model.Space space) {
    Map<TreePath, byte[]> data = data(space);
    List<StepOrder> orders = new ArrayList<>();
    orders.add(new StepOrder.PutFiles(Name.MAIN_BRANCH, puts(data)));
    Optional<TreePath> removed =
        space.paths().isEmpty() ? Optional.empty() : Optional.of(paths.directory(space));
    removed.ifPresent(path -> orders.add(new StepOrder.Ready(removal(path))));
    Optional<WriteRequest> request = requests.apply("apply");
    return Operation.of(
        "apply " + orders.size() + " steps in " + name,
        engine -> engine.transactions().apply(row(engine, name), orders, request),
        model -> {
          putAll(model.space(name), data);
          removed.ifPresent(model.space(name)::remove);
        });
  }
}
