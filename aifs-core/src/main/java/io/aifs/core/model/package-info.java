/** The nouns of AIFS as immutable records, validated where they are made. */
@NullMarked
package io.aifs.core.model;

import org.jspecify.annotations.NullMarked;
