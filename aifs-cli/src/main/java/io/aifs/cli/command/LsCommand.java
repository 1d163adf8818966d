package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.client.Assets;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      "  aifs ls -R -o jsonl main: | jq .path",
      "  aifs ls --assets --kind tensor --since 2026-11-01"
    })
final class LsCommand extends AifsAction {
  private static final int ASSETS_AT_A_TIME = 1_000;

  @Parameters(
      paramLabel = "ADDR",
      arity = "0..1",
      description = "a directory or file (default: everything on branch main)")
  private @Nullable String address;

  @Option(
      names = {"-l", "--long"},
      description = "with mode, size, time (UTC) and the start of the id")
  private boolean longForm;

  @Option(
      names = {"-R", "--recursive"},
      description = "everything below, not only the names directly in it")
  private boolean recursive;

  @Mixin private AssetConditions conditions = new AssetConditions();

  LsCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Optional<AssetFilter> filter = conditions.filter();
    if (filter.isPresent()) {
      return listAssets(filter.get());
    }
    Places places = invocation().places();
    Place.OfPath place = places.findPath(address == null ? "main:" : address);
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

  private ExitCode listAssets(AssetFilter filter) throws IOException {
    if (address != null) {
      throw Usage.error(
          "--assets lists the namespace, not '" + address + "'",
          "leave out the address; --namespace chooses the namespace");
    }
    AifsClient client = invocation().client();
    try (Rows rows = output().rows("assets")) {
      Optional<String> token = Optional.empty();
      do {
        Assets.AssetPage page = client.assets().list(filter, ASSETS_AT_A_TIME, token);
        for (AssetInfo asset : page.assets()) {
          rows.add(
              longForm ? EntryText.longLine(asset) : asset.id().hex(), EntryText.fields(asset));
        }
        token = page.nextPageToken();
      } while (token.isPresent());
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
