package io.aifs.cli.command;

import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.transfer.ByteRange;
import io.aifs.cli.transfer.FileDownload;
import io.aifs.client.AifsClient;
import io.aifs.client.ProofDemand;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Something in the store that can be got. */
sealed interface Gettable {
  /** A directory. */
  record OfDirectory(Place.OfPath place) implements Gettable {}

  /** Content, and the name and attributes that its copy gets. */
  record OfFile(ReadTarget target, Digest id, long size, FileAttributes attributes, String name)
      implements Gettable {
    /**
     * The part of the content that a range means.
     *
     * @throws AifsException.InvalidRequest if it begins behind the end
     */
    ByteRange.Slice slice(ByteRange range) {
      try {
        return range.of(size);
      } catch (IllegalArgumentException e) {
        throw Usage.error("--range: " + e.getMessage(), "'aifs stat' shows the size");
      }
    }

    /** Copies the content, which is verified by its id. */
    void copy(AifsClient client, OutputStream out) throws IOException {
      try (InputStream in = client.assets().read(target, 0, Optional.empty())) {
        FileDownload.copy(in, out);
      }
    }

    /**
     * Copies a part of the content.
     *
     * @return its proof; empty if the server gave none, so that it is not verified
     */
    Optional<RangeProof> copy(
        AifsClient client, ByteRange range, ProofDemand demand, OutputStream out)
        throws IOException {
      ByteRange.Slice slice = slice(range);
      try (RangeRead read =
          client.assets().readRange(target, slice.offset(), Optional.of(slice.length()), demand)) {
        FileDownload.copy(read.bytes(), out);
        return read.proof();
      }
    }
  }

  /**
   * What is at a place.
   *
   * @param client speaks of the place's namespace
   */
  static Gettable at(Place place, AifsClient client) {
    return switch (place) {
      case Place.OfAsset asset -> {
        AssetInfo info = client.assets().stat(asset.id()).info();
        FileAttributes attributes =
            new FileAttributes(
                FileAttributes.PLAIN_FILE.mode(),
                Math.max(0, info.createdAt().toEpochMilli()) * 1_000_000);
        yield new OfFile(
            new ReadTarget.ById(asset.id()), asset.id(), info.size(), attributes, asset.id().hex());
      }
      case Place.OfPath path -> at(path, new Entries(client, path).require());
    };
  }

  private static Gettable at(Place.OfPath path, TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.Directory _ -> new OfDirectory(path);
      case TreeEntry.File file ->
          new OfFile(
              path.found(file.asset()),
              file.asset(),
              file.size(),
              file.attributes(),
              path.path().name());
      case TreeEntry.Symlink link ->
          throw new AifsException.Precondition(
              Reason.ARGUMENT_INVALID,
              path + " is a symbolic link to '" + link.target() + "', and has no content",
              "get what it leads to, or the directory that it is in");
    };
  }
}
