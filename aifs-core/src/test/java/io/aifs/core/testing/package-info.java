/** What tests of every module share: seeded randomness that can be replayed. */
@NullMarked
package io.aifs.core.testing;

import org.jspecify.annotations.NullMarked;
