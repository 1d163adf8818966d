package io.aifs.cli.transfer;

import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.client.PathInfo;
import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes a local directory the copy of one in the store. Files are written as the listing goes on,
 * several at once, small ones in batches; links come after all files, so that no file can be
 * written through one; the modes and times of directories come last. Use from one thread.
 */
public final class DirectoryDownload {
  private static final int BATCH_FILES = 512;
  private static final long BATCH_BYTES = 4L << 20;

  private final Place.OfPath place;
  private final TreePath source;
  private final Destination destination;
  private final FileDownload files;
  private final DownloadOptions options;
  private final Notices notices;
  private final DownloadReport.Sum sum = new DownloadReport.Sum();
  private final List<FileDownload.Wanted> small = new ArrayList<>();
  private final List<Map.Entry<Path, TreeEntry.Symlink>> links = new ArrayList<>();
  private final List<Map.Entry<Path, FileAttributes>> directories = new ArrayList<>();
  private long smallBytes;

  /**
   * @param place the directory in the store
   * @param directory the local one; created if it is not there
   */
  public DirectoryDownload(
      Place.OfPath place,
      Path directory,
      FileDownload files,
      DownloadOptions options,
      Notices notices)
      throws IOException {
    this.place = place;
    this.source = place.path();
    this.destination = new Destination(directory);
    this.files = files;
    this.options = options;
    this.notices = notices;
  }

  /** Gets everything that the entries list. */
  public DownloadReport run(Entries entries) throws IOException {
    try (NamingQueue queue = new NamingQueue(destination.root(), options.force())) {
      try {
        getFiles(entries, queue);
      } catch (IOException | RuntimeException e) {
        flushAfter(e, queue);
        throw e;
      }
      queue.flush();
    }
    LinkDownload link = new LinkDownload(options.force());
    for (Map.Entry<Path, TreeEntry.Symlink> entry : links) {
      ensureParent(entry.getKey());
      link.get(entry.getValue(), entry.getKey());
      sum.symlinks.increment();
    }
    // The deepest first: writing into a directory changes its time, and may need its mode.
    for (Map.Entry<Path, FileAttributes> directory : directories.reversed()) {
      LocalAttributes.setMode(directory.getKey(), directory.getValue().mode());
      LocalAttributes.setMtime(directory.getKey(), directory.getValue().mtimeNanos());
    }
    return sum.report(notices.skippedCount());
  }

  private void getFiles(Entries entries, NamingQueue queue) throws IOException {
    BatchDownload batches = files.batches(place.ref(), queue, sum);
    try (Workers workers = new Workers(options.jobs())) {
      entries.below(info -> take(info, workers, batches));
      submitSmall(workers, batches);
      workers.finish();
    }
  }

  /** What is complete gets its name, whatever happened to the rest. */
  private static void flushAfter(Exception failure, NamingQueue queue) {
    try {
      queue.flush();
    } catch (IOException | AifsException e) {
      failure.addSuppressed(e);
    }
  }

  private void take(PathInfo info, Workers workers, BatchDownload batches) throws IOException {
    Path target;
    try {
      target = destination.path(relative(info.path()));
    } catch (InvalidPathException e) {
      notices.skipped(info.path().value(), "this system has no such names: " + e.getReason());
      return;
    }
    switch (info.entry()) {
      case TreeEntry.Directory directory -> takeDirectory(target, directory.attributes());
      case TreeEntry.Symlink link -> links.add(Map.entry(target, link));
      case TreeEntry.File file -> {
        ensureParent(target);
        takeFile(info.path(), file, target, workers, batches);
      }
    }
  }

  private String relative(TreePath path) {
    if (path.equals(source)) {
      return "";
    }
    return source.isRoot() ? path.value() : path.value().substring(source.value().length() + 1);
  }

  private void takeDirectory(Path target, FileAttributes attributes) throws IOException {
    if (target.equals(destination.root())) {
      if (destination.created()) {
        directories.add(Map.entry(target, attributes));
      }
      return;
    }
    destination.ensureDirectory(target);
    directories.add(Map.entry(target, attributes));
    sum.directories.increment();
  }

  private void ensureParent(Path target) throws IOException {
    Path parent = target.getParent();
    destination.ensureDirectory(parent == null ? destination.root() : parent);
  }

  private void takeFile(
      TreePath path, TreeEntry.File file, Path target, Workers workers, BatchDownload batches)
      throws IOException {
    FileDownload.Wanted wanted =
        new FileDownload.Wanted(
            place.withPath(path).found(file.asset()),
            file.asset(),
            file.size(),
            file.attributes(),
            target);
    if (file.size() > SmallBatch.FILE_BYTES_MAX) {
      workers.submit(() -> sum.file(wanted.size(), files.get(wanted)));
      return;
    }
    small.add(wanted);
    smallBytes += wanted.size();
    if (small.size() == BATCH_FILES || smallBytes >= BATCH_BYTES) {
      submitSmall(workers, batches);
    }
  }

  private void submitSmall(Workers workers, BatchDownload batches) throws IOException {
    List<FileDownload.Wanted> batch = List.copyOf(small);
    small.clear();
    smallBytes = 0;
    if (!batch.isEmpty()) {
      workers.submit(() -> batches.get(batch));
    }
  }
}
