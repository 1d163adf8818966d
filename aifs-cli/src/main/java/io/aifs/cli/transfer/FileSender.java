package io.aifs.cli.transfer;

import io.aifs.cli.output.Failure;
import io.aifs.cli.progress.Tally;
import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts batches and files, sending only bytes that the store does not have. Thread-safe. */
final class FileSender {
  private final AifsClient client;
  private final UploadOptions options;
  private final Tally tally;
  private final Notices notices;
  private final StoredFile.Listener listener;
  private final UploadReport.Sum sum;

  FileSender(
      AifsClient client,
      UploadOptions options,
      Tally tally,
      Notices notices,
      StoredFile.Listener listener,
      UploadReport.Sum sum) {
    this.client = client;
    this.options = options;
    this.tally = tally;
    this.notices = notices;
    this.listener = listener;
    this.sum = sum;
  }

  /** Reads and puts small things in one round trip, or two. */
  void sendBatch(List<Walked> entries) {
    ReadBatch batch = ReadBatch.read(entries, notices);
    if (!batch.items().isEmpty()) {
      Set<Digest> ids = batch.ids();
      Set<Digest> known =
          ids.isEmpty() || !options.saysNothing()
              ? Set.of()
              : client.assets().statAll(ids).keySet();
      if (options.dryRun()) {
        account(batch, index -> !known.contains(batch.items().get(index).id().orElseThrow()));
      } else {
        PutFilesOutcome outcome = put(batch, known);
        account(batch, index -> outcome.files().get(index).newContent());
        stored(outcome.storedBytes(), outcome.chunks(), outcome.newChunks());
      }
    }
    batch.tooLarge().forEach(this::sendLarge);
  }

  private PutFilesOutcome put(ReadBatch batch, Set<Digest> known) {
    try {
      return client.tree().putFiles(options.branch(), puts(batch, known));
    } catch (AifsException.NotFound e) {
      if (known.isEmpty()) {
        throw e;
      }
      // What was known a moment ago has been deleted since: send the bytes.
      return client.tree().putFiles(options.branch(), puts(batch, Set.of()));
    }
  }

  private List<FilePut> puts(ReadBatch batch, Set<Digest> known) {
    List<FilePut> puts = new ArrayList<>(batch.items().size());
    for (ReadBatch.Item item : batch.items()) {
      FilePut.What what =
          item.id().filter(known::contains).isPresent()
              ? new FilePut.What.Known(item.id().get())
              : item.what();
      puts.add(
          item.id().isEmpty()
              ? new FilePut(item.walked().target(), what, item.walked().attributes())
              : new FilePut(
                  item.walked().target(),
                  what,
                  item.walked().attributes(),
                  options.kind(),
                  options.metadata(),
                  options.parents()));
    }
    return puts;
  }

  /** Whether the item at an index brought new content. */
  private interface Newness {
    boolean isNew(int index);
  }

  private void account(ReadBatch batch, Newness newness) {
    for (int i = 0; i < batch.items().size(); i++) {
      ReadBatch.Item item = batch.items().get(i);
      switch (item.walked().kind()) {
        case DIRECTORY -> sum.directories.increment();
        case SYMLINK -> sum.symlinks.increment();
        case FILE -> {
          tally.addBytes(item.size());
          file(item.walked(), item.id().orElseThrow(), item.size(), newness.isNew(i));
        }
      }
    }
  }

  private void file(Walked walked, Digest id, long size, boolean newContent) {
    sum.files.increment();
    sum.bytes.add(size);
    sum.newFiles.add(newContent ? 1 : 0);
    tally.addFiles(1);
    synchronized (listener) {
      listener.stored(new StoredFile(walked.target(), id, size, newContent));
    }
  }

  private void stored(long storedBytes, long chunks, long newChunks) {
    sum.storedBytes.add(storedBytes);
    sum.chunks.add(chunks);
    sum.newChunks.add(newChunks);
    tally.addStoredBytes(storedBytes);
  }

  /** Puts a file on its own, in a stream. */
  void sendLarge(Walked walked) {
    try {
      if (options.dryRun() || !sendKnown(walked)) {
        sendBytes(walked);
      }
    } catch (IOException e) {
      notices.skipped(walked.source(), Failure.of(e).message());
    } catch (AifsException.Failed e) {
      if (!(e.getCause() instanceof IOException)) {
        throw e;
      }
      notices.skipped(walked.source(), e.getMessage() + "");
    }
  }

  /** Names the content by its digest if the store has it; returns false if it does not. */
  private boolean sendKnown(Walked walked) throws IOException {
    if (!options.saysNothing() || !digestingPays(walked)) {
      return false;
    }
    Digest id = FileContent.digest(walked.source());
    if (!client.assets().statAll(List.of(id)).containsKey(id)) {
      return false;
    }
    FilePut put = new FilePut(walked.target(), new FilePut.What.Known(id), walked.attributes());
    try {
      client.tree().putFiles(options.branch(), List.of(put));
    } catch (AifsException.NotFound _) {
      return false; // deleted since
    }
    tally.addBytes(walked.size());
    file(walked, id, walked.size(), false);
    return true;
  }

  /**
   * Reading a file twice pays if the second reading is likely not to happen: when bytes are dear,
   * or when the path holds a file of this size already.
   */
  private boolean digestingPays(Walked walked) {
    if (options.remote()) {
      return true;
    }
    Map<?, PathInfo> there = client.tree().stat(options.branch(), List.of(walked.target()));
    return Optional.ofNullable(there.get(walked.target()))
        .map(PathInfo::entry)
        .filter(entry -> entry instanceof TreeEntry.File file && file.size() == walked.size())
        .isPresent();
  }

  private void sendBytes(Walked walked) throws IOException {
    if (options.dryRun()) {
      Digest id = FileContent.digest(walked.source());
      tally.addBytes(walked.size());
      file(walked, id, walked.size(), client.assets().statAll(List.of(id)).isEmpty());
      return;
    }
    FileContent.openFile(walked.source()).close(); // an unreadable file is skipped, not a failure
    PutOptions put =
        new PutOptions(
                options.kind(),
                options.metadata(),
                options.parents(),
                new float[0],
                Optional.empty())
            .at(options.branch(), walked.target(), walked.attributes());
    PutOutcome outcome = client.assets().put(put, new FileContent(walked.source(), tally));
    ChangedFile.note(walked, outcome.size(), notices);
    file(walked, outcome.id(), outcome.size(), outcome.newChunks() > 0);
    stored(outcome.storedBytes(), outcome.chunks(), outcome.newChunks());
  }
}
