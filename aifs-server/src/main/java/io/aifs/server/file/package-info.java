/**
 * The one port through which packs and keys touch a disk, so that a test can record and replay it.
 */
@NullMarked
package io.aifs.server.file;

import org.jspecify.annotations.NullMarked;
