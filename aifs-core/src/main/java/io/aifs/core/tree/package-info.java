/** The encoding of snapshot trees and what is computed from it: {@code docs/format/tree.md}. */
@NullMarked
package io.aifs.core.tree;

import org.jspecify.annotations.NullMarked;
