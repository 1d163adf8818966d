package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code aifs mv}. */
@Command(
    name = "mv",
    header = "Give a file or directory of the store another path.",
    customSynopsis = "aifs mv [OPTIONS] FROM TO",
    description = {
      "Into TO if that is a directory or ends in /. Nothing is replaced. No content moves,",
      "whatever the size."
    },
    footer = {
      "Examples:",
      "  aifs mv main:draft.csv main:final.csv",
      "  aifs mv main:run7 main:archive/"
    })
final class MvCommand extends AifsAction {
  @Parameters(index = "0", paramLabel = "FROM", description = "the path to move")
  private String from = "";

  @Parameters(index = "1", paramLabel = "TO", description = "its new path, or a directory")
  private String to = "";

  @Mixin private TransactionOption transaction = new TransactionOption();

  MvCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Place.OfPath source = places.findPath(from);
    Place.OfPath target = places.findPath(to);
    Name branch = source.branch();
    if (!source.namespace().equals(target.namespace()) || !branch.equals(target.branch())) {
      throw Usage.error(
          "a path cannot move to another namespace or branch", "put it there, then remove it here");
    }
    AifsClient client = places.clientFor(source);
    boolean into =
        target.directory()
            || new Entries(client, target).find().orElse(null) instanceof TreeEntry.Directory;
    Place.OfPath place = into ? target.child(source.path().name()) : target;
    long moved = transaction.on(client).tree().move(branch, source.path(), place.path());
    output().object(Fields.of("moved", moved).with("address", place));
    invocation()
        .say(
            transaction.isGiven()
                ? "moves " + source + " to " + place + transaction.suffix()
                : "moved " + Sizes.count(moved, "entry") + " to " + place);
    return ExitCode.OK;
  }
}
