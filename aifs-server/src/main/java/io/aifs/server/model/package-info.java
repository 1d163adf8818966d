/** Nouns that several leaf packages of the server share. */
@NullMarked
package io.aifs.server.model;

import org.jspecify.annotations.NullMarked;
