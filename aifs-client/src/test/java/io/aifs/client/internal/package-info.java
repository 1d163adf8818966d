/** Tests of the client against real gRPC servers with hand-written services. */
@NullMarked
package io.aifs.client.internal;

import org.jspecify.annotations.NullMarked;
