/**
 * The client over gRPC: the only place of the client that knows gRPC and protobuf. {@link
 * io.aifs.client.internal.ChannelClients} makes a client of any channel; {@link
 * io.aifs.client.internal.ZstdCodec} is the wire's compression, for servers too. Arrows: proto,
 * core and crypto.
 */
@NullMarked
package io.aifs.client.internal;

import org.jspecify.annotations.NullMarked;
