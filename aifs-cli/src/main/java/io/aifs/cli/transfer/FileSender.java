package io.aifs.cli.transfer;

import io.aifs.cli.output.Failure;
import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.client.PutEstimate;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads and puts batches and files, sending only bytes that the store lacks. Thread-safe. */
final class FileSender {
  private final AifsClient client;
  private final UploadOptions options;
  private final Notices notices;
  private final Receipts receipts;
  private final TreePuts tree;
  private final KnownContent known;

  FileSender(AifsClient client, UploadOptions options, Notices notices, Receipts receipts) {
    this.client = client;
    this.options = options;
    this.notices = notices;
    this.receipts = receipts;
    this.tree = new TreePuts(client.tree(), options.branch());
    this.known = new KnownContent(client);
  }

  /** Puts files of any size, one batch after the other. */
  void sendAll(List<Walked> files) {
    SmallBatch batch = new SmallBatch();
    for (Walked file : files) {
      if (file.isLarge()) {
        sendLarge(file);
      } else {
        if (!batch.hasRoomFor(file)) {
          sendBatch(batch.entries());
          batch = new SmallBatch();
        }
        batch.add(file);
      }
    }
    sendBatch(batch.entries());
  }

  /** Reads and puts small things in one round trip, or two or three. */
  void sendBatch(List<Walked> entries) {
    ReadBatch batch = ReadBatch.read(entries, notices);
    if (!batch.items().isEmpty()) {
      Set<Digest> ids = batch.ids();
      Set<Digest> there = ids.isEmpty() || !options.saysNothing() ? Set.of() : known.among(ids);
      if (options.dryRun()) {
        account(batch, item -> !there.contains(item.id().orElseThrow()));
      } else {
        TreePuts.Outcome outcome = put(batch, there);
        account(batch, item -> outcome.newContent().contains(item.walked().target()));
        receipts.stored(outcome.storedBytes(), outcome.chunks(), outcome.newChunks());
        warn(batch, outcome.problems());
        remember(batch);
      }
    }
    batch.tooLarge().forEach(this::sendLarge);
  }

  private TreePuts.Outcome put(ReadBatch batch, Set<Digest> there) {
    try {
      return tree.put(puts(batch, there));
    } catch (AifsException.NotFound e) {
      if (there.isEmpty()) {
        throw e;
      }
      // What was known a moment ago has been deleted since: send the bytes.
      return tree.put(puts(batch, Set.of()));
    }
  }

  private List<FilePut> puts(ReadBatch batch, Set<Digest> there) {
    List<FilePut> puts = new ArrayList<>(batch.items().size());
    for (ReadBatch.Item item : batch.items()) {
      FilePut.What what =
          item.id().filter(there::contains).isPresent()
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

  private void account(ReadBatch batch, Predicate<ReadBatch.Item> isNew) {
    for (ReadBatch.Item item : batch.items()) {
      switch (item.walked().kind()) {
        case DIRECTORY -> receipts.directory();
        case SYMLINK -> receipts.symlink();
        case FILE ->
            receipts.wholeFile(
                item.walked(), item.id().orElseThrow(), item.size(), isNew.test(item));
      }
    }
  }

  private void warn(ReadBatch batch, Map<TreePath, String> problems) {
    for (ReadBatch.Item item : batch.items()) {
      notices.payload(
          item.walked().source(),
          options.kind(),
          problems.getOrDefault(item.walked().target(), ""));
    }
  }

  private void remember(ReadBatch batch) {
    for (ReadBatch.Item item : batch.items()) {
      if (item.settled()) {
        remember(item.walked(), item.id().orElseThrow());
      }
    }
  }

  private void remember(Walked walked, Digest id) {
    options.memory().remember(walked.source(), walked.stamp(), id);
  }

  /** Puts a file on its own, in a stream. */
  void sendLarge(Walked walked) {
    try {
      if (options.dryRun()) {
        compare(walked);
      } else if (!sendKnown(walked)) {
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
    if (!options.saysNothing() || !isProbablyThere(walked)) {
      return false;
    }
    Digest id = FileContent.digest(walked.source());
    if (!known.among(List.of(id)).contains(id)) {
      return false;
    }
    try {
      tree.put(List.of(new Claim(walked, id).toPut()));
    } catch (AifsException.NotFound _) {
      return false; // deleted since
    }
    if (ChangedFile.check(walked, walked.size(), notices)) {
      remember(walked, id);
    }
    receipts.wholeFile(walked, id, walked.size(), false);
    return true;
  }

  /**
   * Reading a file to digest it pays if it is likely not to be read again: when the path holds a
   * file of this size already. For others, the client asks about their chunks as it reads them.
   */
  private boolean isProbablyThere(Walked walked) {
    return known
        .at(options.branch(), walked.target())
        .filter(entry -> entry instanceof TreeEntry.File file && file.size() == walked.size())
        .isPresent();
  }

  private void sendBytes(Walked walked) throws IOException {
    FileContent.openFile(walked.source()).close(); // an unreadable file is skipped, not a failure
    PutOptions put =
        new PutOptions(
                options.kind(),
                options.metadata(),
                options.parents(),
                new float[0],
                Optional.empty())
            .at(options.branch(), walked.target(), walked.attributes());
    PutOutcome outcome =
        client.assets().put(put, new FileContent(walked.source(), receipts.tally()));
    if (ChangedFile.check(walked, outcome.size(), notices)) {
      remember(walked, outcome.id());
    }
    notices.payload(walked.source(), options.kind(), outcome.payloadProblem());
    receipts.file(
        walked, outcome.id(), outcome.size(), outcome.newChunks() > 0, outcome.newBytes());
    receipts.stored(outcome.storedBytes(), outcome.chunks(), outcome.newChunks());
  }

  /** Says what putting the file would do. */
  private void compare(Walked walked) throws IOException {
    FileContent.openFile(walked.source()).close(); // as for a put
    PutEstimate estimate =
        client.assets().compare(new FileContent(walked.source(), receipts.tally()));
    receipts.file(
        walked,
        estimate.id(),
        estimate.size(),
        estimate.missingChunks() > 0,
        estimate.missingBytes());
  }
}
