/** Files of NumPy: npy, and npz which holds many. */
@NullMarked
package io.aifs.schemas.numpy;

import org.jspecify.annotations.NullMarked;
