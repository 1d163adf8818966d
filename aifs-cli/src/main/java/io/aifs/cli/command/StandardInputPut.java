package io.aifs.cli.command;

import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.progress.CountingStream;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.transfer.Notices;
import io.aifs.cli.transfer.StoredFile;
import io.aifs.cli.transfer.UploadOptions;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.ExitCode;
import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Puts standard input. */
final class StandardInputPut {
  private final Invocation invocation;
  private final AifsClient client;
  private final UploadOptions options;

  StandardInputPut(Invocation invocation, AifsClient client, UploadOptions options) {
    this.invocation = invocation;
    this.client = client;
    this.options = options;
  }

  ExitCode run(List<String> sources, Place.OfPath place) throws IOException {
    if (sources.size() > 1) {
      throw Usage.error("standard input cannot be put together with files", "put it alone");
    }
    if (options.dryRun()) {
      throw Usage.error("--dry-run cannot look into standard input", "leave it out");
    }
    if (place.directory() || new Entries(client, place).isKnownDirectory()) {
      throw Usage.error(
          "standard input has no name, and " + place + " is a directory",
          "end the address with a file name");
    }
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation.progress(tally, true);
        Rows rows = invocation.output().rows("files")) {
      PutOutcome outcome = put(place, tally);
      progress.end();
      if (!outcome.payloadProblem().isEmpty()) {
        progress.message("aifs: " + Notices.payload(options.kind(), outcome.payloadProblem()));
      }
      StoredFile file =
          new StoredFile(place.path(), outcome.id(), outcome.size(), outcome.newChunks() > 0);
      rows.add(outcome.id().hex(), PutCommand.fields(file));
      PutSummary summary = new PutSummary(report(outcome), place, progress.elapsed());
      rows.summary("", summary.fields());
      invocation.say(summary.line());
      return ExitCode.OK;
    }
  }

  private PutOutcome put(Place.OfPath place, Tally tally) {
    Instant now = invocation.surroundings().clock().instant();
    FileAttributes attributes =
        new FileAttributes(
            FileAttributes.PLAIN_FILE.mode(), ChronoUnit.NANOS.between(Instant.EPOCH, now));
    PutOptions put =
        new PutOptions(
                options.kind(),
                options.metadata(),
                options.parents(),
                new float[0],
                Optional.empty())
            .at(place.branch(), place.path(), attributes);
    return client
        .assets()
        .put(put, Content.once(new CountingStream(invocation.surroundings().in(), tally)));
  }

  private static UploadReport report(PutOutcome outcome) {
    return new UploadReport(
        1,
        0,
        0,
        outcome.size(),
        outcome.newChunks() > 0 ? 1 : 0,
        outcome.newBytes(),
        outcome.storedBytes(),
        outcome.chunks(),
        outcome.newChunks(),
        0);
  }
}
