/**
 * What the command remembers of files that it has stored, so that unchanged ones need not be read:
 * in memory and as bytes. {@link io.aifs.cli.statcache.FileMemory} is the port, {@link
 * io.aifs.cli.statcache.StatCache} stands behind it. Uses nothing else of the command.
 */
@NullMarked
package io.aifs.cli.statcache;

import org.jspecify.annotations.NullMarked;
