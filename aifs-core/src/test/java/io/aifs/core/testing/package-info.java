/** What tests of this module share: golden files. */
@NullMarked
package io.aifs.core.testing;

import org.jspecify.annotations.NullMarked;
