/** How history is shown: graphs of snapshots, what differs between two trees, lock files. */
@NullMarked
package io.aifs.cli.history;

import org.jspecify.annotations.NullMarked;
