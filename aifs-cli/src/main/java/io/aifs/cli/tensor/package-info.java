/**
 * Tensors as command lines write them and as people read them. Start at {@link
 * io.aifs.cli.tensor.SliceText}.
 */
@NullMarked
package io.aifs.cli.tensor;

import org.jspecify.annotations.NullMarked;
