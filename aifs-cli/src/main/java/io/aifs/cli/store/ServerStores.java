package io.aifs.cli.store;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import io.aifs.core.Limits;
import io.aifs.server.AifsServer;
import io.aifs.server.CatalogRebuild;
import io.aifs.server.EmbeddedAifs;
import io.aifs.server.JobSettings;
import io.aifs.server.KeyExport;
import io.aifs.server.KeyImport;
import io.aifs.server.RootKeySettings;
import io.aifs.server.ServerConfig;
import io.aifs.server.StoreCreation;
import io.aifs.server.StoreOptions;
import io.aifs.server.TokenLimits;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real stores. The only class of the command that knows the server. */
public final class ServerStores implements Stores {
  @Override
  public AifsClient connect(ClientOptions options) {
    return AifsClients.connect(options);
  }

  @Override
  public AifsClient open(LocalStore store) {
    return EmbeddedAifs.open(options(store));
  }

  @Override
  public InitReport init(LocalStore store, boolean dryRun) {
    io.aifs.server.InitReport report = StoreCreation.init(options(store), dryRun);
    Optional<Path> keyFile =
        store.rootKey() instanceof LocalStore.RootKey.InFile
            ? Optional.of(report.rootKeyFile())
            : Optional.empty();
    return new InitReport(
        report.storeId(), report.log(), keyFile, report.adminTokenFile(), report.created());
  }

  @Override
  public RebuildSummary rebuildCatalog(LocalStore store) {
    CatalogRebuild.Outcome outcome = CatalogRebuild.run(options(store));
    return new RebuildSummary(
        outcome.checkpoint(),
        outcome.transactions(),
        outcome.damage(),
        outcome.losses(),
        outcome.repairs(),
        outcome.problems(),
        outcome.aside());
  }

  @Override
  public RunningServer serve(LocalStore store, ServeOptions options) {
    AifsServer server =
        AifsServer.start(
            new ServerConfig(
                options(store),
                options.host(),
                options.port(),
                options.dev(),
                Limits.INBOUND_BUDGET_BYTES,
                new TokenLimits(
                    options.tokens().callsPerSecond(),
                    options.tokens().concurrentCalls(),
                    options.tokens().bytesPerSecond(),
                    options.tokens().searchesPerSecond()),
                options.drain().toMillis(),
                new JobSettings(options.scrubInterval(), options.gcInterval(), options.gcGrace())));
    return new Running(server);
  }

  /** Closes only once: a signal and the command itself may both ask for it. */
  private static final class Running implements RunningServer {
    private final AifsServer server;
    private final AtomicBoolean closing = new AtomicBoolean();

    Running(AifsServer server) {
      this.server = server;
    }

    @Override
    public int port() {
      return server.port();
    }

    @Override
    public void awaitTermination() throws InterruptedException {
      server.awaitTermination();
    }

    @Override
    public void close() {
      if (closing.compareAndSet(false, true)) {
        server.close();
      }
    }
  }

  @Override
  public String exportKey(LocalStore store, Optional<String> passphrase) {
    return KeyExport.export(options(store), passphrase.map(RootKeySettings.Secret::new));
  }

  @Override
  public Path importKey(LocalStore store, String recoveryText, Optional<String> passphrase) {
    return KeyImport.restore(
        options(store), recoveryText, passphrase.map(RootKeySettings.Secret::new));
  }

  private static StoreOptions options(LocalStore store) {
    return new StoreOptions(
        store.dataDirectory(),
        store.namespace(),
        store.configHome(),
        store.stateHome(),
        rootKey(store.rootKey()),
        store.token());
  }

  private static RootKeySettings rootKey(LocalStore.RootKey rootKey) {
    return switch (rootKey) {
      case LocalStore.RootKey.InFile(Optional<Path> file) -> new RootKeySettings.KeyFile(file);
      case LocalStore.RootKey.InVariable(String name) -> new RootKeySettings.Environment(name);
      case LocalStore.RootKey.ByPassphrase(String passphrase) ->
          new RootKeySettings.Passphrase(new RootKeySettings.Secret(passphrase));
    };
  }
}
