package io.aifs.server.pack;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PackId;
import java.util.Optional;

/**
 * A stretch of a live pack that does not read back.
 *
 * @param lengthBytes how much is affected, as far as it can be told
 * @param detail what is wrong, for an operator
 * @param record stored id of the record that cannot be read for it; empty if it is none, or if it
 *     cannot be told which
 */
public record PackDamage(
    PackId pack, long position, long lengthBytes, String detail, Optional<Digest> record) {
  public PackDamage(PackId pack, long position, long lengthBytes, String detail) {
    this(pack, position, lengthBytes, detail, Optional.empty());
  }
}
