/**
 * Tokens as a store keeps them: what was minted and revoked, and when it was used. Combines {@code
 * auth}, which knows what a token means, with the catalog. Main type: {@link
 * io.aifs.server.engine.token.TokenService}.
 */
@NullMarked
package io.aifs.server.engine.token;

import org.jspecify.annotations.NullMarked;
