package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Search;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs quarantine}: the group; its members do the work. */
@Command(
    name = "quarantine",
    header = "Decide on embeddings that wait for approval.",
    customSynopsis = "aifs quarantine list|approve|reject [OPTIONS]",
    description = "A policy's embeddings.review says which wait. Nobody finds them meanwhile.",
    footer = {
      "Examples:",
      "  aifs quarantine list",
      "  aifs quarantine approve 3c5f0a91 --reason 'looked at'",
      "  aifs quarantine reject --all --space clip -y"
    })
final class QuarantineCommand {
  /** {@code aifs quarantine list}. */
  @Command(
      name = "list",
      header = "List embeddings that wait for approval.",
      customSynopsis = "aifs quarantine list [OPTIONS]",
      description = "Since when (UTC), asset, space, length of the vector, rule, part.",
      footer = {"Examples:", "  aifs quarantine list -o jsonl"})
  static final class ListAll extends AifsAction {
    @Mixin private CountLimit limit = new CountLimit();

    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "embeddings",
          limit.of(invocation().client().search().quarantined()),
          ListAll::line,
          ListAll::fields);
      return ExitCode.OK;
    }

    private static String line(Search.Waiting waiting) {
      return String.format(
              Locale.ROOT,
              "%s  %s  %s  %.4g  %s  %s",
              SnapshotText.time(waiting.since()),
              waiting.name().asset(),
              waiting.name().space(),
              waiting.norm(),
              Printable.of(waiting.rule()),
              Printable.of(waiting.name().part()))
          .stripTrailing();
    }

    private static Fields fields(Search.Waiting waiting) {
      return Fields.of("id", waiting.name().asset())
          .with("space", waiting.name().space())
          .with("part", waiting.name().part())
          .with("dimension", waiting.dimension())
          .with("norm", waiting.norm())
          .with("rule", waiting.rule())
          .with("since", waiting.since());
    }
  }

  /** Which of those that wait, and why. */
  static final class Which {
    @Parameters(
        paramLabel = "ADDR",
        arity = "0..*",
        description = "assets, all of whose embeddings that wait are meant")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--all", description = "all that wait")
    private boolean all;

    @Option(names = "--space", paramLabel = "NAME", description = "only those of this space")
    private Optional<String> space = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why; kept in the event")
    private String reason = "";

    private void check() {
      if (all == !addresses.isEmpty()) {
        throw Usage.error("say which are meant", "name assets, or give --all");
      }
    }

    private int review(Invocation invocation, boolean approve) throws IOException {
      Search search = invocation.client().search();
      Optional<Name> only = space.map(RefArgument::name);
      Search.Verdict verdict = new Search.Verdict(approve, reason);
      if (all) {
        return search.reviewAll(only, verdict);
      }
      Set<Digest> ids = new HashSet<>();
      for (String address : addresses) {
        ids.add(AssetArgument.find(invocation.places(), address).id());
      }
      List<EmbeddingName> names;
      try (Stream<Search.Waiting> waiting = search.quarantined()) {
        names =
            waiting
                .map(Search.Waiting::name)
                .filter(name -> ids.contains(name.asset()))
                .filter(name -> only.isEmpty() || only.get().equals(name.space()))
                .toList();
      }
      if (names.isEmpty()) {
        throw new AifsException.NotFound(
            Reason.EMBEDDING_NOT_FOUND,
            "nothing of these assets waits for approval",
            "'aifs quarantine list' shows what does");
      }
      return search.review(names, verdict);
    }
  }

  /** {@code aifs quarantine approve}. */
  @Command(
      name = "approve",
      header = "Let embeddings be found.",
      customSynopsis = "aifs quarantine approve [OPTIONS] [--space NAME] ADDR...|--all",
      footer = {"Examples:", "  aifs quarantine approve --all --space clip"})
  static final class Approve extends AifsAction {
    @Mixin private Which which = new Which();

    Approve(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      which.check();
      int approved = which.review(invocation(), true);
      output().object(Fields.of("approved", approved));
      invocation().say("approved " + Sizes.count(approved, "embedding"));
      return ExitCode.OK;
    }
  }

  /** {@code aifs quarantine reject}. */
  @Command(
      name = "reject",
      header = "Remove embeddings that wait; their assets stay.",
      customSynopsis = "aifs quarantine reject [OPTIONS] [-y] [--space NAME] ADDR...|--all",
      description = "Asks first; without a terminal it wants -y.",
      footer = {"Examples:", "  aifs quarantine reject 3c5f0a91 -y"})
  static final class Reject extends AifsAction {
    @Mixin private Which which = new Which();
    @Mixin private Destructive destructive = new Destructive();

    Reject(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      which.check();
      destructive.confirm(invocation(), "remove embeddings that wait for approval");
      int rejected = which.review(invocation(), false);
      output().object(Fields.of("rejected", rejected));
      invocation().say("removed " + Sizes.count(rejected, "embedding"));
      return ExitCode.OK;
    }
  }
}
