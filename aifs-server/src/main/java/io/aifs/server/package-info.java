/**
 * The store as a whole: opening a data directory, serving it, embedding it. The only package that
 * knows every implementation.
 */
@NullMarked
package io.aifs.server;

import org.jspecify.annotations.NullMarked;
