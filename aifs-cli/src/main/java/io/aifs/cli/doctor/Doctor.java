package io.aifs.cli.doctor;

import io.aifs.cli.config.Settings;
import io.aifs.cli.config.StoreChoice;
import io.aifs.cli.output.Failure;
import io.aifs.cli.store.InitReport;
import io.aifs.cli.store.LocalStore;
import io.aifs.cli.store.Stores;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.client.AifsClient;
import io.aifs.client.Maintenance;
import io.aifs.core.AifsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs every check that applies, and goes on when one fails. Changes nothing. */
public final class Doctor {
  private final Surroundings surroundings;
  private final Settings settings;
  private final Stores stores;
  private final List<Finding> findings = new ArrayList<>();

  /** Opens the chosen store. */
  public interface Opener {
    AifsClient open() throws IOException;
  }

  /** Says where the local store is and where its key comes from. */
  public interface LocalStoreSource {
    LocalStore get() throws IOException;
  }

  private interface Check {
    Finding run() throws IOException;
  }

  public Doctor(Surroundings surroundings, Settings settings, Stores stores) {
    this.surroundings = surroundings;
    this.settings = settings;
    this.stores = stores;
  }

  /** All findings, in the order of the checks. */
  public List<Finding> examine(Opener opener, LocalStoreSource local) {
    MachineChecks machine = new MachineChecks(surroundings);
    check("java", machine::java);
    check("memory", machine::memory);
    check("file names", machine::names);
    check("hashing", machine::hashing);
    if (settings.store() instanceof StoreChoice.Local(var data)) {
      DirectoryChecks directory = new DirectoryChecks(data);
      check("disk space", directory::space);
      check("data directory", directory::directory);
      if (!directory.holdsStore()) {
        return findings;
      }
      keyFiles(local);
    }
    check("store", () -> answers(opener));
    return findings;
  }

  private void check(String name, Check check) {
    Finding finding;
    try {
      finding = check.run();
    } catch (IOException | AifsException e) {
      Failure failure = Failure.of(e);
      finding = Finding.bad(name, failure.message(), failure.hint());
    }
    findings.add(finding);
  }

  private void keyFiles(LocalStoreSource local) {
    check(
        "root key",
        () ->
            DirectoryChecks.privateFile(
                "root key",
                places(local).rootKeyFile(),
                "say where it is with --root-key, or bring it back: aifs key import FILE"));
    check(
        "admin token",
        () ->
            DirectoryChecks.privateFile(
                "admin token",
                Optional.of(places(local).adminTokenFile()),
                "any local command makes a new one, such as: aifs status"));
  }

  /** A dry run of init says where the files of an existing store are. */
  private InitReport places(LocalStoreSource local) throws IOException {
    return stores.init(local.get(), true);
  }

  private Finding answers(Opener opener) throws IOException {
    AifsClient client = opener.open();
    Maintenance.Health health = client.maintenance().health();
    if (!health.healthy()) {
      return Finding.bad("store", "is not well: " + health.status(), "look at its log");
    }
    Maintenance.StoreStatus status = client.maintenance().status();
    return Finding.ok(
        "store", "%s answers, store %s".formatted(settings.store(), status.storeId()));
  }
}
