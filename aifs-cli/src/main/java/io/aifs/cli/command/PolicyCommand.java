package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Policies;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs policy}: the group; its members do the work. */
@Command(
    name = "policy",
    header = "Say what a namespace demands of what is put into it.",
    customSynopsis = "aifs policy show|set|check|history|revert|remove [OPTIONS]",
    footer = {
      "Examples:",
      "  aifs policy check policy.json",
      "  aifs policy set policy.json --reason 'licences are required'",
      "  aifs policy revert 3"
    })
final class PolicyCommand {
  private static Fields fields(Policies.PolicyVersion policy) {
    return Fields.of("policy_version", policy.version())
        .with("document", policy.document())
        .with("set_at", policy.setAt())
        .with("who", policy.who())
        .with("reason", policy.reason());
  }

  /** The text of a policy in a file, or of standard input. */
  static String document(Invocation invocation, String file) throws IOException {
    if (file.equals("-")) {
      return text(invocation.surroundings().in());
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return text(in);
    }
  }

  private static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(Limits.POLICY_BYTES_MAX + 1);
    if (bytes.length > Limits.POLICY_BYTES_MAX) {
      throw Usage.error("the policy is over " + Limits.POLICY_BYTES_MAX + " bytes", "shorten it");
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.isBlank()) {
      throw Usage.error("the policy is empty", "'aifs policy remove' takes the policy away");
    }
    return text;
  }

  /** Says what counts now. */
  private static void report(
      AifsAction action, Invocation invocation, Optional<Policies.PolicyVersion> set)
      throws IOException {
    if (set.isEmpty()) {
      action.output().object(Fields.of("policy_version", 0));
      invocation.say("there is no policy");
      return;
    }
    Policies.PolicyVersion policy = set.get();
    action.output().object(fields(policy).with("version", invocation.client().versions().newest()));
    invocation.say(
        "policy version "
            + policy.version()
            + (policy.document().isEmpty() ? " counts: nothing is demanded" : " counts"));
  }

  /** {@code aifs policy show}. */
  @Command(
      name = "show",
      header = "Print the policy that counts, or an earlier one.",
      customSynopsis = "aifs policy show [OPTIONS] [VERSION]",
      footer = {"Examples:", "  aifs policy show", "  aifs policy show 3 > policy.json"})
  static final class Show extends AifsAction {
    @Parameters(paramLabel = "VERSION", arity = "0..1", description = "default: what counts")
    private Optional<Long> version = Optional.empty();

    Show(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Policies policies = invocation().client().policies();
      Optional<Policies.PolicyVersion> found =
          version.isPresent() ? version.map(policies::version) : policies.current();
      if (found.isEmpty() || found.get().document().isEmpty()) {
        invocation().say("there is no policy: everything may be put");
      } else {
        output().line(found.get().document().stripTrailing());
      }
      output().object(found.map(PolicyCommand::fields).orElse(Fields.of("policy_version", 0)));
      return ExitCode.OK;
    }
  }

  /** {@code aifs policy set}. */
  @Command(
      name = "set",
      header = "Set a policy.",
      customSynopsis = "aifs policy set [OPTIONS] FILE|-",
      description = {
        "It counts for every put from then on; what is there stays as it is. 'aifs policy check'",
        "shows first what it would refuse."
      },
      footer = {
        "Examples:",
        "  aifs policy set policy.json --reason 'licences are required'",
        "  aifs policy set policy.json --expect 4"
      })
  static final class SetTo extends AifsAction {
    @Parameters(paramLabel = "FILE", description = "JSON; - is standard input")
    private String file = "";

    @Mixin private Change change = new Change();

    SetTo(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      String document = document(invocation(), file);
      report(this, invocation(), change.apply(invocation().client().policies(), document));
      return ExitCode.OK;
    }
  }

  /** What every change may say. */
  static final class Change {
    @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept with the version")
    private String reason = "";

    @Option(
        names = "--expect",
        paramLabel = "VERSION",
        description = "only if this version counts now; 0 for none")
    private Optional<Long> expected = Optional.empty();

    Optional<Policies.PolicyVersion> apply(Policies policies, String document) {
      return apply(policies, document, reason);
    }

    Optional<Policies.PolicyVersion> apply(Policies policies, String document, String otherwise) {
      OptionalLong version = expected.map(OptionalLong::of).orElse(OptionalLong.empty());
      return policies.set(document, version, reason.isEmpty() ? otherwise : reason);
    }
  }

  /** {@code aifs policy remove}. */
  @Command(
      name = "remove",
      header = "Take the policy away: everything may be put.",
      customSynopsis = "aifs policy remove [OPTIONS] [-y]",
      description = "Earlier versions stay. Asks first; without a terminal it wants -y.",
      footer = {"Examples:", "  aifs policy remove -y"})
  static final class Remove extends AifsAction {
    @Mixin private Change change = new Change();
    @Mixin private Destructive destructive = new Destructive();

    Remove(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Policies policies = invocation().client().policies();
      destructive.confirm(invocation(), "take the policy away");
      report(this, invocation(), change.apply(policies, ""));
      return ExitCode.OK;
    }
  }

  /** {@code aifs policy revert}. */
  @Command(
      name = "revert",
      header = "Set an earlier version again, as a new one.",
      customSynopsis = "aifs policy revert [OPTIONS] VERSION",
      footer = {"Examples:", "  aifs policy revert 3"})
  static final class Revert extends AifsAction {
    @Parameters(paramLabel = "VERSION", description = "'aifs policy history' lists them")
    private long version;

    @Mixin private Change change = new Change();

    Revert(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Policies policies = invocation().client().policies();
      String document = policies.version(version).document();
      report(this, invocation(), change.apply(policies, document, "revert to version " + version));
      return ExitCode.OK;
    }
  }

  /** {@code aifs policy history}. */
  @Command(
      name = "history",
      header = "List every version, newest first.",
      customSynopsis = "aifs policy history [OPTIONS]",
      description = "Version, time (UTC), token, why.",
      footer = {"Examples:", "  aifs policy history -o jsonl"})
  static final class HistoryOf extends AifsAction {
    HistoryOf(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "versions",
          invocation().client().policies().history().stream(),
          HistoryOf::line,
          PolicyCommand::fields);
      return ExitCode.OK;
    }

    private static String line(Policies.PolicyVersion policy) {
      String what = policy.document().isEmpty() ? "removed  " : "";
      String line =
          "%d  %s  %s  %s%s"
              .formatted(
                  policy.version(),
                  SnapshotText.time(policy.setAt()),
                  policy.who(),
                  what,
                  Printable.of(policy.reason()));
      return line.stripTrailing();
    }
  }

  /** {@code aifs policy check}. */
  @Command(
      name = "check",
      header = "Try a policy, without setting it.",
      customSynopsis = "aifs policy check [OPTIONS] [FILE|-]",
      description = {
        "Tries the file, or the policy that counts, on every asset that is there; with --kind on",
        "an asset that is described. Ends with 1 if it would refuse one."
      },
      footer = {
        "Examples:",
        "  aifs policy check policy.json",
        "  aifs policy check --kind tensor --meta license=MIT"
      })
  static final class Check extends AifsAction {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "JSON; - is standard input (default: what counts)")
    private Optional<String> file = Optional.empty();

    @Option(names = "--kind", paramLabel = "KIND", description = "blob, tensor, embed or artifact")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "metadata; may be repeated")
    private java.util.Map<String, String> metadata = new java.util.LinkedHashMap<>();

    @Option(names = "--bytes", paramLabel = "N", description = "size of its content (default: 0)")
    private long bytes;

    @Option(names = "--parents", paramLabel = "N", description = "how many (default: 0)")
    private int parents;

    Check(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Policies policies = invocation().client().policies();
      Optional<String> document = Optional.empty();
      if (file.isPresent()) {
        document = Optional.of(document(invocation(), file.get()));
      }
      long[] found = {0};
      long checked = 1;
      try (Rows rows = output().rows("violations")) {
        if (kind.isPresent()) {
          Policies.Subject subject =
              new Policies.Subject(AssetOptions.kind(kind.get()), metadata, bytes, parents);
          for (Policies.Violation violation : policies.check(document, subject)) {
            found[0]++;
            add(rows, violation);
          }
        } else {
          checked =
              policies.checkStored(
                  document,
                  violation -> {
                    found[0]++;
                    addUnchecked(rows, violation);
                  });
        }
      }
      invocation()
          .say(
              found[0] == 0
                  ? "the policy allows " + (kind.isPresent() ? "it" : "all " + checked + " assets")
                  : "the policy would refuse " + found[0] + " times, in " + checked + " assets");
      return found[0] == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private static void addUnchecked(Rows rows, Policies.Violation violation) {
      try {
        add(rows, violation);
      } catch (IOException e) {
        throw new AifsException.Failed(
            Reason.IO_FAILED, "the violations cannot be printed: " + e.getMessage(), "", e);
      }
    }

    private static void add(Rows rows, Policies.Violation violation) throws IOException {
      String asset = violation.asset().isEmpty() ? "" : violation.asset() + "  ";
      rows.add(
          asset
              + Printable.of(violation.place() + ": " + violation.message())
              + " (rule "
              + Printable.of(violation.rule())
              + ")",
          Fields.of("asset_id", violation.asset())
              .with("rule", violation.rule())
              .with("place", violation.place())
              .with("message", violation.message()));
    }
  }
}
