/**
 * Embedding spaces, what is embedded in them, and what of it waits for approval. {@link
 * io.aifs.server.engine.embedding.EmbeddingService} is where calls come in; finding is in {@code
 * engine.search}.
 */
@NullMarked
package io.aifs.server.engine.embedding;

import org.jspecify.annotations.NullMarked;
