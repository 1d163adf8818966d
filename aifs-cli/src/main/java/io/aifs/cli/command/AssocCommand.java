package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.client.Associations;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs assoc}: the group; its members do the work. */
@Command(
    name = "assoc",
    header = "Say how assets, snapshots, refs and things outside belong together.",
    customSynopsis = "aifs assoc declare|types|add|get|count|range|rm [OPTIONS]",
    description = {
      "An association is ID1 TYPE ID2 with a time and data. An ID is asset:ID, snap:ID,",
      "ref:NAME, or SCHEME:REST for something outside, such as run:812. Lineage is there too, as",
      "the types made-from and made-into."
    },
    footer = {
      "Examples:",
      "  aifs assoc declare produced --inverse produced-by",
      "  aifs assoc add run:812 produced asset:$ID",
      "  aifs assoc range run:812 produced"
    })
final class AssocCommand {
  /** {@code aifs assoc declare}. */
  @Command(
      name = "declare",
      header = "Declare a type of associations.",
      customSynopsis = "aifs assoc declare [OPTIONS] [--inverse NAME | --symmetric] NAME",
      description = {
        "With an inverse, each association is seen from both ends. A type is never changed;",
        "declaring the same again is fine."
      },
      footer = {
        "Examples:",
        "  aifs assoc declare produced --inverse produced-by",
        "  aifs assoc declare similar --symmetric"
      })
  static final class Declare extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the new type")
    private String name = "";

    @Option(
        names = "--inverse",
        paramLabel = "NAME",
        description = "the type that shows the same from the other end")
    private Optional<String> inverse = Optional.empty();

    @Option(names = "--symmetric", description = "the same from both ends")
    private boolean symmetric;

    Declare(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name type = AssociationText.type(name);
      if (symmetric && inverse.isPresent()) {
        throw Usage.error("--symmetric and --inverse exclude each other", "give one of them");
      }
      if (inverse.filter(name::equals).isPresent()) {
        throw Usage.error("a type is not its own inverse", "use --symmetric");
      }
      Optional<Name> other = symmetric ? Optional.of(type) : inverse.map(AssociationText::type);
      AssociationType declared = new AssociationType(type, other);
      invocation().client().associations().declare(declared);
      output().object(typeFields(declared));
      invocation().say("type " + typeLine(declared));
      return ExitCode.OK;
    }
  }

  private static Fields typeFields(AssociationType type) {
    return Fields.of("name", type.name())
        .with("inverse", type.symmetric() ? Optional.empty() : type.inverse())
        .with("symmetric", type.symmetric())
        .with("built_in", type.builtIn());
  }

  private static String typeLine(AssociationType type) {
    if (type.symmetric()) {
      return type.name() + "  symmetric";
    }
    return type.name() + type.inverse().map(inverse -> "  inverse " + inverse).orElse("");
  }

  /** {@code aifs assoc types}. */
  @Command(
      name = "types",
      header = "List the types of associations.",
      customSynopsis = "aifs assoc types [OPTIONS]",
      footer = {"Examples:", "  aifs assoc types -o jsonl"})
  static final class Types extends AifsAction {
    Types(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "types",
          invocation().client().associations().types().stream(),
          AssocCommand::typeLine,
          AssocCommand::typeFields);
      return ExitCode.OK;
    }
  }

  /** {@code aifs assoc get}. */
  @Command(
      name = "get",
      header = "Show the associations between an id and given others.",
      customSynopsis = "aifs assoc get [OPTIONS] ID1 TYPE ID2...",
      description = "Time, other end, data. Those that are not there are left out.",
      footer = {"Examples:", "  aifs assoc get run:812 produced asset:$ID"})
  static final class Get extends AifsAction {
    @Parameters(index = "0", paramLabel = "ID1", description = "whose associations")
    private String id1 = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "of which type")
    private String type = "";

    @Parameters(index = "2..*", paramLabel = "ID2", arity = "1..*", description = "with which")
    private List<String> id2s = new ArrayList<>();

    @Mixin private TimeOptions times = new TimeOptions();

    Get(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      List<ObjectId> ends = id2s.stream().map(AssociationText::id).toList();
      List<Association> found =
          invocation()
              .client()
              .associations()
              .get(AssociationText.id(id1), AssociationText.type(type), ends, times.range());
      list("associations", found.stream(), AssociationText::line, AssociationText::fields);
      return ExitCode.OK;
    }
  }

  /** Bounds of time. */
  static final class TimeOptions {
    @Option(
        names = "--from",
        paramLabel = "TIME",
        description = "not before this time (ISO 8601, or nanoseconds since 1970)")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "not after this time")
    private Optional<String> to = Optional.empty();

    TimeRange range() {
      return AssociationText.times(from, to);
    }
  }

  /** {@code aifs assoc count}. */
  @Command(
      name = "count",
      header = "Count the associations of an id.",
      customSynopsis = "aifs assoc count [OPTIONS] ID1 TYPE",
      footer = {"Examples:", "  aifs assoc count run:812 produced"})
  static final class Count extends AifsAction {
    @Parameters(index = "0", paramLabel = "ID1", description = "whose associations")
    private String id1 = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "of which type")
    private String type = "";

    Count(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      ObjectId id = AssociationText.id(id1);
      Name name = AssociationText.type(type);
      long count = invocation().client().associations().count(id, name);
      output().object(Fields.of("id1", id).with("type", name).with("count", count));
      output().line(Long.toString(count));
      return ExitCode.OK;
    }
  }

  /** {@code aifs assoc range}. */
  @Command(
      name = "range",
      header = "List the associations of an id, newest first.",
      customSynopsis = "aifs assoc range [OPTIONS] ID1 TYPE",
      description = "Time, other end, data.",
      footer = {
        "Examples:",
        "  aifs assoc range run:812 produced -n 10",
        "  aifs assoc range asset:$ID made-into --from 2026-11-01T00:00:00Z"
      })
  static final class Range extends AifsAction {
    @Parameters(index = "0", paramLabel = "ID1", description = "whose associations")
    private String id1 = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "of which type")
    private String type = "";

    @Mixin private TimeOptions times = new TimeOptions();

    @Mixin private CountLimit limit = new CountLimit();

    Range(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Stream<Association> found =
          invocation()
              .client()
              .associations()
              .range(AssociationText.id(id1), AssociationText.type(type), times.range());
      list("associations", limit.of(found), AssociationText::line, AssociationText::fields);
      return ExitCode.OK;
    }
  }

  /** {@code aifs assoc rm}. */
  @Command(
      name = "rm",
      header = "Remove associations.",
      customSynopsis = "aifs assoc rm [OPTIONS] ID1 TYPE ID2...",
      description = "Seen from the other end they are gone as well. What they name stays.",
      footer = {"Examples:", "  aifs assoc rm run:812 produced asset:$ID"})
  static final class Remove extends AifsAction {
    @Parameters(index = "0", paramLabel = "ID1", description = "whose associations")
    private String id1 = "";

    @Parameters(index = "1", paramLabel = "TYPE", description = "of which type")
    private String type = "";

    @Parameters(index = "2..*", paramLabel = "ID2", arity = "1..*", description = "with which")
    private List<String> id2s = new ArrayList<>();

    Remove(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      ObjectId one = AssociationText.id(id1);
      Name name = AssociationText.type(type);
      List<AssociationName> names =
          id2s.stream()
              .map(id2 -> new AssociationName(one, name, AssociationText.id(id2)))
              .toList();
      Associations associations = invocation().client().associations();
      int deleted = associations.delete(names);
      output().object(Fields.of("deleted", deleted));
      invocation().say("removed " + deleted + " of " + names.size());
      return ExitCode.OK;
    }
  }
}
