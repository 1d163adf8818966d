/**
 * The journal in packs: its records, its checkpoints, and the rebuild of a catalog from both. See
 * {@code docs/format/journal.md}.
 */
@NullMarked
package io.aifs.server.engine.journal;

import org.jspecify.annotations.NullMarked;
