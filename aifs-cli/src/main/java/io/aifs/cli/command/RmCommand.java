package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs rm}. */
@Command(
    name = "rm",
    header = "Remove paths, or delete assets.",
    customSynopsis = {
      "aifs rm [OPTIONS] [-r] [-y] ADDR...",
      "aifs rm [OPTIONS] --asset [--force] [-y] ID..."
    },
    description = {
      "Removing a path keeps the asset that it names: other paths and lineage may need it.",
      "Deleting an asset leaves a tombstone: what names it stays valid, its content is gone.",
      "Asks before it does anything; without a terminal it wants -y."
    },
    footer = {
      "Examples:",
      "  aifs rm main:old.csv",
      "  aifs rm -r -y main:scratch/",
      "  aifs rm --asset 3c5f0a91 --why 'personal data'"
    })
final class RmCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR",
      arity = "1..*",
      hideParamSyntax = true,
      description = "paths, or with --asset ids")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = {"-r", "--recursive"},
      description = "directories with everything below them")
  private boolean recursive;

  @Option(names = "--asset", description = "delete assets, not paths")
  private boolean asset;

  @Option(names = "--force", description = "delete an asset although paths or children need it")
  private boolean force;

  @Option(names = "--why", paramLabel = "TEXT", description = "the reason, kept in the tombstone")
  private String why = "";

  @Mixin private TransactionOption transaction = new TransactionOption();

  @Mixin private Destructive destructive = new Destructive();

  RmCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (asset && recursive) {
      throw Usage.error("-r is about paths, --asset about ids", "give one of them");
    }
    if (asset && transaction.isGiven()) {
      throw Usage.error("--tx is about paths, --asset about ids", "give one of them");
    }
    if (!asset && (force || !why.isEmpty())) {
      throw Usage.error("--force and --why are about assets", "give --asset, or leave them out");
    }
    return asset ? deleteAssets() : removePaths();
  }

  private ExitCode removePaths() throws IOException {
    Places places = invocation().places();
    List<Place.OfPath> found = new ArrayList<>();
    for (String address : addresses) {
      Place.OfPath place = places.findPath(address);
      Name _ = place.branch();
      new Entries(places.clientFor(place), place).require();
      found.add(place);
    }
    destructive.confirm(
        invocation(),
        found.size() == 1
            ? "remove " + found.getFirst()
            : "remove " + Sizes.count(found.size(), "path"));
    long removed = 0;
    for (Place.OfPath place : found) {
      List<TreePath> paths = List.of(place.path());
      removed +=
          transaction.on(places.clientFor(place)).tree().remove(place.branch(), paths, recursive);
    }
    output().object(Fields.of("removed", removed));
    invocation()
        .say(
            transaction.isGiven()
                ? "removes " + Sizes.count(found.size(), "path") + transaction.suffix()
                : "removed " + Sizes.count(removed, "entry"));
    return ExitCode.OK;
  }

  private ExitCode deleteAssets() throws IOException {
    Places places = invocation().places();
    List<Place.OfAsset> found = new ArrayList<>();
    for (String address : addresses) {
      if (!(places.find(address) instanceof Place.OfAsset place)) {
        throw Usage.error("'" + address + "' is not an asset id", "'aifs stat PATH' shows the id");
      }
      found.add(place);
    }
    destructive.confirm(
        invocation(),
        found.size() == 1
            ? "delete asset " + found.getFirst().id()
            : "delete " + Sizes.count(found.size(), "asset"));
    for (Place.OfAsset place : found) {
      places.clientFor(place).assets().delete(place.id(), force, why);
    }
    output().object(Fields.of("deleted", found.stream().map(Place.OfAsset::id).toList()));
    invocation().say("deleted " + Sizes.count(found.size(), "asset"));
    return ExitCode.OK;
  }
}
