/**
 * Where the tensors of a file are, whatever its format. Start at {@link
 * io.aifs.schemas.layout.TensorLayout}.
 */
@NullMarked
package io.aifs.schemas.layout;

import org.jspecify.annotations.NullMarked;
