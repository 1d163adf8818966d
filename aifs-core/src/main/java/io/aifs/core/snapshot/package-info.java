/** Signed snapshots: what is signed, and how anyone checks it: {@code docs/format/snapshot.md}. */
@NullMarked
package io.aifs.core.snapshot;

import org.jspecify.annotations.NullMarked;
