package io.aifs.cli.command;

import io.aifs.cli.history.ChangeCount;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.DiffOptions;
import io.aifs.core.ExitCode;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs diff}. */
@Command(
    name = "diff",
    header = "Say what differs between two refs.",
    customSynopsis = "aifs diff [OPTIONS] A [B] [PATH]",
    description = {
      "A added, D removed, M modified, R renamed, T other mode or time (with --attributes).",
      "A branch as B is what it holds now; as A it is its newest snapshot. B is main if left out.",
      "A may be REF:PATH. Assets without a path are compared unless a path is given.",
      "With --tensors A and B are files: = equal, M changed, A added, D removed, T of another type."
    },
    footer = {
      "Examples:",
      "  aifs diff v1 v2",
      "  aifs diff main~1 main data/ --stat",
      "  aifs diff --exit-code v1:data && echo same",
      "  aifs diff --tensors main:base.safetensors main:tuned.safetensors"
    })
final class DiffCommand extends AifsAction {
  @Parameters(index = "0", paramLabel = "A", description = "the earlier side")
  private String from = "";

  @Parameters(
      index = "1",
      paramLabel = "B",
      arity = "0..1",
      description = "the later side (default: main as it is now)")
  private String to = "main";

  @Parameters(
      index = "2",
      paramLabel = "PATH",
      arity = "0..1",
      description = "only at and below this path")
  private Optional<String> path = Optional.empty();

  @Option(names = "--name-only", description = "only paths")
  private boolean nameOnly;

  @Option(names = "--stat", description = "only how many and how much")
  private boolean stat;

  @Option(names = "--attributes", description = "modes and times count too")
  private boolean attributes;

  @Option(names = "--exit-code", description = "end with 1 if there are differences")
  private boolean exitCode;

  @Option(names = "--tensors", description = "compare the tensors of two files: A and B are theirs")
  private boolean tensors;

  @Option(
      names = "--names-only",
      description = "with --tensors, only say which differ, not by how much")
  private boolean namesOnly;

  DiffCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (tensors) {
      return compareTensors();
    }
    if (namesOnly) {
      throw Usage.error("--names-only is about tensors", "add --tensors, or mean --name-only");
    }
    if (nameOnly && stat) {
      throw Usage.error("--name-only and --stat disagree", "give one of them");
    }
    Places places = invocation().places();
    Place.OfPath before = places.findRef(from);
    Place.OfPath after = places.findRef(to);
    if (!before.namespace().equals(after.namespace())) {
      throw Usage.error("the two are of different namespaces", "compare refs of one");
    }
    TreePath below = below(before, after);
    DiffOptions options =
        new DiffOptions(Optional.of(before.ref()), after.ref(), below, attributes, below.isRoot());
    ChangeCount count =
        new ChangePrinter(invocation(), detail())
            .print(places.clientFor(before).history().diff(options));
    return exitCode && !count.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
  }

  private ExitCode compareTensors() throws IOException {
    if (nameOnly || stat || attributes || path.isPresent()) {
      throw Usage.error(
          "--tensors compares two files and nothing else",
          "leave out PATH, --name-only, --stat and --attributes");
    }
    boolean differ = new TensorDiff(invocation(), !namesOnly).print(from, to);
    return exitCode && differ ? ExitCode.FAILED : ExitCode.OK;
  }

  private ChangePrinter.Detail detail() {
    return nameOnly
        ? ChangePrinter.Detail.NAMES
        : stat ? ChangePrinter.Detail.COUNTS : ChangePrinter.Detail.LINES;
  }

  private TreePath below(Place.OfPath before, Place.OfPath after) {
    TreePath given = path.map(DiffCommand::path).orElse(TreePath.ROOT);
    TreePath found = given;
    for (TreePath other : new TreePath[] {before.path(), after.path()}) {
      if (!other.isRoot() && !found.isRoot() && !other.equals(found)) {
        throw Usage.error(
            "'" + found + "' and '" + other + "' are two paths", "compare one path at a time");
      }
      found = other.isRoot() ? found : other;
    }
    return found;
  }

  private static TreePath path(String text) {
    try {
      return new TreePath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(e.getMessage() + "", "write it as 'aifs ls -R' shows it");
    }
  }

  /** {@code aifs changes}. */
  @Command(
      name = "changes",
      header = "Say what changed on a branch since its newest snapshot.",
      customSynopsis = "aifs changes [OPTIONS] [BRANCH]",
      description = "A added, D removed, M modified, R renamed, T other mode or time.",
      footer = {"Examples:", "  aifs changes", "  aifs changes trial --exit-code"})
  static final class Changes extends AifsAction {
    @Parameters(paramLabel = "BRANCH", arity = "0..1", description = "the branch (default: main)")
    private String branch = "main";

    @Option(names = "--attributes", description = "modes and times count too")
    private boolean attributes;

    @Option(names = "--exit-code", description = "end with 1 if there are changes")
    private boolean exitCode;

    Changes(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, branch);
      Ref ref = Ref.ofBranch(place.branch());
      ChangeCount count =
          new ChangePrinter(invocation(), ChangePrinter.Detail.LINES)
              .print(
                  places
                      .clientFor(place)
                      .history()
                      .diff(
                          new DiffOptions(Optional.empty(), ref, TreePath.ROOT, attributes, true)));
      invocation()
          .say(
              count.isEmpty()
                  ? "nothing changed on " + ref + " since its newest snapshot"
                  : "since the newest snapshot of " + ref + ": " + count.text());
      return exitCode && !count.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }
  }
}
