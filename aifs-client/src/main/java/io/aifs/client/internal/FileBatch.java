package io.aifs.client.internal;

import io.aifs.client.FilePut;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.PutFilesOutcome.FileOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesResponse;
import io.aifs.proto.v1.TreeGrpc;
import java.util.List;
import java.util.Optional;

/** Many small files as one request, and the check that the store took what was sent. */
final class FileBatch {
  private final Name namespace;
  private final Name branch;
  private final List<FilePut> files;

  /**
   * @throws AifsException.LimitExceeded if they are too many or too large for one instant
   */
  FileBatch(Name namespace, Name branch, List<FilePut> files) {
    this.namespace = namespace;
    this.branch = branch;
    this.files = List.copyOf(files);
    requireWithinLimits();
  }

  private void requireWithinLimits() {
    long bytes = 0;
    for (FilePut file : files) {
      bytes += file.what() instanceof FilePut.What.Data(byte[] data) ? data.length : 0;
    }
    if (files.size() > Limits.BATCH_ENTRIES_MAX || bytes > Limits.BATCH_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "a batch of %d files and %d bytes is over the limit of %d files and %d bytes"
              .formatted(files.size(), bytes, Limits.BATCH_ENTRIES_MAX, Limits.BATCH_BYTES_MAX),
          "put fewer files at once, and large ones on their own");
    }
  }

  PutFilesOutcome put(Caller caller) {
    return caller.change(
        TreeGrpc.getPutFilesMethod(),
        requestId -> request(requestId, caller.transaction()),
        this::outcome);
  }

  private PutFilesRequest request(String requestId, String transaction) {
    return PutFilesRequest.newBuilder()
        .setNamespace(namespace.value())
        .setBranch(branch.value())
        .addAllFiles(files.stream().map(ToWire::filePut).toList())
        .setRequestId(requestId)
        .setTransaction(transaction)
        .build();
  }

  private PutFilesOutcome outcome(PutFilesResponse response) {
    if (response.getResultsCount() != files.size()) {
      throw new IllegalArgumentException(
          response.getResultsCount() + " results for " + files.size() + " files");
    }
    List<FileOutcome> outcomes = response.getResultsList().stream().map(FromWire::file).toList();
    for (int i = 0; i < outcomes.size(); i++) {
      requireSame(files.get(i), outcomes.get(i));
    }
    return new PutFilesOutcome(
        outcomes,
        response.getStoredBytes(),
        response.getChunks(),
        response.getNewChunks(),
        response.getVersion());
  }

  private static void requireSame(FilePut file, FileOutcome outcome) {
    Optional<Digest> sent =
        switch (file.what()) {
          case FilePut.What.Data(byte[] bytes) -> Optional.of(Digest.of(bytes));
          case FilePut.What.Known(Digest id) -> Optional.of(id);
          case FilePut.What.Symlink _, FilePut.What.Directory _ -> Optional.empty();
        };
    if (!outcome.id().equals(sent)) {
      throw new AifsException.Corrupt(
          Reason.ASSET_DAMAGED,
          "the store took %s for %s, but %s was sent"
              .formatted(shown(outcome.id()), file.path(), shown(sent)),
          "put it again; if it happens again, check the memory of both machines");
    }
  }

  private static String shown(Optional<Digest> id) {
    return id.map(Digest::hex).orElse("nothing");
  }
}
