/**
 * Finding assets by vectors. {@link io.aifs.server.engine.search.SearchService} is where calls come
 * in; {@link io.aifs.server.engine.search.VectorIndexes} keeps the indexes, which follow the
 * outbox. An index is never believed: what it finds is looked up in the catalog.
 */
@NullMarked
package io.aifs.server.engine.search;

import org.jspecify.annotations.NullMarked;
