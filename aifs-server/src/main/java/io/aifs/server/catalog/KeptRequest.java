package io.aifs.server.catalog;

import io.aifs.crypto.Digest;

/**
 * What a call with a request id did.
 *
 * @param request digest of the request, so that the same id with another request is noticed
 * @param outcome what to answer again, as the engine encodes it
 */
public record KeptRequest(Digest request, String outcome, long atMicros) {}
