package io.aifs.cli.quickstart;

import io.aifs.cli.history.ChangeCount;
import io.aifs.cli.history.Renames;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.store.InitReport;
import io.aifs.cli.store.Stores;
import io.aifs.cli.transfer.DirectoryComparison;
import io.aifs.cli.transfer.DownloadReport;
import io.aifs.cli.transfer.IgnoreRules;
import io.aifs.cli.transfer.Notices;
import io.aifs.cli.transfer.TemporaryFiles;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.client.AifsClient;
import io.aifs.client.DiffOptions;
import io.aifs.client.Maintenance;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.client.Tree;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The tour: a real directory goes in, changes, and comes out identical. */
public final class Quickstart {
  private static final Place.OfPath PLACE =
      new Place.OfPath(Name.DEFAULT_NAMESPACE, Ref.MAIN, new TreePath("project"), true);
  private static final String ADDRESS = "main:project";
  private static final int NAMES_SHOWN = 8;

  private final Stores stores;
  private final TemporaryFiles temporaries;
  private final LongSupplier nanoTime;
  private final int jobs;
  private final Narrative story;

  /** Prints a line of the story. */
  public interface Printer {
    void print(String line) throws IOException;
  }

  /**
   * How it went.
   *
   * @param workshop the directory that holds everything, unless it was deleted
   * @param secondStoredBytes what the store grew by after a small change
   * @param differences between what went in and what came out; empty if all is well
   */
  public record Outcome(
      Path workshop,
      InitReport store,
      UploadReport first,
      long secondStoredBytes,
      long damaged,
      List<String> differences) {
    public boolean isGood() {
      return damaged == 0 && differences.isEmpty();
    }
  }

  public Quickstart(
      Stores stores, TemporaryFiles temporaries, LongSupplier nanoTime, int jobs, Printer out) {
    this.stores = stores;
    this.temporaries = temporaries;
    this.nanoTime = nanoTime;
    this.jobs = jobs;
    this.story = new Narrative(out::print);
  }

  /** Takes the tour in a new directory below {@code parent}. */
  public Outcome run(Path source, IgnoreRules rules, Path parent, boolean keep, String aifs)
      throws IOException {
    Workshop workshop = Workshop.create(parent);
    story.say("AIFS quickstart: " + source + " goes into a throw-away store and comes back.");
    InitReport store = init(workshop);
    Outcome outcome;
    try (AifsClient client = stores.open(workshop.store())) {
      outcome = tour(client, source, rules, workshop, store);
    }
    end(outcome, keep, aifs);
    if (!keep) {
      workshop.delete();
    }
    return outcome;
  }

  private InitReport init(Workshop workshop) throws IOException {
    story.step("Create a store");
    story.command("aifs init");
    InitReport report = stores.init(workshop.store(), false);
    story.detail("data", workshop.data());
    story.detail("root key", report.rootKeyFile().map(Path::toString).orElse("-"));
    story.detail("admin token", report.adminTokenFile());
    return report;
  }

  private Outcome tour(
      AifsClient client, Path source, IgnoreRules rules, Workshop workshop, InitReport store)
      throws IOException {
    Transfers transfers =
        new Transfers(client, PLACE, jobs, temporaries, new Notices(this::sayQuietly));
    UploadReport first = put(transfers, source, rules);
    list(client);
    figures(client);
    pin(client);
    DirectoryComparison.Result copied = copy(transfers, source, rules, workshop);
    long secondStored = change(transfers, workshop);
    changes(client);
    DirectoryComparison.Result returned = readBack(transfers, workshop);
    long damaged = verify(client);
    List<String> differences =
        java.util.stream.Stream.of(copied, returned)
            .flatMap(result -> result.differences().stream())
            .toList();
    return new Outcome(workshop.root(), store, first, secondStored, damaged, differences);
  }

  private void sayQuietly(String line) {
    try {
      story.detail(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private UploadReport put(Transfers transfers, Path source, IgnoreRules rules) throws IOException {
    story.step("Put the directory into it: chunked, deduplicated, compressed, encrypted");
    story.command("aifs put " + source + " " + ADDRESS);
    long start = nanoTime.getAsLong();
    UploadReport report = transfers.put(source, rules);
    story.detail(
        "%s, %s read in %s"
            .formatted(
                Sizes.count(report.files(), "file"), Sizes.bytes(report.bytes()), since(start)));
    return report;
  }

  private String since(long startNanos) {
    return Sizes.duration(Duration.ofNanos(nanoTime.getAsLong() - startNanos));
  }

  private void list(AifsClient client) throws IOException {
    story.step("List it");
    story.command("aifs ls " + ADDRESS);
    int[] shown = {0};
    new Entries(client, PLACE)
        .children(
            info -> {
              if (shown[0]++ < NAMES_SHOWN) {
                boolean directory = info.entry() instanceof TreeEntry.Directory;
                story.detail(info.path().name() + (directory ? "/" : ""));
              }
            });
    if (shown[0] > NAMES_SHOWN) {
      story.detail("... and " + (shown[0] - NAMES_SHOWN) + " more");
    }
  }

  private void figures(AifsClient client) throws IOException {
    story.step("See what it takes");
    story.command("aifs du " + ADDRESS + "; aifs status");
    Tree.Usage usage = client.tree().usage(PLACE.ref(), PLACE.path());
    Maintenance.StoreStatus status = client.maintenance().status();
    story.detail("content", Sizes.bytes(usage.contentBytes()));
    story.detail("distinct", Sizes.bytes(usage.distinctBytes()) + "  (equal files count once)");
    story.detail(
        "on disk",
        "%s  (%s of the content, encrypted)"
            .formatted(
                Sizes.bytes(status.packBytes()),
                Sizes.share(status.packBytes(), usage.contentBytes())));
  }

  private void pin(AifsClient client) throws IOException {
    story.step("Pin what it holds now, in a signed snapshot that never changes");
    story.command("aifs snapshot create -m 'as it came'");
    SnapshotSummary snapshot =
        client.history().take(Name.MAIN_BRANCH, SnapshotOptions.of("as it came")).snapshot();
    story.detail("snapshot", snapshot.id());
    story.detail("root", snapshot.merkleRoot());
  }

  private void changes(AifsClient client) throws IOException {
    story.step("See what changed since the snapshot");
    story.command("aifs changes");
    ChangeCount count = new ChangeCount();
    boolean _ =
        new Renames(Renames.HELD_MAX)
            .find(
                client.history().diff(DiffOptions.changesOf(Ref.MAIN)).paths().iterator(),
                count::add);
    story.detail(count.text());
  }

  private DirectoryComparison.Result copy(
      Transfers transfers, Path source, IgnoreRules rules, Workshop workshop) throws IOException {
    story.step("Read it back into another directory, and compare byte for byte");
    story.command("aifs get " + ADDRESS + " copy");
    DownloadReport report = transfers.get(workshop.copy());
    story.detail(Sizes.count(report.files(), "file") + ", " + Sizes.bytes(report.bytes()));
    return compare(source, workshop.copy(), rules);
  }

  private DirectoryComparison.Result compare(Path original, Path copy, IgnoreRules rules)
      throws IOException {
    DirectoryComparison.Result result = DirectoryComparison.of(original, copy, rules);
    story.detail(
        result.differences().isEmpty()
            ? "identical: %s, with modes, times and links"
                .formatted(Sizes.count(result.entries(), "entry"))
            : "DIFFERENT: " + result.differences().getFirst());
    return result;
  }

  private long change(Transfers transfers, Workshop workshop) throws IOException {
    story.step("Change a little in the copy, and put all of it again");
    Optional<SmallEdit.Edited> edited = SmallEdit.apply(workshop.copy());
    if (edited.isPresent()) {
      story.detail(
          "%d bytes inserted into %s (%s)"
              .formatted(
                  edited.get().insertedBytes(),
                  workshop.copy().relativize(edited.get().file()),
                  Sizes.bytes(edited.get().size())));
    }
    story.command("aifs put copy " + ADDRESS);
    long start = nanoTime.getAsLong();
    UploadReport report = transfers.put(workshop.copy(), IgnoreRules.of(List.of()));
    story.detail(
        "%s looked at in %s; the store grew by %s"
            .formatted(
                Sizes.count(report.files(), "file"),
                since(start),
                Sizes.bytes(report.storedBytes())));
    return report.storedBytes();
  }

  private DirectoryComparison.Result readBack(Transfers transfers, Workshop workshop)
      throws IOException {
    story.step("Read that back as well");
    story.command("aifs get " + ADDRESS + " back");
    transfers.get(workshop.back());
    return compare(workshop.copy(), workshop.back(), IgnoreRules.of(List.of()));
  }

  private long verify(AifsClient client) throws IOException {
    story.step("Have the store verify every asset against its id");
    story.command("aifs verify --all");
    Maintenance.CheckSummary summary =
        client
            .maintenance()
            .verify(List.of(), Name.MAIN_BRANCH, List.of(), event -> printFinding(event));
    story.detail(
        "%s, %s: %s"
            .formatted(
                Sizes.count(summary.checked(), "asset"),
                Sizes.bytes(summary.checkedBytes()),
                summary.damaged() == 0 ? "all intact" : summary.damaged() + " DAMAGED"));
    return summary.damaged();
  }

  private void printFinding(Maintenance.CheckEvent event) {
    if (event instanceof Maintenance.CheckEvent.Finding finding) {
      sayQuietly(finding.message());
    }
  }

  private void end(Outcome outcome, boolean keep, String aifs) throws IOException {
    story.say("");
    if (!outcome.isGood()) {
      story.say("Something differs. Everything is kept in " + outcome.workshop());
      return;
    }
    story.say("Everything that came out is what went in.");
    if (!keep) {
      return;
    }
    Path root = outcome.workshop();
    story.say("");
    story.say("Try more with this store:");
    story.say(
        "  export AIFS_DATA=%s XDG_CONFIG_HOME=%s XDG_STATE_HOME=%s"
            .formatted(root.resolve("data"), root.resolve("config"), root.resolve("state")));
    story.say("  " + aifs + " ls -l " + ADDRESS);
    story.say("  " + aifs + " fsck --read-data");
    story.say("  " + aifs + " serve            # and speak gRPC to 127.0.0.1:50051");
    story.say("  " + aifs + " key export FILE  # without the root key the data is lost");
    story.say("Begin with a store of your own (in a new shell):  " + aifs + " init");
    story.say("Throw this one away:  rm -r " + root);
  }
}
