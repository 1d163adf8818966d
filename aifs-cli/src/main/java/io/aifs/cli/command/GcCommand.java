package io.aifs.cli.command;

import io.aifs.cli.config.Durations;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.progress.CollectionProgress;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.client.Maintenance;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code aifs gc}. */
@Command(
    name = "gc",
    header = "Give back the space of what nothing needs.",
    customSynopsis = {
      "aifs gc [OPTIONS] [--dry-run] [--grace TIME] [-y]",
      "aifs gc undo [OPTIONS] [--asset ID]"
    },
    description = {
      "Condemns the chunks that no asset needs, and deletes those condemned a grace period ago.",
      "Puts and reads go on meanwhile. Until the grace period is over 'gc undo' takes it back.",
      "Asks before it does anything; without a terminal it wants -y."
    },
    footer = {"Examples:", "  aifs gc --dry-run", "  aifs gc -y", "  aifs gc --grace 0 -y"})
final class GcCommand extends AifsAction {
  @Option(names = "--dry-run", description = "only say what would be condemned, and how much")
  private boolean dryRun;

  @Option(
      names = "--grace",
      paramLabel = "TIME",
      description = "how long it can be brought back; 0 deletes it now (default: gc.grace, 24h)")
  private Optional<String> grace = Optional.empty();

  @Mixin private Destructive destructive = new Destructive();

  GcCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Duration wait = grace.isPresent() ? parse(grace.get()) : invocation().settings().gcGrace();
    if (!dryRun) {
      destructive.confirm(
          invocation(),
          wait.isZero()
              ? "delete for good what no asset needs"
              : "condemn what no asset needs, and delete what was condemned "
                  + Sizes.duration(wait)
                  + " ago");
    }
    Maintenance.Collection done = collect(wait);
    output().object(fields(done));
    invocation().say(dryRun ? plan(done) : summary(done));
    if (done.packsDamaged() > 0) {
      invocation()
          .say(
              Sizes.count(done.packsDamaged(), "damaged pack")
                  + " stayed as they are; 'aifs fsck' says what they hold");
    }
    if (done.openUploads() > 0) {
      invocation()
          .say(
              Sizes.count(done.openUploads(), "upload")
                  + " may need what is condemned; run it again when they have ended");
    }
    return ExitCode.OK;
  }

  private Maintenance.Collection collect(Duration wait) throws IOException {
    CollectionProgress progress = new CollectionProgress();
    try (ProgressDisplay _ = invocation().progress(progress)) {
      return invocation().client().maintenance().collect(dryRun, wait, progress::reached);
    }
  }

  private static Duration parse(String text) {
    try {
      return Durations.parseOrZero(text);
    } catch (IllegalArgumentException _) {
      throw Usage.error("--grace: '" + text + "' is not a duration", "write 0, 30m or 24h");
    }
  }

  private static String plan(Maintenance.Collection plan) {
    return "would condemn "
        + Sizes.count(plan.condemnedRecords(), "record")
        + " of "
        + Sizes.count(plan.records())
        + " that no asset needs ("
        + Sizes.bytes(plan.condemnedBytes())
        + "); condemned already: "
        + Sizes.bytes(plan.pendingBytes())
        + "; unused files: "
        + Sizes.bytes(plan.orphanBytes());
  }

  private static String summary(Maintenance.Collection done) {
    return "condemned "
        + Sizes.count(done.condemnedRecords(), "record")
        + " ("
        + Sizes.bytes(done.condemnedBytes())
        + "), freed "
        + Sizes.bytes(Math.max(0, done.freedBytes()))
        + ", waiting to be deleted: "
        + Sizes.bytes(done.pendingBytes());
  }

  private static Fields fields(Maintenance.Collection done) {
    return Fields.of("assets", done.assets())
        .with("records", done.records())
        .with("record_bytes", done.recordBytes())
        .with("condemned_records", done.condemnedRecords())
        .with("condemned_bytes", done.condemnedBytes())
        .with("rescued_records", done.rescuedRecords())
        .with("packs_dropped", done.packsDropped())
        .with("packs_rewritten", done.packsRewritten())
        .with("packs_damaged", done.packsDamaged())
        .with("freed_bytes", done.freedBytes())
        .with("orphans", done.orphans())
        .with("orphan_bytes", done.orphanBytes())
        .with("pending_bytes", done.pendingBytes())
        .with("open_uploads", done.openUploads());
  }

  /** {@code aifs gc undo}. */
  @Command(
      name = "undo",
      header = "Bring back what gc has condemned.",
      customSynopsis = "aifs gc undo [OPTIONS] [--asset ID]",
      description = {
        "Makes everything that is condemned count as stored again; the next gc finds it again.",
        "With --asset: makes a deleted asset visible again while its content is not deleted."
      },
      footer = {"Examples:", "  aifs gc undo", "  aifs gc undo --asset 3c5f0a91"})
  static final class Undo extends AifsAction {
    @Option(names = "--asset", paramLabel = "ID", description = "the deleted asset to bring back")
    private Optional<String> asset = Optional.empty();

    Undo(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      if (asset.isPresent()) {
        return revive(asset.get());
      }
      long records = invocation().client().maintenance().undoCollection();
      output().object(Fields.of("records", records));
      invocation().say("brought back " + Sizes.count(records, "record"));
      return ExitCode.OK;
    }

    private ExitCode revive(String address) throws IOException {
      if (!(invocation().places().find(address) instanceof Place.OfAsset place)) {
        throw Usage.error("'" + address + "' is not an asset id", "give all 64 digits");
      }
      invocation().places().clientFor(place).maintenance().revive(place.id());
      output().object(Fields.of("revived", place.id()));
      invocation().say("brought back asset " + place.id());
      return ExitCode.OK;
    }
  }
}
