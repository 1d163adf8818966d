package io.aifs.client;

import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetInfo;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assets by id. Thread-safe. */
public interface Assets {
  /**
   * Stores content and waits until it is durable and visible. Retried when the connection breaks
   * and the content can be opened again. Over TCP only those chunks of large content are sent that
   * the store lacks, so that each try sends what the ones before it did not bring over.
   */
  PutOutcome put(PutOptions options, Content content);

  /**
   * What {@link #put} would have to move. Reads the content and asks, and changes nothing. Where
   * the token does not allow "get", or the namespace shares its domain, everything counts as
   * missing.
   */
  PutEstimate compare(Content content);

  /** Metadata and lineage. */
  AssetDetail stat(Digest id);

  /** The same of an asset that was found at a path; lineage only if the token is not restricted. */
  AssetDetail stat(ReadTarget.Found found);

  /**
   * Those of {@code ids} that exist and are not known to be damaged, so that their content need not
   * be sent; in as few round trips as it takes.
   */
  Map<Digest, AssetInfo> statAll(Collection<Digest> ids);

  /**
   * Opens a range of an asset's content, {@code length} empty meaning to the end. A read of the
   * whole content is verified here, and {@code read} throws {@link
   * io.aifs.core.AifsException.Corrupt} at the end if it is not what the id says. The chunks of a
   * part of it are verified by the server, which is the fastest; {@link #readRange} verifies them
   * here.
   */
  InputStream read(ReadTarget target, long offset, Optional<Long> length);

  /**
   * Opens a range together with the proof that it is what the asset id says, which can be kept and
   * checked again by {@link RangeProofs}. The bytes are exactly the range, {@code length} empty
   * meaning to the end. Each is verified before it is given; an asset that was named by a path is
   * the one that the server says the path names.
   *
   * @throws io.aifs.core.AifsException.Unsupported if a proof is required and the server gives none
   * @throws io.aifs.core.AifsException.Corrupt if the proof is about something else; reading the
   *     bytes throws it if they are wrong
   */
  RangeRead readRange(ReadTarget target, long offset, Optional<Long> length, ProofDemand demand);

  /**
   * Reads many ranges in as few round trips as it takes, and gives each to {@code receiver} once it
   * is complete, in the order of {@code ranges}. One that cannot be read is a {@link
   * RangeOutcome.Failed}, and the rest go on; so is one of over {@link
   * io.aifs.core.Limits#INLINE_DATA_BYTES_MAX}, as each is held in memory. Each chunk was verified
   * by the server; a range that is all of an asset is also verified here. When the connection
   * breaks the read goes on from the first range that was not complete.
   *
   * @throws IOException what the receiver throws, which ends the read
   * @throws io.aifs.core.AifsException if the call as a whole fails
   */
  default void readAll(List<AssetRange> ranges, RangeOutcome.Receiver receiver) throws IOException {
    readAll(Ref.MAIN, ranges, receiver);
  }

  /**
   * The same.
   *
   * @param ref of the paths at which the assets were found
   */
  void readAll(Ref ref, List<AssetRange> ranges, RangeOutcome.Receiver receiver) throws IOException;

  /** A page of assets, newest first; {@code pageToken} comes from the page before. */
  default AssetPage list(int limit, Optional<String> pageToken) {
    return list(AssetFilter.ALL, limit, pageToken);
  }

  /**
   * A page of the assets that a filter lets pass, newest first, or in order of id if it has a
   * prefix. A page may be short, or empty, and have a next one all the same.
   */
  AssetPage list(AssetFilter filter, int limit, Optional<String> pageToken);

  /** The ids that begin with 8 or more hex digits; at most 10. */
  List<Digest> findByPrefix(String hexPrefix);

  /** Deletes an asset and leaves a tombstone. {@code force} ignores children and paths. */
  void delete(Digest id, boolean force, String why);

  /** Has the server read the asset back and recompute its digest. */
  AssetVerdict verify(Digest id);

  /** One page; {@code nextPageToken} is empty at the end. */
  record AssetPage(List<AssetInfo> assets, Optional<String> nextPageToken) {
    public AssetPage {
      assets = List.copyOf(assets);
    }
  }

  /** Whether content is what its id says; {@code message} says why when it is not. */
  record AssetVerdict(boolean valid, String message) {}
}
