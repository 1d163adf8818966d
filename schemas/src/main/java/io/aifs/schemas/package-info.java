/** What typed payloads are, and whether content is one: Arrow tensors, FlatBuffers embeddings, ZIP artifacts. Uses {@code io.aifs.core} only. Start at {@link io.aifs.schemas.Payloads}. */
@NullMarked
package io.aifs.schemas;

import org.jspecify.annotations.NullMarked;
