/**
 * Nearest neighbours among the embeddings of assets. Knows no other module: an asset is a key and
 * what filters may ask of it. The only package that touches Lucene.
 */
@NullMarked
package io.aifs.vector;

import org.jspecify.annotations.NullMarked;
