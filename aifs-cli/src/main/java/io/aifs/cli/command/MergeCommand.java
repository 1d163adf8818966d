package io.aifs.cli.command;

import io.aifs.cli.history.MergeChoices;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.ConflictChoice;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs merge}. */
@Command(
    name = "merge",
    header = "Bring the changes of a ref into a branch.",
    customSynopsis = "aifs merge [OPTIONS] REF",
    description = {
      "The branch must hold no changes since its newest snapshot. If it has nothing of its own it",
      "moves forward; else a new snapshot holds what both changed. Paths that both changed, each",
      "in its own way, are conflicts: they are listed, nothing is done, exit code 6."
    },
    footer = {
      "Examples:",
      "  aifs merge trial --dry-run",
      "  aifs merge trial -m 'better labels' --choose data/labels.csv=theirs",
      "  aifs merge v2 --into prod --theirs"
    })
final class MergeCommand extends AifsAction {
  @Parameters(paramLabel = "REF", description = "where the changes come from")
  private String ref = "";

  @Option(names = "--into", paramLabel = "BRANCH", description = "the branch (default: main)")
  private String into = "main";

  @Option(
      names = "--choose",
      paramLabel = "PATH=ours|theirs",
      description = "what becomes of one path; may be repeated")
  private List<String> chosen = new ArrayList<>();

  @Option(
      names = "--choices",
      paramLabel = "FILE",
      description = "the same, one on each line of a file")
  private Optional<String> choicesFile = Optional.empty();

  @Option(names = "--no-ff", description = "a snapshot of its own, even if it could just move")
  private boolean noFastForward;

  @Option(names = "--allow-unrelated", description = "although the two have no snapshot in common")
  private boolean allowUnrelated;

  @Mixin private MergeSettings settings = new MergeSettings();

  MergeCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Place.OfPath from = RefArgument.alone(places, ref);
    Name branch = RefArgument.name(into);
    MergeOptions options = settings.options(places, choices(), noFastForward, allowUnrelated);
    MergeOutcome outcome = places.clientFor(from).history().merge(branch, from.ref(), options);
    String hint =
        "choose for each: aifs merge %s --into %s --choose 'PATH=ours' (or =theirs); for all: %s"
            .formatted(ref, branch, "--ours or --theirs");
    return new MergePrinter(invocation(), branch, settings.dryRun(), hint).print(outcome);
  }

  private Map<TreePath, ConflictChoice> choices() throws IOException {
    Map<TreePath, ConflictChoice> choices = new LinkedHashMap<>();
    try {
      if (choicesFile.isPresent()) {
        choices.putAll(
            MergeChoices.parseLines(
                Files.readAllLines(invocation().surroundings().path(choicesFile.get()))));
      }
      choices.putAll(MergeChoices.parse(chosen));
    } catch (IllegalArgumentException e) {
      throw Usage.error(e.getMessage() + "", "write PATH=ours or PATH=theirs");
    }
    return choices;
  }

  /** {@code aifs revert}. */
  @Command(
      name = "revert",
      header = "Undo what one snapshot changed, as a new snapshot.",
      customSynopsis = "aifs revert [OPTIONS] REF",
      description = {
        "What came later stays. The branch must hold no changes since its newest snapshot. Paths",
        "that changed again since are conflicts: they are listed, nothing is done, exit code 6."
      },
      footer = {
        "Examples:",
        "  aifs revert main",
        "  aifs revert main~2 --dry-run",
        "  aifs revert 5d0c5cbf6f1c4a0b8e3f2a1b9c8d7e6f --branch prod -m 'bad labels'"
      })
  static final class Revert extends AifsAction {
    @Parameters(paramLabel = "REF", description = "the snapshot to undo")
    private String ref = "";

    @Option(names = "--branch", paramLabel = "NAME", description = "where (default: main)")
    private String branch = "main";

    @Mixin private MergeSettings settings = new MergeSettings();

    Revert(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath undone = RefArgument.alone(places, ref);
      Name name = RefArgument.name(branch);
      MergeOptions options = settings.options(places, Map.of(), false, false);
      MergeOutcome outcome = places.clientFor(undone).history().revert(name, undone.ref(), options);
      return new MergePrinter(
              invocation(),
              name,
              settings.dryRun(),
              "undo it there all the same with --theirs, or leave those paths with --ours")
          .print(outcome);
    }
  }
}
