package io.aifs.server.catalog;

/**
 * Names one write call for as long as its outcome is kept.
 *
 * @param scope namespace and token family
 */
public record RequestKey(String scope, String method, String requestId) {}
