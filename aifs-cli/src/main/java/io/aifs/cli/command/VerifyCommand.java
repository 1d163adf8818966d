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
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs verify}. */
@Command(
    name = "verify",
    header = "Read assets back and recompute their ids.",
    customSynopsis = {
      "aifs verify [OPTIONS] ADDR...",
      "aifs verify [OPTIONS] --all",
      "aifs verify [OPTIONS] --sample SHARE [--seed N]"
    },
    description = {
      "Exit code 7 if one is not what its id says; each is named with its paths.",
      "A sample of 5% reads each asset of up to 1 MiB with a probability of 5 %, and each MiB of",
      "larger ones. What is read whole is compared with its id, the rest with its chunks' digests.",
      "The summary tells the seed, which draws the same sample again."
    },
    footer = {
      "Examples:",
      "  aifs verify main:models",
      "  aifs verify 3c5f0a91",
      "  aifs verify --all",
      "  aifs verify --sample 5%"
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

  @Option(
      names = "--sample",
      paramLabel = "SHARE",
      description = "a random part of the namespace, such as 5%% or 0.05")
  private String sample = "";

  @Option(names = "--seed", paramLabel = "N", description = "which sample")
  private long seed;

  VerifyCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    requireOneChoice();
    OptionalDouble share = sample.isEmpty() ? OptionalDouble.empty() : share(sample);
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
      if (share.isPresent()) {
        printer.add(
            invocation()
                .client()
                .maintenance()
                .verifySample(
                    share.getAsDouble(),
                    seed == 0 ? OptionalLong.empty() : OptionalLong.of(seed),
                    printer));
      }
      Places places = invocation().places();
      for (String address : addresses) {
        verify(places.find(address), places, printer);
      }
      progress.end();
      return printer.finish("verified");
    }
  }

  private void requireOneChoice() {
    int choices = (all ? 1 : 0) + (sample.isEmpty() ? 0 : 1) + (addresses.isEmpty() ? 0 : 1);
    if (choices != 1) {
      throw Usage.error(
          choices == 0
              ? "nothing to verify is named"
              : "addresses, --all and --sample exclude each other",
          "name addresses, or give --all or --sample");
    }
    if (seed != 0 && sample.isEmpty()) {
      throw Usage.error("--seed is without --sample", "add --sample, such as --sample 5%");
    }
  }

  private static OptionalDouble share(String text) {
    boolean percent = text.endsWith("%");
    try {
      double number = Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
      double share = percent ? number / 100 : number;
      if (share > 0 && share <= 1) {
        return OptionalDouble.of(share);
      }
    } catch (NumberFormatException _) {
      // said below
    }
    throw Usage.error(
        "--sample is not a share: " + text, "give one such as 5% or 0.05, at most 100%");
  }

  private static void verify(Place place, Places places, CheckPrinter printer) throws IOException {
    AifsClient client = places.clientFor(place);
    switch (place) {
      case Place.OfAsset asset -> verify(List.of(asset.id()), client, printer);
      case Place.OfPath path -> {
        switch (new Entries(client, path).require()) {
          case TreeEntry.File file -> verify(List.of(file.asset()), client, printer);
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
