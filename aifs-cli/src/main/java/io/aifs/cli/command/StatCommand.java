package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.output.Table;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.client.AssetDetail;
import io.aifs.client.ReadTarget;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs stat}. */
@Command(
    name = "stat",
    header = "Say what a path or an asset is.",
    customSynopsis = "aifs stat [OPTIONS] ADDR",
    description = {
      "Of a file with tensors (safetensors, npy, Arrow) their names, types and shapes; of one",
      "tensor up to 64 MiB also what its values are like."
    },
    footer = {
      "Examples:",
      "  aifs stat main:data/train.csv",
      "  aifs stat -o json 3c5f0a91",
      "  aifs stat main:models/base.safetensors --statistics"
    })
final class StatCommand extends AifsAction {
  @Parameters(paramLabel = "ADDR", description = "a path, an id, or the start of an id")
  private String address = "";

  @Option(
      names = "--statistics",
      description = "look at all values of all tensors, however many they are")
  private boolean statistics;

  StatCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Place place = places.find(address);
    AifsClient client = places.clientFor(place);
    Table table = new Table();
    table.row("address", place.toString());
    Fields fields = Fields.of("address", place);
    switch (place) {
      case Place.OfAsset asset -> {
        AssetDetail detail = client.assets().stat(asset.id());
        asset(detail, table, fields);
        new TensorListing(client, statistics)
            .add(new ReadTarget.ById(asset.id()), "", detail.info(), table, fields);
      }
      case Place.OfPath path -> path(path, client, table, fields);
    }
    output().table(table);
    output().object(fields);
    return ExitCode.OK;
  }

  private void path(Place.OfPath place, AifsClient client, Table table, Fields fields) {
    TreeEntry entry = new Entries(client, place).require();
    EntryText.fields(place.path(), entry).map().forEach(fields::with);
    table.row("mode", EntryText.mode(entry));
    table.row("modified", EntryText.time(entry.attributes()).toString());
    switch (entry) {
      case TreeEntry.Directory _ -> table.row("type", "directory");
      case TreeEntry.Symlink link ->
          table.row("type", "symbolic link").row("target", link.target());
      case TreeEntry.File file -> {
        ReadTarget.Found found = place.found(file.asset());
        AssetDetail detail = client.assets().stat(found);
        asset(detail, table, fields);
        new TensorListing(client, statistics)
            .add(found, place.path().name(), detail.info(), table, fields);
      }
    }
  }

  private static void asset(AssetDetail detail, Table table, Fields fields) {
    AssetInfo info = detail.info();
    String kind = info.kind().name().toLowerCase(Locale.ROOT);
    table
        .row("id", info.id().hex())
        .row("kind", kind)
        .row("size", Sizes.count(info.size(), "byte") + " (" + Sizes.bytes(info.size()) + ")")
        .row("created", info.createdAt().toString());
    for (Map.Entry<String, String> entry : info.metadata().entrySet()) {
      table.row("meta", entry.getKey() + " = " + entry.getValue());
    }
    for (ParentEdge parent : detail.parents()) {
      table.row("parent", (parent.parent() + " " + parent.transformName()).stripTrailing());
    }
    for (Digest child : detail.children()) {
      table.row("child", child.hex());
    }
    if (detail.childrenTruncated()) {
      table.row("child", "... and more");
    }
    fields
        .with("id", info.id())
        .with("kind", kind)
        .with("size", info.size())
        .with("created_at", info.createdAt())
        .with("metadata", info.metadata())
        .with("parents", detail.parents().stream().map(StatCommand::parent).toList())
        .with("children", detail.children())
        .with("children_truncated", detail.childrenTruncated());
  }

  private static Map<String, Object> parent(ParentEdge edge) {
    return Fields.of("id", edge.parent())
        .with("transform", edge.transformName())
        .with("transform_digest", edge.transformDigest())
        .map();
  }
}
