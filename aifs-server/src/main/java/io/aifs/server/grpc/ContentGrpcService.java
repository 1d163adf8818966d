package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.MissingChunksRequest;
import io.aifs.proto.v1.MissingChunksResponse;
import io.aifs.proto.v1.PutChunksRequest;
import io.aifs.proto.v1.PutChunksResponse;
import io.aifs.proto.v1.ReadManyRequest;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.proto.v1.ReadProof;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.aifs.proto.v1.ResolvePrefixRequest;
import io.aifs.proto.v1.ResolvePrefixResponse;
import io.aifs.proto.v1.StatAssetsRequest;
import io.aifs.proto.v1.StatAssetsResponse;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.ContentProver;
import io.aifs.server.engine.ContentRange;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.RangesReader;
import io.aifs.server.engine.RecalledContent;
import io.aifs.server.grpc.flow.FrameSender;
import io.aifs.server.grpc.gate.CallScope;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code aifs.v1.Content}: ranges of assets as streams, questions about many at once, and uploads
 * of what is missing.
 */
final class ContentGrpcService extends ContentGrpc.ContentImplBase {
  private static final int PREFIX_MATCHES_MAX = 10;

  private final AssetService assets;
  private final ScopedReads paths;
  private final Namespaces namespaces;
  private final Streams streams;
  private final Uploads uploads;

  ContentGrpcService(
      AssetService assets,
      ScopedReads paths,
      Namespaces namespaces,
      Streams streams,
      Uploads uploads) {
    this.assets = assets;
    this.paths = paths;
    this.namespaces = namespaces;
    this.streams = streams;
    this.uploads = uploads;
  }

  /** Runs on the connection's own thread, see {@link CallThreads}: here nothing may wait. */
  @Override
  public void read(ReadRequest request, StreamObserver<ReadResponse> observer) {
    Optional<ReadResponse> answer = recalled(request);
    if (answer.isPresent()) {
      Replies.send(observer, answer.get());
    } else {
      streams.run(observer, sender -> read(request, sender));
    }
  }

  /** The whole answer to a short read, if it can be given from memory. */
  private Optional<ReadResponse> recalled(ReadRequest request) {
    if (request.getTargetCase() != ReadRequest.TargetCase.ASSET_ID
        || request.getProof() != ReadProof.READ_PROOF_UNSPECIFIED) {
      return Optional.empty();
    }
    Digest id = Requests.assetId("asset_id", request.getAssetId());
    if (!Scope.current().readsById(id)) {
      return Optional.empty();
    }
    return namespaces
        .recall(request.getNamespace())
        .flatMap(namespace -> assets.recall(namespace, id))
        .flatMap(content -> recalled(content, request));
  }

  private static Optional<ReadResponse> recalled(RecalledContent content, ReadRequest request) {
    long offset = request.getOffset();
    long length = content.requireRange(offset, wanted(request));
    if (length > Limits.FRAME_BYTES) {
      return Optional.empty();
    }
    ReadResponse.Builder answer = head(content.info(), offset, length);
    ContentFrames only = only(answer);
    try {
      if (!content.read(offset, length, only)) {
        return Optional.empty();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a frame in memory throws nothing of the kind", e);
    }
    only.flush();
    return Optional.of(answer.build());
  }

  /** Gathers content of at most one frame into the message that is its head too. */
  private static ContentFrames only(ReadResponse.Builder answer) {
    return new ContentFrames(0, (_, data) -> answer.setData(data));
  }

  private void read(ReadRequest request, FrameSender<ReadResponse> sender) throws IOException {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    ContentReader reader = assets.open(namespace, target(namespace, request));
    long offset = request.getOffset();
    long length = reader.requireRange(offset, wanted(request));
    ReadResponse.Builder head = head(reader.info(), offset, length);
    switch (request.getProof()) {
      case READ_PROOF_UNSPECIFIED -> {
        if (length <= Limits.FRAME_BYTES) {
          ContentFrames only = only(head);
          reader.read(offset, length, only);
          only.flush();
          sender.send(head.build());
        } else {
          sender.send(head.build());
          ContentFrames frames =
              new ContentFrames(0, (_, data) -> sender.send(frame(data).build()));
          reader.read(offset, length, frames);
          frames.flush();
        }
      }
      case READ_PROOF_PIECES, READ_PROOF_RANGE -> {
        ContentProver prover = assets.prover(reader);
        if (request.getProof() == ReadProof.READ_PROOF_RANGE) {
          head.setProof(proof(prover, offset, length));
        }
        sender.send(head.build());
        ContentFrames frames =
            new ContentFrames(
                offset,
                (start, data) ->
                    sender.send(frame(data).setProof(proof(prover, start, data.size())).build()));
        reader.read(offset, length, frames);
        frames.flush();
      }
      case UNRECOGNIZED ->
          throw Requests.invalid(
              Reason.ARGUMENT_INVALID,
              "proof",
              "there is no kind of proof " + request.getProofValue(),
              "see ReadProof in aifs/v1/content.proto");
    }
  }

  private static Optional<Long> wanted(ReadRequest request) {
    return request.hasLength() ? Optional.of(request.getLength()) : Optional.empty();
  }

  private static ReadResponse.Builder head(AssetInfo asset, long offset, long length) {
    return ReadResponse.newBuilder()
        .setMetadata(Wire.metadata(asset))
        .setOffset(offset)
        .setLength(length);
  }

  private static ReadResponse.Builder frame(ByteString data) {
    return ReadResponse.newBuilder().setData(data);
  }

  private static ByteString proof(ContentProver prover, long offset, long length) {
    return UnsafeByteOperations.unsafeWrap(prover.prove(offset, length).toBytes());
  }

  private Digest target(NamespaceRow namespace, ReadRequest request) {
    return switch (request.getTargetCase()) {
      case ASSET_ID -> {
        Digest id = Requests.assetId("asset_id", request.getAssetId());
        paths.requireReadable(namespace, id, request.getBranch(), request.getFoundPath());
        yield id;
      }
      case PATH -> {
        Ref ref = Requests.ref("branch", request.getBranch());
        TreePath path = Requests.path("path", request.getPath());
        Scope.current().requireOnWay(path);
        yield paths.read(namespace, ref, queries -> queries.requireFile(path)).asset();
      }
      case TARGET_NOT_SET ->
          throw Requests.invalid(
              Reason.ARGUMENT_MISSING,
              "asset_id",
              "the request names neither an asset id nor a path",
              "send one of them");
    };
  }

  @Override
  public void readMany(ReadManyRequest request, StreamObserver<ReadManyResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    List<ContentRange> ranges = Requests.ranges("ranges", request.getRangesList());
    RangesReader reader = assets.openAll(namespace, ranges, paths.readable(namespace, request));
    String requestId = CallScope.current().requestId();
    streams.run(
        observer,
        sender -> {
          RangeFrames frames = new RangeFrames(sender::send, requestId);
          reader.read(frames);
          frames.flush();
        });
  }

  @Override
  public void statAssets(StatAssetsRequest request, StreamObserver<StatAssetsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    List<Digest> ids = Requests.assetIds("asset_ids", request.getAssetIdsList());
    Scope scope = Scope.current();
    scope.requireIds();
    Map<Digest, AssetInfo> found =
        assets.describeAll(namespace, ids.stream().filter(scope::readsById).toList());
    StatAssetsResponse.Builder reply = StatAssetsResponse.newBuilder();
    for (Digest id : ids) {
      AssetInfo info = found.get(id);
      if (info != null) {
        reply.addAssets(Wire.metadata(info));
      }
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void resolvePrefix(
      ResolvePrefixRequest request, StreamObserver<ResolvePrefixResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    ResolvePrefixResponse.Builder reply = ResolvePrefixResponse.newBuilder();
    for (Digest id : assets.findByPrefix(namespace, request.getPrefix(), PREFIX_MATCHES_MAX)) {
      reply.addAssetIds(id.hex());
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void missingChunks(
      MissingChunksRequest request, StreamObserver<MissingChunksResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    List<Digest> digests = Requests.digests("digests", request.getDigests());
    Set<Digest> missing = assets.missingChunks(namespace, digests, Scope.current().readsAll());
    Replies.send(
        observer,
        MissingChunksResponse.newBuilder()
            .setMissing(Wire.bits(digests, missing))
            .setRules(Wire.rules(namespace.chunker()))
            .build());
  }

  @Override
  public StreamObserver<PutChunksRequest> putChunks(StreamObserver<PutChunksResponse> observer) {
    return uploads.beginChunks(observer);
  }
}
