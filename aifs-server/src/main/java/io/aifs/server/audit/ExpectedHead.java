package io.aifs.server.audit;

/**
 * A head that the log must contain.
 *
 * @param origin who says so: {@code the head in the catalog}
 */
public record ExpectedHead(AuditHead head, String origin) {}
