package io.aifs.cli.command;

import io.aifs.cli.history.LockFile;
import io.aifs.cli.history.LockedInput;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.DirectoryDownload;
import io.aifs.cli.transfer.DownloadOptions;
import io.aifs.cli.transfer.DownloadReport;
import io.aifs.cli.transfer.FileDownload;
import io.aifs.cli.transfer.Notices;
import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Gets what is locked, and nothing else. */
final class LockFetch {
  private final Invocation invocation;
  private final Places places;
  private final boolean force;

  /**
   * @param force whether files that differ may go
   */
  LockFetch(Invocation invocation, Places places, boolean force) {
    this.invocation = invocation;
    this.places = places;
    this.force = force;
  }

  /** Gets every input; the first that is not what was locked ends it. */
  ExitCode run(LockFile lock, Path directory) throws IOException {
    Map<Path, LockedInput> targets = targets(lock, directory);
    boolean partial = false;
    try (Rows rows = invocation.output().rows("inputs")) {
      for (Map.Entry<Path, LockedInput> target : targets.entrySet()) {
        LockedInput input = target.getValue();
        AifsClient client = places.clientFor(input.place());
        requireRight(input, client);
        DownloadReport report = get(input.pinned(), client, target.getKey());
        partial |= report.skipped() > 0;
        rows.add(
            "%s  %s (%s)"
                .formatted(
                    Printable.of(target.getKey().toString()),
                    Sizes.count(report.files(), "file"),
                    Sizes.bytes(report.bytes())),
            Fields.of("address", input.place())
                .with("snapshot_id", input.snapshot())
                .with("target", target.getKey())
                .with("file_count", report.files())
                .with("bytes", report.bytes())
                .with("skipped", report.skipped()));
      }
    }
    return partial ? ExitCode.PARTIAL : ExitCode.OK;
  }

  /** Where each input goes; nothing may be there that could be taken for a part of it. */
  private Map<Path, LockedInput> targets(LockFile lock, Path directory) throws IOException {
    Map<Path, LockedInput> targets = new LinkedHashMap<>();
    for (LockedInput input : lock.inputs()) {
      Path target = lock.inputs().size() == 1 ? directory : directory.resolve(name(input.place()));
      if (targets.putIfAbsent(target, input) != null) {
        throw Usage.error(
            "two inputs would both become " + target, "lock them in two files with --file");
      }
      if (!force && isTaken(target)) {
        throw new AifsException.AlreadyExists(
            Reason.PATH_EXISTS,
            target + " exists and is not empty",
            "fetch into a new directory, or over it with --force");
      }
    }
    return targets;
  }

  private static String name(Place.OfPath place) {
    return place.path().isRoot() ? place.ref().toString().replace(':', '-') : place.path().name();
  }

  private static boolean isTaken(Path target) throws IOException {
    if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      return Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    }
    try (Stream<Path> found = Files.list(target)) {
      return found.findAny().isPresent();
    }
  }

  /** Content is compared with its ids as it comes; this is about the ids. */
  private static void requireRight(LockedInput input, AifsClient client) throws IOException {
    Optional<String> wrong = LockCheck.wrong(input, client, true);
    if (wrong.isPresent()) {
      throw new AifsException.Corrupt(
          Reason.SNAPSHOT_DAMAGED,
          input.place() + ": " + wrong.get(),
          "see what the store itself says with: aifs snapshot verify " + input.snapshot());
    }
  }

  private DownloadReport get(Place.OfPath place, AifsClient client, Path target)
      throws IOException {
    Tally tally = new Tally();
    DownloadOptions options =
        new DownloadOptions(force, false, MemoryBound.jobs(invocation.settings().jobs()));
    FileDownload files = new FileDownload(client, options, invocation.temporaries(), tally);
    try (ProgressDisplay progress = invocation.progress(tally, false)) {
      DownloadReport report =
          switch (Gettable.at(place, client)) {
            case Gettable.OfFile file -> {
              Files.createDirectories(target.toAbsolutePath().resolveSibling(""));
              boolean written =
                  files.get(file.target(), file.id(), file.size(), file.attributes(), target);
              yield new DownloadReport(1, written ? 0 : 1, 0, 0, tally.view().bytes(), 0);
            }
            case Gettable.OfDirectory(Place.OfPath directory) ->
                new DirectoryDownload(
                        directory, target, files, options, new Notices(progress::message))
                    .run(new Entries(client, directory));
          };
      progress.end();
      return report;
    }
  }
}
