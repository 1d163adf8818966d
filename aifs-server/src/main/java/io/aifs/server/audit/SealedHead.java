package io.aifs.server.audit;

import io.aifs.crypto.Digest;

/**
 * A head that nobody can make without the key.
 *
 * @param mac made by a {@link HeadSeal}
 */
public record SealedHead(AuditHead head, Digest mac) {}
