package io.aifs.client.internal;

import io.aifs.client.Lineage;
import io.aifs.client.WalkOptions;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AddParentsRequest;
import io.aifs.proto.v1.FindPathRequest;
import io.aifs.proto.v1.LineageGrpc;
import io.aifs.proto.v1.WhyRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Lineage over the service of that name. */
final class GrpcLineage implements Lineage {
  private final Caller caller;
  private final Name namespace;

  GrpcLineage(Caller caller, Name namespace) {
    this.caller = caller;
    this.namespace = namespace;
  }

  @Override
  public Added addParents(List<NewParents> children) {
    return caller.change(
        LineageGrpc.getAddParentsMethod(),
        requestId ->
            AddParentsRequest.newBuilder()
                .setNamespace(namespace.value())
                .addAllChildren(children.stream().map(GrpcLineage::message).toList())
                .setRequestId(requestId)
                .build(),
        response -> new Added(response.getAdded(), response.getVersion()));
  }

  private static io.aifs.proto.v1.NewParents message(NewParents child) {
    return io.aifs.proto.v1.NewParents.newBuilder()
        .setChildAssetId(child.child().hex())
        .addAllParents(ToWire.parents(child.parents()))
        .build();
  }

  @Override
  public Set<Limit> traverse(Digest start, WalkOptions options, Consumer<Page> pages) {
    return new LineageWalk(caller, LineageWire.request(namespace, start, options), pages).run();
  }

  @Override
  public Path path(Digest from, Digest to) {
    return caller.ask(
        LineageGrpc.getFindPathMethod(),
        FindPathRequest.newBuilder()
            .setNamespace(namespace.value())
            .setFromAssetId(from.hex())
            .setToAssetId(to.hex())
            .build(),
        LineageWire::path);
  }

  @Override
  public Reasons why(Digest asset, int limit) {
    return caller.ask(
        LineageGrpc.getWhyMethod(),
        WhyRequest.newBuilder()
            .setNamespace(namespace.value())
            .setAssetId(asset.hex())
            .setLimit(limit)
            .build(),
        LineageWire::reasons);
  }
}
