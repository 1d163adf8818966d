/** What tests of every module share: seeded randomness that can be replayed. */
@NullMarked
package io.aifs.crypto.testing;

import org.jspecify.annotations.NullMarked;
