package io.aifs.core.manifest;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/** A finished manifest page and its digest. The array is the page's own; it is not copied. */
@SuppressWarnings("ArrayRecordComponent") // handed straight to a record writer; never compared
public record Page(Digest digest, byte[] bytes) {
  public Page {
    requireNonNull(digest, "digest is null");
    requireNonNull(bytes, "bytes is null");
  }
}
