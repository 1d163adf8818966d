package io.aifs.cli.transfer;

import io.aifs.cli.progress.Tally;
import io.aifs.client.AifsClient;
import io.aifs.core.Limits;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Puts files and directories: small things in batches, large files each in a stream, several at
 * once; files that are remembered by their names alone. Memory is bounded by the number of jobs,
 * whatever is put. Use from one thread.
 */
public final class Upload implements AutoCloseable {
  private final UploadOptions options;
  private final Notices notices;
  private final Workers workers;
  private final UploadReport.Sum sum = new UploadReport.Sum();
  private final FileSender sender;
  private final ClaimSender claimSender;
  private SmallBatch batch = new SmallBatch();
  private List<Claim> claims = new ArrayList<>();

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
    Receipts receipts = new Receipts(tally, listener, sum);
    this.sender = new FileSender(client, options, notices, receipts);
    this.claimSender = new ClaimSender(client, options, receipts);
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
      take(new Walked(target, real, Walked.Kind.FILE, found.attributes(), found.stamp()));
    } else {
      notices.skipped(file, "neither a file nor a directory");
    }
  }

  private void take(Walked walked) throws IOException {
    Optional<Digest> remembered = remembered(walked);
    if (remembered.isPresent()) {
      claims.add(new Claim(walked, remembered.get()));
      if (claims.size() == Limits.BATCH_ENTRIES_MAX) {
        flushClaims();
      }
    } else if (walked.isLarge()) {
      workers.submit(() -> sender.sendLarge(walked));
    } else {
      if (!batch.hasRoomFor(walked)) {
        flush();
      }
      batch.add(walked);
    }
  }

  /** What is said anew of content travels with its bytes, remembered or not. */
  private Optional<Digest> remembered(Walked walked) {
    return walked.kind() == Walked.Kind.FILE && options.saysNothing()
        ? options.memory().recall(walked.source(), walked.stamp())
        : Optional.empty();
  }

  private void flush() throws IOException {
    if (!batch.isEmpty()) {
      SmallBatch full = batch;
      batch = new SmallBatch();
      workers.submit(() -> sender.sendBatch(full.entries()));
    }
  }

  private void flushClaims() throws IOException {
    if (!claims.isEmpty()) {
      List<Claim> full = claims;
      claims = new ArrayList<>();
      workers.submit(() -> sender.sendAll(claimSender.send(full)));
    }
  }

  /** Waits until everything is stored. */
  public UploadReport finish() throws IOException {
    flush();
    flushClaims();
    workers.finish();
    return sum.report(notices.skippedCount());
  }

  /** Gives up what is not finished. */
  @Override
  public void close() {
    workers.close();
  }
}
