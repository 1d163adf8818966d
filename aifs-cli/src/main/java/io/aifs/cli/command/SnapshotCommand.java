package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.output.Table;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.ProofFile;
import io.aifs.client.AifsClient;
import io.aifs.client.History;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs snapshot}: the group; its members do the work. */
@Command(
    name = "snapshot",
    header = "Pin what a branch holds, signed, for good.",
    customSynopsis = "aifs snapshot create|list|show|verify|prove|prune [OPTIONS]",
    footer = {
      "Examples:",
      "  aifs snapshot create -m 'training set of run 812'",
      "  aifs snapshot list",
      "  aifs snapshot verify v1",
      "  aifs snapshot prove v1:data/train.csv --out train.proof"
    })
final class SnapshotCommand {
  /** {@code aifs snapshot create}. */
  @Command(
      name = "create",
      header = "Make a signed snapshot of what a branch holds now.",
      customSynopsis = "aifs snapshot create [OPTIONS] -m MSG [BRANCH]",
      description = {
        "Prints its id. If nothing changed since the branch's newest snapshot, that is the one.",
        "With --expect the branch must still be at that snapshot: exit code 6 if it is not."
      },
      footer = {
        "Examples:",
        "  aifs snapshot create -m 'training set of run 812'",
        "  aifs snapshot create trial -m 'cleaned' --author ada --meta run=812"
      })
  static final class Create extends AifsAction {
    @Parameters(paramLabel = "BRANCH", arity = "0..1", description = "the branch (default: main)")
    private String branch = "main";

    @Option(
        names = {"-m", "--message"},
        paramLabel = "MSG",
        required = true,
        description = "what it is, for people")
    private String message = "";

    @Option(names = "--author", paramLabel = "NAME", description = "who made it")
    private String author = "";

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "metadata; may be repeated")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(
        names = "--expect",
        paramLabel = "ID",
        description = "fail unless the branch is at this snapshot")
    private Optional<String> expected = Optional.empty();

    @Option(names = "--allow-unchanged", description = "also if nothing changed")
    private boolean allowUnchanged;

    Create(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, branch);
      Name name = place.branch();
      History.Taken taken =
          places
              .clientFor(place)
              .history()
              .take(
                  name,
                  new SnapshotOptions(
                      message,
                      author,
                      metadata,
                      expected.map(id -> RefArgument.id(places, "--expect", id)),
                      allowUnchanged));
      SnapshotSummary snapshot = taken.snapshot();
      output().line(snapshot.id().hex());
      output()
          .object(
              SnapshotText.fields(snapshot)
                  .with("branch", name)
                  .with("unchanged", taken.unchanged()));
      invocation()
          .say(
              taken.unchanged()
                  ? "nothing changed on " + name + " since this snapshot"
                  : "snapshot of " + name + ": " + SnapshotText.holds(snapshot));
      return ExitCode.OK;
    }
  }

  /** {@code aifs snapshot list}. */
  @Command(
      name = "list",
      header = "List the snapshots of a namespace, newest first.",
      customSynopsis = "aifs snapshot list [OPTIONS]",
      description = "Id, time (UTC), entries, size, message. 'aifs log' follows one branch.",
      footer = {"Examples:", "  aifs snapshot list -n 10", "  aifs snapshot list -o jsonl"})
  static final class ListAll extends AifsAction {
    @Mixin private CountLimit limit = new CountLimit();

    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "snapshots",
          limit.of(invocation().client().history().list()),
          SnapshotText::listLine,
          SnapshotText::fields);
      return ExitCode.OK;
    }
  }

  /** {@code aifs snapshot show}. */
  @Command(
      name = "show",
      header = "Say what a snapshot is.",
      customSynopsis = "aifs snapshot show [OPTIONS] REF",
      footer = {
        "Examples:",
        "  aifs snapshot show main",
        "  aifs snapshot show v1 -o json",
        "  aifs snapshot show main~1 --assets"
      })
  static final class Show extends AifsAction {
    @Parameters(paramLabel = "REF", description = "a snapshot's id, a branch, a tag, REF~N")
    private String ref = "";

    @Option(names = "--assets", description = "the ids of all assets in it, and nothing else")
    private boolean assets;

    Show(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, ref);
      History history = places.clientFor(place).history();
      if (assets) {
        list("assets", history.assets(place.ref()), Digest::hex, id -> Fields.of("id", id));
        return ExitCode.OK;
      }
      SnapshotSummary snapshot = history.describe(place.ref());
      Table table =
          new Table()
              .row("snapshot", snapshot.id().hex())
              .row("namespace", snapshot.namespace().value())
              .row("time", snapshot.createdAt().toString())
              .row("author", snapshot.author())
              .row("message", snapshot.message())
              .row("holds", SnapshotText.holds(snapshot))
              .row("root", snapshot.merkleRoot().hex())
              .row("signed by", snapshot.signedBy());
      snapshot.parents().forEach(parent -> table.row("parent", parent.hex()));
      snapshot.metadata().forEach((key, value) -> table.row("meta", key + " = " + value));
      output().table(table);
      output()
          .object(
              SnapshotText.fields(snapshot)
                  .with("statement", HexFormat.of().formatHex(snapshot.statement()))
                  .with("signature", HexFormat.of().formatHex(snapshot.signature())));
      return ExitCode.OK;
    }
  }

  /** {@code aifs snapshot verify}. */
  @Command(
      name = "verify",
      header = "Recompute a snapshot from its entries, and check its signature.",
      customSynopsis = "aifs snapshot verify [OPTIONS] REF",
      description = {
        "Exit code 7 if anything is wrong. The content of its assets is not read: 'aifs verify",
        "REF:' does that."
      },
      footer = {
        "Examples:",
        "  aifs snapshot verify v1",
        "  aifs snapshot verify main~3 --key $KEY"
      })
  static final class Verify extends AifsAction {
    private static final int KEY_BYTES = 32;

    @Parameters(paramLabel = "REF", description = "a snapshot's id, a branch, a tag, REF~N")
    private String ref = "";

    @Option(
        names = "--key",
        paramLabel = "HEX",
        description = "the public key that must have signed it (default: the store's)")
    private Optional<String> key = Optional.empty();

    Verify(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, ref);
      History.Verdict verdict =
          places.clientFor(place).history().check(place.ref(), key.map(Verify::publicKey));
      output()
          .object(
              Fields.of("snapshot_id", verdict.id())
                  .with("valid", verdict.valid())
                  .with("signature_valid", verdict.signatureValid())
                  .with("problems", verdict.problems())
                  .with("nodes", verdict.nodes())
                  .with("entries", verdict.entries()));
      for (String problem : verdict.problems()) {
        output().line("BAD  " + Printable.of(problem));
      }
      if (verdict.valid() && verdict.signatureValid()) {
        output()
            .line(
                "verified: snapshot %s, %s in %s"
                    .formatted(
                        verdict.id(),
                        Sizes.count(verdict.entries(), "entry"),
                        Sizes.count(verdict.nodes(), "node")));
        return ExitCode.OK;
      }
      invocation().say("snapshot " + verdict.id() + " does NOT verify");
      return ExitCode.INTEGRITY;
    }

    private static byte[] publicKey(String hex) {
      try {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (bytes.length == KEY_BYTES) {
          return bytes;
        }
      } catch (IllegalArgumentException _) {
        // said below
      }
      throw Usage.error("--key is not 64 hex digits", "give the 32 bytes of the key in hex");
    }
  }

  /** {@code aifs snapshot prove}. */
  @Command(
      name = "prove",
      header = "Write a proof that content was in a snapshot, for anyone to check offline.",
      customSynopsis = "aifs snapshot prove [OPTIONS] REF:PATH --out FILE",
      description = {
        "Of a branch it is the newest snapshot. The proof shows no other path. Check it with",
        "'aifs verify-proof FILE CONTENT', which needs no store."
      },
      footer = {
        "Examples:",
        "  aifs snapshot prove v1:data/train.csv --out train.proof",
        "  aifs snapshot prove v1: --asset $ID --out unnamed.proof"
      })
  static final class Prove extends AifsAction {
    @Parameters(paramLabel = "REF:PATH", description = "what to prove, and in which snapshot")
    private String address = "";

    @Option(
        names = "--out",
        paramLabel = "FILE",
        required = true,
        description = "where the proof goes")
    private String out = "";

    @Option(
        names = "--asset",
        paramLabel = "ID",
        description = "prove an asset that has no path in it")
    private Optional<String> asset = Optional.empty();

    @Option(names = "--force", description = "replace FILE")
    private boolean force;

    Prove(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = places.findRef(address);
      History.Subject subject = subject(place);
      ProofFile file = new ProofFile(invocation().surroundings().path(out), force);
      file.requireFree();
      History.Proof proof = places.clientFor(place).history().prove(place.ref(), subject);
      file.write(proof.bytes(), invocation().temporaries());
      output()
          .object(
              Fields.of("snapshot_id", proof.snapshot())
                  .with("file", invocation().surroundings().path(out))
                  .with("bytes", proof.bytes().length));
      invocation()
          .say(
              "wrote a proof of %s in snapshot %s (%s)"
                  .formatted(
                      Sizes.bytes(proof.bytes().length), proof.snapshot(), Printable.of(out)));
      return ExitCode.OK;
    }

    private History.Subject subject(Place.OfPath place) {
      if (asset.isEmpty()) {
        if (place.path().isRoot()) {
          throw Usage.error(
              "'" + address + "' names no path", "write REF:PATH, or an asset with --asset");
        }
        return new History.Subject.OfPath(place.path());
      }
      if (!place.path().isRoot()) {
        throw Usage.error("a path and --asset are two things to prove", "give one of them");
      }
      try {
        return new History.Subject.OfUnnamed(Digest.parse(asset.get()));
      } catch (IllegalArgumentException e) {
        throw Usage.error("--asset: " + e.getMessage(), "give all 64 digits of the id");
      }
    }
  }

  /** {@code aifs snapshot prune}. */
  @Command(
      name = "prune",
      header = "Forget a snapshot, so that what only it holds can be collected.",
      customSynopsis = "aifs snapshot prune [OPTIONS] [-y] SNAPSHOT",
      description = {
        "Refused while a branch stands at it or a tag names it. 'aifs gc' then gives the",
        "space back. Asks first; without a terminal it wants -y."
      },
      footer = {"Examples:", "  aifs snapshot prune 5d0c5cbf6f1c4a0b8e3f2a1b9c8d7e6f"})
  static final class Prune extends AifsAction {
    @Parameters(paramLabel = "SNAPSHOT", description = "its id")
    private String ref = "";

    @Mixin private Destructive destructive = new Destructive();

    Prune(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      SnapshotId id = RefArgument.id(places, "SNAPSHOT", ref);
      Place.OfPath place = RefArgument.alone(places, ref);
      AifsClient client = places.clientFor(place);
      destructive.confirm(invocation(), "forget " + described(client, place));
      client.history().prune(id);
      output().object(Fields.of("pruned", id));
      invocation().say("forgot snapshot " + id);
      return ExitCode.OK;
    }

    /** One that does not verify can be forgotten all the same. */
    private String described(AifsClient client, Place.OfPath place) {
      try {
        SnapshotSummary snapshot = client.history().describe(place.ref());
        return "snapshot '" + SnapshotText.oneLine(snapshot) + "'";
      } catch (AifsException.Corrupt _) {
        return "snapshot " + ref + ", which does not verify";
      }
    }
  }
}
