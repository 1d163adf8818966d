/** Overlays on trees: how what was put, removed and moved since is read as one with the tree. */
@NullMarked
package io.aifs.server.catalog.layer;

import org.jspecify.annotations.NullMarked;
