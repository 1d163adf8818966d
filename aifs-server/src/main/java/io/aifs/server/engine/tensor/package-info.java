/**
 * What is inside files of tensors: their layout, statistics, parts of them, and how two files
 * differ. Start at {@link io.aifs.server.engine.tensor.TensorService}.
 */
@NullMarked
package io.aifs.server.engine.tensor;

import org.jspecify.annotations.NullMarked;
