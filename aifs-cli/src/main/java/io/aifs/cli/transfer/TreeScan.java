package io.aifs.cli.transfer;

import io.aifs.cli.progress.Tally;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Counts what an upload will read, beside it, so that progress can tell how much is left. */
public final class TreeScan implements AutoCloseable {
  private final IgnoreRules rules;
  private final Optional<Path> leftOut;
  private final List<Path> sources;
  private final Tally tally;
  private long files;
  private long bytes;
  private @Nullable Thread thread;

  public TreeScan(UploadOptions options, List<Path> sources, Tally tally) {
    this.rules = options.rules();
    this.leftOut = options.leftOut();
    this.sources = List.copyOf(sources);
    this.tally = tally;
  }

  /** Begins to count. */
  public void start() {
    thread = Thread.ofPlatform().daemon().name("scan").start(this::scan);
  }

  private void scan() {
    Notices silent = new Notices(_ -> {});
    try {
      for (Path source : sources) {
        if (Files.isDirectory(source)) {
          new TreeWalk(rules, leftOut, silent, this::count).walk(source, TreePath.ROOT);
        } else {
          count(Files.size(source));
        }
      }
      tally.setTotal(new Tally.Total(files, bytes));
    } catch (IOException _) {
      // The total stays unknown; the upload itself meets the same problem and names it.
    }
  }

  private void count(Walked walked) throws IOException {
    if (Thread.interrupted()) {
      throw new IOException("given up");
    }
    if (walked.kind() == Walked.Kind.FILE) {
      count(walked.size());
    }
  }

  private void count(long size) {
    files++;
    bytes += size;
  }

  @Override
  public void close() {
    if (thread != null) {
      thread.interrupt();
    }
  }
}
