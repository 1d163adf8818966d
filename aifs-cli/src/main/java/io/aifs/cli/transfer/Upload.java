package io.aifs.cli.transfer;

import io.aifs.cli.progress.Tally;
import io.aifs.client.AifsClient;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Puts files and directories: small things in batches, large files each in a stream, several at
 * once. Memory is bounded by the number of jobs, whatever is put. Use from one thread.
 */
public final class Upload implements AutoCloseable {
  private final UploadOptions options;
  private final Notices notices;
  private final Workers workers;
  private final UploadReport.Sum sum = new UploadReport.Sum();
  private final FileSender sender;
  private SmallBatch batch = new SmallBatch();

  /**
   * @param client speaks of the namespace to put into
   * @param listener is told of each file, by one thread at a time
   */
  public Upload(
      AifsClient client,
      UploadOptions options,
      Tally tally,
      Notices notices,
      StoredFile.Listener listener) {
    this.options = options;
    this.notices = notices;
    this.workers = new Workers(options.jobs());
    this.sender = new FileSender(client, options, tally, notices, listener, sum);
  }

  /** Puts the contents of a directory below {@code target}. */
  public void putDirectory(Path directory, TreePath target) throws IOException {
    new TreeWalk(options.rules(), options.leftOut(), notices, this::take).walk(directory, target);
  }

  /** Puts one file at {@code target}; a link is followed, since the user named it. */
  public void putFile(Path file, TreePath target) throws IOException {
    LocalAttributes found = LocalAttributes.following(file);
    if (found.kind().equals(Optional.of(Walked.Kind.FILE))) {
      Path real = file.toRealPath();
      take(new Walked(target, real, Walked.Kind.FILE, found.attributes(), found.size()));
    } else {
      notices.skipped(file, "neither a file nor a directory");
    }
  }

  private void take(Walked walked) throws IOException {
    if (walked.kind() == Walked.Kind.FILE && walked.size() > SmallBatch.FILE_BYTES_MAX) {
      workers.submit(() -> sender.sendLarge(walked));
      return;
    }
    if (!batch.hasRoomFor(walked)) {
      flush();
    }
    batch.add(walked);
  }

  private void flush() throws IOException {
    if (!batch.isEmpty()) {
      SmallBatch full = batch;
      batch = new SmallBatch();
      workers.submit(() -> sender.sendBatch(full.entries()));
    }
  }

  /** Waits until everything is stored. */
  public UploadReport finish() throws IOException {
    flush();
    workers.finish();
    return sum.report(notices.skippedCount());
  }

  /** Gives up what is not finished. */
  @Override
  public void close() {
    workers.close();
  }
}
