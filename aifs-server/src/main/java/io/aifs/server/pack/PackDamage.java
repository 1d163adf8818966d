package io.aifs.server.pack;

import io.aifs.server.model.PackId;

/**
 * A stretch of a live pack that does not read back.
 *
 * @param lengthBytes how much is affected, as far as it can be told
 * @param detail what is wrong, for an operator
 */
public record PackDamage(PackId pack, long position, long lengthBytes, String detail) {}
