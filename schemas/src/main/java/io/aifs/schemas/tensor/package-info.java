/**
 * Tensors: their types, as Arrow, and what is said of their values. Start at {@link
 * io.aifs.schemas.tensor.TensorType}.
 */
@NullMarked
package io.aifs.schemas.tensor;

import org.jspecify.annotations.NullMarked;
