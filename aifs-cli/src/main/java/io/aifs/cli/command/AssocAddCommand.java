package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.client.Associations;
import io.aifs.core.ExitCode;
import io.aifs.core.Limits;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs assoc add}. */
@Command(
    name = "add",
    header = "Write associations.",
    customSynopsis = {
      "aifs assoc add [OPTIONS] ID1 TYPE ID2",
      "aifs assoc add [OPTIONS] --batch FILE"
    },
    description = {
      "One that is there gets the new time and data. A batch has an object of JSON on each line,",
      "as 'aifs assoc range -o jsonl' prints them; each 4,096 are written all at once or not."
    },
    footer = {
      "Examples:",
      "  aifs assoc add run:812 produced asset:$ID --value '{\"step\":3}'",
      "  aifs assoc add --batch - < produced.jsonl"
    })
final class AssocAddCommand extends AifsAction {
  @Parameters(index = "0", arity = "0..1", paramLabel = "ID1", description = "from which")
  private Optional<String> id1 = Optional.empty();

  @Parameters(index = "1", arity = "0..1", paramLabel = "TYPE", description = "of which type")
  private Optional<String> type = Optional.empty();

  @Parameters(index = "2", arity = "0..1", paramLabel = "ID2", description = "to which")
  private Optional<String> id2 = Optional.empty();

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "when (ISO 8601, or nanoseconds since 1970; default: now)")
  private Optional<String> time = Optional.empty();

  @Option(
      names = "--value",
      paramLabel = "TEXT|@FILE",
      description = "what it carries: text, or the bytes of a file; at most 64 KiB")
  private String value = "";

  @Option(
      names = "--batch",
      paramLabel = "FILE",
      description = "write those of a file of JSON lines; - is standard input")
  private Optional<String> batch = Optional.empty();

  AssocAddCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Associations associations = invocation().client().associations();
    Associations.PutOutcome outcome;
    if (batch.isPresent()) {
      if (id1.isPresent() || time.isPresent() || !value.isEmpty()) {
        throw Usage.error(
            "--batch has everything in the file", "leave out the ids, --time and --value");
      }
      outcome = addAll(associations, batch.get());
    } else {
      outcome = associations.put(List.of(single()));
    }
    output().object(Fields.of("created", outcome.created()).with("updated", outcome.updated()));
    invocation().say("created " + outcome.created() + ", updated " + outcome.updated());
    return ExitCode.OK;
  }

  private AssociationWrite single() throws IOException {
    if (id1.isEmpty() || type.isEmpty() || id2.isEmpty()) {
      throw Usage.error("ID1, TYPE and ID2 are needed", "or --batch FILE");
    }
    AssociationName name =
        new AssociationName(
            AssociationText.id(id1.get()),
            AssociationText.type(type.get()),
            AssociationText.id(id2.get()));
    Optional<Long> nanos = time.map(text -> AssociationText.nanos("--time", text));
    return new AssociationWrite(name, nanos, readData());
  }

  private AssociationData readData() throws IOException {
    byte[] bytes;
    if (value.startsWith("@")) {
      try (InputStream in =
          Files.newInputStream(invocation().surroundings().path(value.substring(1)))) {
        bytes = in.readNBytes(Limits.ASSOCIATION_DATA_BYTES_MAX + 1);
      }
    } else {
      bytes = value.getBytes(StandardCharsets.UTF_8);
    }
    if (bytes.length > Limits.ASSOCIATION_DATA_BYTES_MAX) {
      throw Usage.error(
          "--value is over " + Limits.ASSOCIATION_DATA_BYTES_MAX + " bytes",
          "put it as an asset and associate that");
    }
    return new AssociationData(bytes);
  }

  private Associations.PutOutcome addAll(Associations associations, String file)
      throws IOException {
    int created = 0;
    int updated = 0;
    try (BufferedReader reader = open(file)) {
      AssociationLines lines = new AssociationLines(reader);
      for (List<AssociationWrite> next = lines.next(); !next.isEmpty(); next = lines.next()) {
        Associations.PutOutcome outcome = associations.put(next);
        created += outcome.created();
        updated += outcome.updated();
      }
    }
    return new Associations.PutOutcome(created, updated);
  }

  private BufferedReader open(String file) throws IOException {
    return file.equals("-")
        ? new BufferedReader(
            new InputStreamReader(invocation().surroundings().in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(invocation().surroundings().path(file), StandardCharsets.UTF_8);
  }
}
