/** Packs: append-only files of sealed records. Sees stored ids and sealed bytes only. */
@NullMarked
package io.aifs.server.pack;

import org.jspecify.annotations.NullMarked;
