package io.aifs.cli.store;

import java.time.Duration;

/**
 * How to serve.
 *
 * @param port 0 picks a free one
 * @param dev every call is allowed without a token
 * @param drain how long running calls may go on when the server is told to end
 * @param scrubInterval in what time every asset is read back once
 */
public record ServeOptions(
    String host, int port, boolean dev, Duration drain, Duration scrubInterval) {}
