package io.aifs.client.bundle;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.numpy.NpyHeader;
import io.aifs.schemas.numpy.NpzReader;
import io.aifs.schemas.tensor.TensorType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The arrays of an npz file, unpacked into a temporary file, row-major, one behind the other. */
final class NpzArrays implements AutoCloseable {
  /** What may be unpacked: deflate makes a thousand bytes of one. */
  private static final long BYTES_MAX = 64L << 30;

  private final Path file;
  private final FileChannel channel;
  private final List<Array> arrays = new ArrayList<>();

  /** An array, and where its values are in the temporary file. */
  record Array(String name, TensorType type, long offset) {}

  private NpzArrays() throws IOException {
    this.file = Files.createTempFile("aifs-", ".arrays");
    this.channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  /**
   * Unpacks all arrays.
   *
   * @throws PayloadInvalidException if it is no npz file
   */
  static NpzArrays of(ByteSource npz) throws PayloadInvalidException, IOException {
    NpzArrays unpacked = new NpzArrays();
    boolean complete = false;
    try (NpzReader reader = new NpzReader(npz, BYTES_MAX);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(unpacked.file))) {
      unpacked.unpack(reader, out);
      complete = true;
    } catch (NpzReader.EntryException e) {
      throw e.invalid();
    } finally {
      if (!complete) {
        unpacked.close();
      }
    }
    return unpacked;
  }

  private void unpack(NpzReader reader, OutputStream out)
      throws PayloadInvalidException, IOException {
    long offset = 0;
    Optional<NpzReader.Entry> entry = reader.next();
    while (entry.isPresent()) {
      TensorType type = entry.get().header().type();
      copy(entry.get(), out);
      arrays.add(new Array(entry.get().name(), type, offset));
      offset += type.bytes();
      entry = reader.next();
    }
  }

  private static void copy(NpzReader.Entry entry, OutputStream out)
      throws PayloadInvalidException, IOException {
    NpyHeader header = entry.header();
    if (header.isRowMajor()) {
      var _ = entry.values().transferTo(out);
      return;
    }
    NpyValues.requireTurnable(header);
    ByteSource values = ByteSource.of(entry.values().readAllBytes());
    NpyHeader alone = new NpyHeader(0, header.type(), header.fortranOrder());
    try (InputStream turned = new NpyValues(alone, values).open()) {
      var _ = turned.transferTo(out);
    }
  }

  List<Array> arrays() {
    return List.copyOf(arrays);
  }

  /** The values of all. */
  ByteSource values() throws IOException {
    return ByteSource.of(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
