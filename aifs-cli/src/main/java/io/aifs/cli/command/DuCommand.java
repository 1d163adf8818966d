package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.AifsClient;
import io.aifs.client.Tree;
import io.aifs.core.ExitCode;
import io.aifs.core.model.TreeEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs du}. */
@Command(
    name = "du",
    header = "Say how much paths hold.",
    customSynopsis = "aifs du [OPTIONS] [-d N] [ADDR...]",
    description = {
      "Content bytes, the bytes that are left when equal files count once, and files.",
      "What the store takes on disk is in 'aifs status'."
    },
    footer = {"Examples:", "  aifs du", "  aifs du -d 1 main:data"})
final class DuCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR",
      arity = "0..*",
      hideParamSyntax = true,
      description = "paths (default: everything on branch main)")
  private List<String> addresses = new ArrayList<>();

  @Option(
      names = {"-d", "--depth"},
      paramLabel = "N",
      description = "also directories up to N levels below (default: 0)")
  private int depth;

  DuCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    try (Rows rows = output().rows("usage")) {
      for (String address : addresses.isEmpty() ? List.of("main:") : addresses) {
        Place.OfPath place = places.findPath(address);
        AifsClient client = places.clientFor(place);
        TreeEntry entry = new Entries(client, place).require();
        add(rows, place, client, entry instanceof TreeEntry.Directory ? depth : 0);
      }
    }
    return ExitCode.OK;
  }

  private static void add(Rows rows, Place.OfPath place, AifsClient client, int levels)
      throws IOException {
    if (levels > 0) {
      new Entries(client, place)
          .children(
              info -> {
                if (info.entry() instanceof TreeEntry.Directory) {
                  add(rows, place.withPath(info.path()), client, levels - 1);
                }
              });
    }
    Tree.Usage usage = client.tree().usage(place.ref(), place.path());
    rows.add(
        String.format(
            Locale.ROOT,
            "%10s  %10s distinct  %9s files  %s",
            Sizes.bytes(usage.contentBytes()),
            Sizes.bytes(usage.distinctBytes()),
            Sizes.count(usage.files()),
            Printable.of(place.toString())),
        Fields.of("address", place)
            .with("content_bytes", usage.contentBytes())
            .with("distinct_bytes", usage.distinctBytes())
            .with("file_count", usage.files())
            .with("directory_count", usage.directories())
            .with("symlink_count", usage.symlinks()));
  }
}
