package io.aifs.cli.transfer;

import io.aifs.cli.progress.CountingStream;
import io.aifs.cli.progress.Tally;
import io.aifs.client.AifsClient;
import io.aifs.client.ProofDemand;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Writes one asset to a local file, atomically. Thread-safe. */
public final class FileDownload {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final Digest EMPTY = Digest.of(new byte[0]);

  private final AifsClient client;
  private final DownloadOptions options;
  private final TemporaryFiles temporaries;
  private final Tally tally;
  private final LongAdder setidDropped = new LongAdder();

  /**
   * @param client speaks of the asset's namespace
   */
  public FileDownload(
      AifsClient client, DownloadOptions options, TemporaryFiles temporaries, Tally tally) {
    this.client = client;
    this.options = options;
    this.temporaries = temporaries;
    this.tally = tally;
  }

  /**
   * A file to be had.
   *
   * @param found how to read it
   * @param attributes what the store says, before options are heeded
   */
  record Wanted(ReadTarget found, Digest id, long size, FileAttributes attributes, Path target) {}

  /**
   * Writes the whole asset, unless the file is there and holds just that.
   *
   * @return false if the file was there
   * @throws AifsException.AlreadyExists if another file is there and may not go
   */
  public boolean get(ReadTarget found, Digest id, long size, FileAttributes stored, Path target)
      throws IOException {
    return get(new Wanted(found, id, size, stored, target));
  }

  boolean get(Wanted file) throws IOException {
    if (keep(file)) {
      return false;
    }
    requireFree(file.target());
    if (file.size() == 0 && file.id().equals(EMPTY)) {
      write(InputStream.nullInputStream(), attributes(file), file.target());
    } else {
      try (InputStream in = client.assets().read(file.found(), 0, Optional.empty())) {
        write(in, attributes(file), file.target());
      }
    }
    noteWritten(file);
    return true;
  }

  /** Gets small files of a ref many at a time. */
  BatchDownload batches(Ref ref, NamingQueue queue, DownloadReport.Sum sum) {
    return new BatchDownload(client.assets(), ref, this, queue, sum);
  }

  /** Gives a file that holds just this content its attributes; false if there is none. */
  boolean keep(Wanted file) throws IOException {
    Path target = file.target();
    if (!holds(target, file.id(), file.size())) {
      return false;
    }
    FileAttributes attributes = attributes(file);
    LocalAttributes.setMode(target, attributes.mode());
    LocalAttributes.setMtime(target, attributes.mtimeNanos());
    tally.addBytes(file.size());
    noteWritten(file);
    return true;
  }

  /** Writes content that was verified. */
  void write(Wanted file, byte[] content) throws IOException {
    write(new ByteArrayInputStream(content), attributes(file), file.target());
    noteWritten(file);
  }

  /** The same under a temporary name, complete and not synced. */
  AtomicFile written(Wanted file, byte[] content) throws IOException {
    AtomicFile written = new AtomicFile(file.target(), temporaries);
    try {
      written.out().write(content);
      written.complete(attributes(file));
    } catch (IOException e) {
      written.close();
      throw e;
    }
    tally.addBytes(content.length);
    noteWritten(file);
    return written;
  }

  private FileAttributes attributes(Wanted file) {
    FileAttributes stored = file.attributes();
    return new FileAttributes(options.fileMode(stored.mode()), stored.mtimeNanos());
  }

  private void noteWritten(Wanted file) {
    int stored = file.attributes().mode();
    setidDropped.add(options.fileMode(stored) == stored ? 0 : 1);
    tally.addFiles(1);
  }

  /** How many files did not get their set-user-id and set-group-id bits back. */
  public long setidDropped() {
    return setidDropped.sum();
  }

  /**
   * Writes a part of an asset.
   *
   * @return its proof; empty if the server gave none, so that it is not verified
   */
  public Optional<RangeProof> getRange(
      ReadTarget found,
      ByteRange.Slice slice,
      ProofDemand demand,
      FileAttributes attributes,
      Path target)
      throws IOException {
    requireFree(target);
    try (RangeRead read =
        client.assets().readRange(found, slice.offset(), Optional.of(slice.length()), demand)) {
      write(read.bytes(), attributes, target);
      tally.addFiles(1);
      return read.proof();
    }
  }

  private static boolean holds(Path target, Digest id, long size) throws IOException {
    return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
        && Files.size(target) == size
        && FileContent.digest(target).equals(id);
  }

  void requireFree(Path target) {
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new AifsException.Precondition(
          Reason.IS_A_DIRECTORY,
          target + " is a directory, and a file is to be written there",
          "name another place, or remove it first");
    }
    if (!options.force() && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(target);
    }
  }

  static AifsException exists(Path target) {
    return new AifsException.AlreadyExists(
        Reason.PATH_EXISTS,
        target + " exists and differs from what is in the store",
        "replace it with --force, or get into another place");
  }

  private void write(InputStream in, FileAttributes attributes, Path target) throws IOException {
    try (AtomicFile file = new AtomicFile(target, temporaries)) {
      copy(new CountingStream(in, tally), file.out());
      file.commit(attributes, options.force());
    } catch (FileAlreadyExistsException _) {
      throw exists(target);
    }
  }

  /** Copies everything, in pieces that bound memory. */
  public static void copy(InputStream in, OutputStream out) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      out.write(buffer, 0, count);
    }
  }
}
