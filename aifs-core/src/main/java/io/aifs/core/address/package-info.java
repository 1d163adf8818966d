/**
 * How people and programs name what is in a store: {@link Address} and its one parser. The rules
 * are in {@code docs/format/address.md}.
 */
@NullMarked
package io.aifs.core.address;

import org.jspecify.annotations.NullMarked;
