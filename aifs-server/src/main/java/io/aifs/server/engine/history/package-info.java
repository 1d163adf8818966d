/** Snapshots, branches and tags: what was, and under which name. */
@NullMarked
package io.aifs.server.engine.history;

import org.jspecify.annotations.NullMarked;
