/**
 * What typed payloads are: Arrow tensors, FlatBuffers embeddings, ZIP artifacts, and the files they
 * come from. Uses {@code io.aifs.core} only. Start at {@link io.aifs.schemas.payload.Payloads}.
 */
@NullMarked
package io.aifs.schemas;

import org.jspecify.annotations.NullMarked;
