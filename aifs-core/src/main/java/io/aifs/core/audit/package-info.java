/**
 * The audit log as whoever has a copy can check it: lines that each hold the digest of the one
 * before. {@code docs/format/audit.md} says what a line is.
 */
@NullMarked
package io.aifs.core.audit;

import org.jspecify.annotations.NullMarked;
