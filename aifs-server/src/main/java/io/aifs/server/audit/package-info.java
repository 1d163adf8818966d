/**
 * The audit log: append-only files of records, each chained to the one before it. Knows files and
 * digests; nothing of calls, tokens or the catalog.
 */
@NullMarked
package io.aifs.server.audit;

import org.jspecify.annotations.NullMarked;
