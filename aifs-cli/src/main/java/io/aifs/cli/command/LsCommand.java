package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.core.ExitCode;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs ls}. */
@Command(
    name = "ls",
    header = "List a directory of the store.",
    customSynopsis = "aifs ls [OPTIONS] [ADDR]",
    footer = {
      "Examples:",
      "  aifs ls",
      "  aifs ls -l main:data",
      "  aifs ls -R -o jsonl main: | jq .path"
    })
final class LsCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR",
      arity = "0..1",
      description = "a directory or file (default: everything on branch main)")
  private String address = "main:";

  @Option(
      names = {"-l", "--long"},
      description = "with mode, size, time (UTC) and the start of the id")
  private boolean longForm;

  @Option(
      names = {"-R", "--recursive"},
      description = "everything below, not only the names directly in it")
  private boolean recursive;

  LsCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Place.OfPath place = places.findPath(address);
    AifsClient client = places.clientFor(place);
    Entries entries = new Entries(client, place);
    TreeEntry entry = entries.require();
    try (Rows rows = output().rows("entries")) {
      if (!(entry instanceof TreeEntry.Directory)) {
        add(rows, place.path(), place.path().name(), entry);
      } else if (recursive) {
        entries.below(
            info -> {
              if (!info.path().equals(place.path())) {
                add(rows, info.path(), relative(place.path(), info.path()), info.entry());
              }
            });
      } else {
        entries.children(info -> add(rows, info.path(), info.path().name(), info.entry()));
      }
    }
    return ExitCode.OK;
  }

  private static String relative(TreePath directory, TreePath path) {
    return directory.isRoot()
        ? path.value()
        : path.value().substring(directory.value().length() + 1);
  }

  private void add(Rows rows, TreePath path, String name, TreeEntry entry) throws IOException {
    rows.add(
        longForm ? EntryText.longLine(name, entry) : EntryText.name(name, entry),
        EntryText.fields(path, entry));
  }
}
