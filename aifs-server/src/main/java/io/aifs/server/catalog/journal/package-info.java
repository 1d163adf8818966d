/**
 * What follows the catalog so that it can be rebuilt: the operations of a transaction and their
 * bytes, a catalog that records them, and the group commit that brings them to a log. See {@code
 * docs/format/journal.md}.
 */
@NullMarked
package io.aifs.server.catalog.journal;

import org.jspecify.annotations.NullMarked;
