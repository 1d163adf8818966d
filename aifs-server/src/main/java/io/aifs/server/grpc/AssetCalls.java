package io.aifs.server.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.DeleteAssetResponse;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.GetAssetResponse;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ListAssetsResponse;
import io.aifs.proto.v1.VerifyAssetRequest;
import io.aifs.proto.v1.VerifyAssetResponse;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetDetail;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.AssetVerifier;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.grpc.flow.CallCharge;
import io.aifs.server.grpc.gate.CallScope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The calls of {@code aifs.v1.AIFS} about single assets. Thread-safe. */
final class AssetCalls {
  private final AssetService assets;
  private final DeleteService deletes;
  private final AssetVerifier verifier;
  private final ScopedReads paths;
  private final Namespaces namespaces;

  AssetCalls(
      AssetService assets,
      DeleteService deletes,
      AssetVerifier verifier,
      ScopedReads paths,
      Namespaces namespaces) {
    this.assets = assets;
    this.deletes = deletes;
    this.verifier = verifier;
    this.paths = paths;
    this.namespaces = namespaces;
  }

  GetAssetResponse get(GetAssetRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Digest id = Requests.assetId("asset_id", request.getAssetId());
    paths.requireReadable(namespace, id, request.getBranch(), request.getFoundPath());
    AssetDetail detail = assets.detail(namespace, id);
    GetAssetResponse.Builder reply =
        GetAssetResponse.newBuilder()
            .setMetadata(Wire.metadata(detail.info()))
            .setUri("aifs://" + id);
    if (Scope.current().isWhole()) {
      addLineage(detail, reply);
    }
    if (request.getIncludeData()) {
      reply.setData(content(namespace, id));
    }
    return reply.build();
  }

  /** It names assets that may be anywhere. */
  private static void addLineage(AssetDetail detail, GetAssetResponse.Builder reply) {
    reply.setChildrenTruncated(detail.childrenTruncated());
    for (ParentEdge parent : detail.parents()) {
      reply.addParents(Wire.edge(parent));
    }
    for (Digest child : detail.children()) {
      reply.addChildren(child.hex());
    }
  }

  private ByteString content(NamespaceRow namespace, Digest id) {
    ContentReader reader = assets.open(namespace, id);
    long size = reader.info().size();
    if (size > Limits.INLINE_DATA_BYTES_MAX) {
      throw new AifsException.LimitExceeded(
          Reason.MESSAGE_TOO_LARGE,
          "asset "
              + id
              + " has "
              + size
              + " bytes, over the "
              + Limits.INLINE_DATA_BYTES_MAX
              + " that fit into one message: read it as a stream with aifs.v1.Content/Read",
          "");
    }
    CallCharge.current().take(size);
    Gathered gathered = new Gathered();
    try {
      reader.read(0, size, gathered);
    } catch (IOException e) {
      throw new UncheckedIOException("gathering in memory failed", e);
    }
    return gathered.bytes;
  }

  private static final class Gathered implements ContentReader.Sink {
    private ByteString bytes = ByteString.EMPTY;

    @Override
    public void accept(byte[] chunk, int offset, int length) {
      bytes = bytes.concat(UnsafeByteOperations.unsafeWrap(chunk, offset, length));
    }
  }

  DeleteAssetResponse delete(DeleteAssetRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Digest id = Requests.assetId("asset_id", request.getAssetId());
    Optional<WriteRequest> identity =
        Requests.writeRequest(request.getRequestId(), namespace.name(), "DeleteAsset", request);
    deletes.delete(
        namespace,
        id,
        request.getForce(),
        CallScope.current().caller().family(),
        request.getWhy(),
        identity);
    return DeleteAssetResponse.newBuilder().setSuccess(true).setMessage("deleted " + id).build();
  }

  ListAssetsResponse list(ListAssetsRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = Requests.limit("limit", request.getLimit(), Limits.PAGE_DEFAULT, Limits.PAGE_MAX);
    int offset = Requests.offset(request.getOffset(), request.getPageToken());
    AssetFilter filter = Requests.assetFilter(request);
    boolean byId = filter.idPrefix().isPresent();
    Optional<AssetPage.Position> after =
        PageToken.ASSETS.decode(request.getPageToken()).map(place -> position(place, byId));
    AssetPage page = assets.list(namespace, filter, after, offset, limit);
    ListAssetsResponse.Builder reply = ListAssetsResponse.newBuilder();
    for (AssetRow row : page.assets()) {
      reply.addAssets(Wire.metadata(row.info()));
    }
    page.next()
        .map(next -> PageToken.ASSETS.encode(place(next)))
        .ifPresent(reply::setNextPageToken);
    return reply.build();
  }

  private static String place(AssetPage.Position position) {
    return switch (position) {
      case AssetPage.Birth(long event, int index) -> event + ":" + index;
      case AssetPage.ById(Digest id) -> id.hex();
    };
  }

  private static AssetPage.Position position(String place, boolean byId) {
    return Requests.parsed(
        Reason.ARGUMENT_INVALID,
        "page_token",
        "send next_page_token of the page before, or leave it empty",
        () -> {
          int colon = place.indexOf(':');
          if (byId != colon < 0) {
            throw new IllegalArgumentException("token is not of this listing");
          }
          if (byId) {
            return new AssetPage.ById(Digest.parse(place));
          }
          return new AssetPage.Birth(
              Long.parseLong(place.substring(0, colon)),
              Integer.parseInt(place.substring(colon + 1)));
        });
  }

  VerifyAssetResponse verify(VerifyAssetRequest request) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    Digest id = Requests.assetId("asset_id", request.getAssetId());
    paths.requireReadable(namespace, id, request.getBranch(), request.getFoundPath());
    AssetVerifier.Verdict verdict = verifier.verify(namespace, id);
    return VerifyAssetResponse.newBuilder()
        .setValid(verdict.valid())
        .setMessage(verdict.valid() ? "the content matches its id" : verdict.message())
        .setComputedHash(verdict.computed().map(Digest::hex).orElse(""))
        .setStoredHash(id.hex())
        .build();
  }
}
