/** What the server counts, and the two texts that tell it: Prometheus and OTLP as JSON. */
@NullMarked
package io.aifs.server.grpc.metrics;

import org.jspecify.annotations.NullMarked;
