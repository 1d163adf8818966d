/** Digests, sealing, keys and tokens. The only package that touches JCE and Bouncy Castle. */
@NullMarked
package io.aifs.crypto;

import org.jspecify.annotations.NullMarked;
