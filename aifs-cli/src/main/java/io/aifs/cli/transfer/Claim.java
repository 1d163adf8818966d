package io.aifs.cli.transfer;

import io.aifs.client.FilePut;
import io.aifs.crypto.Digest;

/** A file that was not read: it is remembered to have the content {@code id}. */
record Claim(Walked walked, Digest id) {
  FilePut toPut() {
    return new FilePut(walked.target(), new FilePut.What.Known(id), walked.attributes());
  }
}
