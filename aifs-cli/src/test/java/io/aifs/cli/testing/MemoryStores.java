package io.aifs.cli.testing;

import io.aifs.cli.store.InitReport;
import io.aifs.cli.store.LocalStore;
import io.aifs.cli.store.RebuildSummary;
import io.aifs.cli.store.RunningServer;
import io.aifs.cli.store.ServeOptions;
import io.aifs.cli.store.Stores;
import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Gives everyone the same store in memory, and remembers what it was asked for. */
public final class MemoryStores implements Stores {
  private final MemoryStore store;
  public Optional<LocalStore> opened = Optional.empty();
  public Optional<ClientOptions> connected = Optional.empty();
  public Optional<ServeOptions> served = Optional.empty();
  public Optional<String> exportedUnder = Optional.empty();
  public Optional<String> imported = Optional.empty();
  public RebuildSummary rebuilt =
      new RebuildSummary(3, 4, List.of(), List.of(), List.of(), List.of(), List.of());

  public MemoryStores(MemoryStore store) {
    this.store = store;
  }

  @Override
  public AifsClient connect(ClientOptions options) {
    connected = Optional.of(options);
    return store.client().withNamespace(options.namespace());
  }

  @Override
  public AifsClient open(LocalStore local) {
    opened = Optional.of(local);
    return store.client().withNamespace(local.namespace());
  }

  @Override
  public InitReport init(LocalStore local, boolean dryRun) {
    opened = Optional.of(local);
    return new InitReport(
        "0123",
        List.of(dryRun ? "would create it" : "created it"),
        Optional.of(local.configHome().resolve("root.key")),
        local.stateHome().resolve("admin.token"),
        !dryRun);
  }

  @Override
  public RebuildSummary rebuildCatalog(LocalStore local) {
    opened = Optional.of(local);
    return rebuilt;
  }

  @Override
  public RunningServer serve(LocalStore local, ServeOptions options) {
    served = Optional.of(options);
    return new Running(new CountDownLatch(1));
  }

  private record Running(CountDownLatch ended) implements RunningServer {
    @Override
    public int port() {
      return 4711;
    }

    @Override
    public void awaitTermination() throws InterruptedException {
      ended.await();
    }

    @Override
    public void close() {
      ended.countDown();
    }
  }

  @Override
  public String exportKey(LocalStore local, Optional<String> passphrase) {
    exportedUnder = passphrase;
    return "recovery\n";
  }

  @Override
  public Path importKey(LocalStore local, String recoveryText, Optional<String> passphrase) {
    imported = Optional.of(recoveryText);
    return local.configHome().resolve("root.key");
  }
}
