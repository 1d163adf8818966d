package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.client.AifsClient;
import io.aifs.core.ExitCode;
import io.aifs.core.Limits;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs verify}. */
@Command(
    name = "verify",
    header = "Read assets back and recompute their ids.",
    customSynopsis = {"aifs verify [OPTIONS] ADDR...", "aifs verify [OPTIONS] --all"},
    description = "Exit code 7 if one is not what its id says; each is named with its paths.",
    footer = {
      "Examples:",
      "  aifs verify main:models",
      "  aifs verify 3c5f0a91",
      "  aifs verify --all"
    })
final class VerifyCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR",
      arity = "0..*",
      hideParamSyntax = true,
      description = "files, directories or ids")
  private List<String> addresses = new ArrayList<>();

  @Option(names = "--all", description = "every asset of the namespace")
  private boolean all;

  VerifyCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (all != addresses.isEmpty()) {
      throw Usage.error(
          all ? "--all already is everything" : "nothing to verify is named",
          "name addresses, or give --all");
    }
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, false);
        Rows rows = output().rows("findings")) {
      CheckPrinter printer = new CheckPrinter(rows, tally);
      if (all) {
        // No ids and no paths mean every asset.
        printer.add(
            invocation()
                .client()
                .maintenance()
                .verify(List.of(), Name.MAIN_BRANCH, List.of(), printer));
      }
      Places places = invocation().places();
      for (String address : addresses) {
        verify(places.find(address), places, printer);
      }
      progress.end();
      return printer.finish("verified");
    }
  }

  private static void verify(Place place, Places places, CheckPrinter printer) throws IOException {
    AifsClient client = places.clientFor(place);
    switch (place) {
      case Place.OfAsset asset -> verify(List.of(asset.id()), client, printer);
      case Place.OfPath path -> {
        switch (new Entries(client, path).require()) {
          case TreeEntry.File _ ->
              printer.add(
                  client
                      .maintenance()
                      .verify(List.of(), path.branch(), List.<TreePath>of(path.path()), printer));
          case TreeEntry.Directory _ -> directory(path, client, printer);
          case TreeEntry.Symlink _ -> throw Usage.error(path + " is a symbolic link", "");
        }
      }
    }
  }

  private static void directory(Place.OfPath path, AifsClient client, CheckPrinter printer)
      throws IOException {
    List<Digest> batch = new ArrayList<>();
    new Entries(client, path)
        .below(
            info -> {
              if (info.entry() instanceof TreeEntry.File file) {
                batch.add(file.asset());
              }
              if (batch.size() == Limits.BATCH_ENTRIES_MAX) {
                verify(batch, client, printer);
                batch.clear();
              }
            });
    if (!batch.isEmpty()) {
      verify(batch, client, printer);
    }
  }

  private static void verify(List<Digest> ids, AifsClient client, CheckPrinter printer) {
    List<Digest> distinct = ids.stream().distinct().toList();
    printer.add(client.maintenance().verify(distinct, Name.MAIN_BRANCH, List.of(), printer));
  }
}
