/** Working states of branches: an overlay on a snapshot tree, read as one and folded into it. */
@NullMarked
package io.aifs.server.engine.tree;

import org.jspecify.annotations.NullMarked;
