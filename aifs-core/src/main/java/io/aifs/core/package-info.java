/** What client and server agree on: limits, failures and the words for them. */
@NullMarked
package io.aifs.core;

import org.jspecify.annotations.NullMarked;
