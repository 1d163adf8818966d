package io.aifs.cli.transfer;

import io.aifs.client.AssetRange;
import io.aifs.client.Assets;
import io.aifs.client.RangeOutcome;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gets small files, many in one round trip. Thread-safe. */
final class BatchDownload {
  /** For fewer, a sync of each costs less than one of all that others wrote. */
  private static final int TOGETHER_MIN = 32;

  private final Assets assets;
  private final Ref ref;
  private final FileDownload files;
  private final NamingQueue queue;
  private final DownloadReport.Sum sum;

  BatchDownload(
      Assets assets, Ref ref, FileDownload files, NamingQueue queue, DownloadReport.Sum sum) {
    this.assets = assets;
    this.ref = ref;
    this.files = files;
    this.queue = queue;
    this.sum = sum;
  }

  /**
   * Gets all of them that are not there already. One that cannot be had, or may not be written,
   * keeps none of the others from it.
   *
   * @throws AifsException of the first such
   */
  void get(List<FileDownload.Wanted> batch) throws IOException {
    FirstFailure failure = new FirstFailure();
    List<FileDownload.Wanted> needed = new ArrayList<>();
    for (FileDownload.Wanted file : batch) {
      try {
        if (files.keep(file)) {
          sum.file(file.size(), false);
        } else {
          files.requireFree(file.target());
          needed.add(file);
        }
      } catch (AifsException e) {
        failure.note(e);
      }
    }
    read(needed, failure);
    failure.throwIfAny();
  }

  private void read(List<FileDownload.Wanted> needed, FirstFailure failure) throws IOException {
    boolean together = needed.size() >= TOGETHER_MIN;
    assets.readAll(
        ref,
        needed.stream().map(BatchDownload::range).toList(),
        (at, outcome) -> {
          switch (outcome) {
            case RangeOutcome.Read(byte[] bytes) -> write(needed.get(at), bytes, together);
            case RangeOutcome.Failed(AifsException why) -> failure.note(why);
          }
        });
  }

  private static AssetRange range(FileDownload.Wanted file) {
    return AssetRange.whole(
        file.id(),
        file.found() instanceof ReadTarget.Found found
            ? Optional.of(found.path())
            : Optional.empty());
  }

  private void write(FileDownload.Wanted file, byte[] bytes, boolean together) throws IOException {
    Path target = file.target();
    if (together && queue.takes(target.resolveSibling(""))) {
      queue.add(files.written(file, bytes), bytes.length);
    } else {
      files.write(file, bytes);
    }
    sum.file(file.size(), true);
  }

  private static final class FirstFailure {
    private @Nullable AifsException first;

    void note(AifsException failure) {
      first = first == null ? failure : first;
    }

    void throwIfAny() {
      if (first != null) {
        throw first;
      }
    }
  }
}
