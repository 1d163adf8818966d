/**
 * What is in a token, for who holds one: what restricts it and what names it, without a server.
 * {@code docs/format/token.md} is the list of restrictions.
 */
@NullMarked
package io.aifs.core.token;

import org.jspecify.annotations.NullMarked;
