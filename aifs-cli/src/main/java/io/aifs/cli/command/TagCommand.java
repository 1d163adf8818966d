package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.Refs;
import io.aifs.client.TransactionStep;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs tag}: the group; its members do the work. */
@Command(
    name = "tag",
    header = "Name snapshots for good.",
    customSynopsis = "aifs tag create|list|delete [OPTIONS]",
    footer = {"Examples:", "  aifs tag create v1", "  aifs tag create run-812 main~2"})
final class TagCommand {
  private static Fields fields(Refs.Tag tag) {
    return Fields.of("name", tag.name())
        .with("snapshot_id", tag.snapshot())
        .with("created_at", tag.createdAt())
        .with("who", tag.who())
        .with("metadata", tag.metadata());
  }

  /** {@code aifs tag create}. */
  @Command(
      name = "create",
      header = "Give a snapshot a name that never means another.",
      customSynopsis = "aifs tag create [OPTIONS] NAME [REF]",
      description = "Of a branch it is the newest snapshot, not what changed since.",
      footer = {"Examples:", "  aifs tag create v1", "  aifs tag create run-812 main~2"})
  static final class Create extends AifsAction {
    @Parameters(index = "0", paramLabel = "NAME", description = "the new tag")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "REF",
        arity = "0..1",
        description = "what it names (default: the newest snapshot of main)")
    private String at = "main";

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "metadata; may be repeated")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Mixin private TransactionOption transaction = new TransactionOption();

    Create(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, at);
      if (transaction.isGiven()) {
        Name tag = RefArgument.name(name);
        transaction.stage(
            places.clientFor(place), new TransactionStep.MakeTag(tag, place.ref(), metadata));
        output().object(Fields.of("name", tag));
        invocation().say("makes tag " + tag + transaction.suffix());
        return ExitCode.OK;
      }
      Refs.Tag tag =
          places.clientFor(place).refs().makeTag(RefArgument.name(name), place.ref(), metadata);
      output().object(fields(tag));
      invocation().say("tag " + tag.name() + " is snapshot " + tag.snapshot());
      return ExitCode.OK;
    }
  }

  /** {@code aifs tag list}. */
  @Command(
      name = "list",
      header = "List the tags.",
      customSynopsis = "aifs tag list [OPTIONS]",
      description = "Snapshot, time (UTC), name.",
      footer = {"Examples:", "  aifs tag list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list("tags", invocation().client().refs().tags(), ListAll::line, TagCommand::fields);
      return ExitCode.OK;
    }

    private static String line(Refs.Tag tag) {
      return tag.snapshot() + "  " + SnapshotText.time(tag.createdAt()) + "  " + tag.name();
    }
  }

  /** {@code aifs tag delete}. */
  @Command(
      name = "delete",
      header = "Remove a tag.",
      customSynopsis = "aifs tag delete [OPTIONS] [-y] NAME",
      description = {
        "The snapshot stays, and the name never means another one: only that snapshot can be",
        "given it again. Asks first; without a terminal it wants -y."
      },
      footer = {"Examples:", "  aifs tag delete v1 -y"})
  static final class Delete extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the tag")
    private String name = "";

    @Mixin private Destructive destructive = new Destructive();

    Delete(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name tag = RefArgument.name(name);
      Refs refs = invocation().client().refs();
      destructive.confirm(invocation(), "delete tag " + tag);
      refs.deleteTag(tag);
      output().object(Fields.of("deleted", tag));
      invocation().say("deleted tag " + tag);
      return ExitCode.OK;
    }
  }
}
