package io.aifs.cli.command;

import io.aifs.cli.history.LockFile;
import io.aifs.cli.history.LockedInput;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.LocalName;
import io.aifs.cli.transfer.WholeFile;
import io.aifs.client.AifsClient;
import io.aifs.client.Refs;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs lock}. */
@Command(
    name = "lock",
    header = "Pin the inputs of a project in a file.",
    customSynopsis = {
      "aifs lock [OPTIONS] [REF[:PATH]...]",
      "aifs lock [OPTIONS] --check [--quick]",
      "aifs lock [OPTIONS] --fetch DIR [--force]"
    },
    description = {
      "Writes the snapshot that each ref stands at, its root and its signature. Without refs those",
      "that the file names are resolved again. Keep the file under version control.",
      "--check: exit code 1 if a ref drifted, 7 if content, a root or a signature is not what was",
      "locked; it reads all content back, --quick does not. --fetch gets just what was locked: one",
      "input becomes DIR, several go into it under their names."
    },
    footer = {
      "Examples:",
      "  aifs lock v1:data main:models/base.bin",
      "  aifs lock --check --quick",
      "  aifs lock --fetch inputs/"
    })
final class LockCommand extends AifsAction {
  @Parameters(
      paramLabel = "REF[:PATH]",
      arity = "0..*",
      hideParamSyntax = true,
      description = "what the project uses")
  private List<String> addresses = new ArrayList<>();

  @Option(names = "--file", paramLabel = "FILE", description = "default: aifs.lock")
  private String file = "aifs.lock";

  @Option(names = "--check", description = "compare the file with the store; change nothing")
  private boolean check;

  @Option(names = "--quick", description = "with --check: do not read the content")
  private boolean quick;

  @Option(names = "--fetch", paramLabel = "DIR", description = "get what is locked")
  private Optional<String> fetch = Optional.empty();

  @Option(names = "--force", description = "with --fetch: replace files that differ")
  private boolean force;

  LockCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    boolean comparing = check || fetch.isPresent();
    if ((check && fetch.isPresent()) || (comparing && !addresses.isEmpty())) {
      throw Usage.error("this asks for two things", "write, --check or --fetch, one at a time");
    }
    if ((quick && !check) || (force && fetch.isEmpty())) {
      throw Usage.error("--quick is about --check, --force about --fetch", "leave it out");
    }
    Places places = invocation().places();
    if (check) {
      return new LockCheck(invocation(), places, quick).run(read());
    }
    if (fetch.isPresent()) {
      LocalName.requireUtf8(invocation().surroundings());
      return new LockFetch(invocation(), places, force)
          .run(read(), invocation().surroundings().path(fetch.get()));
    }
    return write(places);
  }

  private Path path() {
    return invocation().surroundings().path(file);
  }

  private LockFile read() throws IOException {
    try (InputStream in = Files.newInputStream(path())) {
      byte[] bytes = in.readNBytes(LockFile.BYTES_MAX + 1);
      if (bytes.length > LockFile.BYTES_MAX) {
        throw Usage.error(file + " is too large to be a lock file", "name another with --file");
      }
      return LockFile.parse(new String(bytes, StandardCharsets.UTF_8), file);
    }
  }

  private ExitCode write(Places places) throws IOException {
    if (addresses.isEmpty() && !Files.exists(path())) {
      throw Usage.error("there is no " + file + " yet", "name what to lock: aifs lock v1:data");
    }
    List<Place.OfPath> wanted =
        addresses.isEmpty()
            ? read().inputs().stream().map(LockedInput::place).toList()
            : addresses.stream().map(places::findRef).distinct().toList();
    List<LockedInput> inputs = new ArrayList<>();
    for (Place.OfPath place : wanted) {
      inputs.add(resolve(place, places.clientFor(place)));
    }
    LockFile lock = new LockFile(inputs);
    WholeFile.write(
        path(), lock.text().getBytes(StandardCharsets.UTF_8), true, invocation().temporaries());
    try (Rows rows = output().rows("inputs")) {
      for (LockedInput input : lock.inputs()) {
        rows.add(
            input.snapshot() + "  " + Printable.of(input.place().toString()),
            Fields.of("address", input.place())
                .with("snapshot_id", input.snapshot())
                .with("merkle_root", input.merkleRoot())
                .with("signed_by", input.signedBy()));
      }
    }
    invocation().say("locked " + Sizes.count(inputs.size(), "input") + " in " + file);
    return ExitCode.OK;
  }

  private LockedInput resolve(Place.OfPath place, AifsClient client) {
    LockedInput input = LockedInput.of(place, client.history().describe(place.ref()));
    new Entries(client, input.pinned()).require();
    if (place.ref() instanceof Ref.Named(var name) && isChanged(client.refs(), name)) {
      invocation()
          .say("branch " + name + " holds changes since its newest snapshot: they are not locked");
    }
    return input;
  }

  /** A tag never is; which of the two a name is, only the store knows. */
  private static boolean isChanged(Refs refs, Name name) {
    try {
      return refs.branch(name).changed();
    } catch (AifsException.NotFound _) {
      return false;
    }
  }
}
