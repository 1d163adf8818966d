package io.aifs.server.engine.token;

/** What a store can do with its tokens. */
public record TokenService(
    TokenMint mint,
    TokenFamilies families,
    TokenRevocations revocations,
    TokenUseLog uses,
    TokenRoots roots) {}
