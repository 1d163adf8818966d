package io.aifs.client.internal;

import io.aifs.client.AssetDetail;
import io.aifs.client.AssetRange;
import io.aifs.client.Assets;
import io.aifs.client.Content;
import io.aifs.client.ProofDemand;
import io.aifs.client.PutEstimate;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.client.RangeOutcome;
import io.aifs.client.RangeRead;
import io.aifs.client.ReadTarget;
import io.aifs.core.Limits;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ListAssetsResponse;
import io.aifs.proto.v1.ReadProof;
import io.aifs.proto.v1.ResolvePrefixRequest;
import io.aifs.proto.v1.StatAssetsRequest;
import io.aifs.proto.v1.VerifyAssetRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Assets over the services AIFS and Content. */
final class GrpcAssets implements Assets {
  /** What is no larger is sent without asking: the answer would take as long as the bytes. */
  private static final int ASKED_ABOVE_BYTES = Limits.FRAME_BYTES;

  private final Caller caller;
  private final StoreRules rules;
  private final Name namespace;

  GrpcAssets(Caller caller, StoreRules rules, Name namespace) {
    this.caller = caller;
    this.rules = rules;
    this.namespace = namespace;
  }

  @Override
  public PutOutcome put(PutOptions options, Content content) {
    // The old call stores also what is not what its kind demands.
    boolean looksInto = options.kind() != AssetKind.BLOB;
    if (!caller.asksFirst() && !looksInto) {
      return new AssetUpload(caller, namespace, options, content).run();
    }
    try (PeekedContent peeked = PeekedContent.of(content, ASKED_ABOVE_BYTES)) {
      Optional<UploadRules> cutting =
          peeked.isSmall() && !looksInto ? Optional.empty() : rules.of(namespace);
      return cutting.isPresent()
          ? new ChunkedUpload(caller, namespace, options, peeked, cutting.get()).run()
          : new AssetUpload(caller, namespace, options, peeked).run();
    } catch (IOException e) {
      throw FailureMapper.unreadable(caller.newContext(AIFSGrpc.getPutAssetMethod()), e);
    }
  }

  @Override
  public PutEstimate compare(Content content) {
    try {
      Optional<UploadRules> cutting = rules.of(namespace);
      return cutting.isPresent()
          ? new ChunkComparison(rules, namespace, cutting.get()).compare(content)
          : compareWhole(content);
    } catch (IOException e) {
      throw FailureMapper.unreadable(caller.newContext(ContentGrpc.getMissingChunksMethod()), e);
    }
  }

  /** With a server that does not speak of chunks: all is there, or all is to be moved. */
  private PutEstimate compareWhole(Content content) throws IOException {
    try (InputStream in = content.open()) {
      FrameReader frames = new FrameReader(in, true);
      long count = 0;
      while (!frames.next().isEmpty()) {
        count++;
      }
      Digest id = frames.digest().orElseThrow();
      boolean there = statAll(List.of(id)).containsKey(id);
      return new PutEstimate(
          id, frames.length(), count, there ? 0 : count, there ? 0 : frames.length());
    }
  }

  @Override
  public AssetDetail stat(Digest id) {
    return stat(asked(id));
  }

  @Override
  public AssetDetail stat(ReadTarget.Found found) {
    return stat(
        asked(found.id()).setBranch(found.ref().toString()).setFoundPath(found.path().value()));
  }

  private GetAssetRequest.Builder asked(Digest id) {
    return GetAssetRequest.newBuilder().setAssetId(id.hex()).setNamespace(namespace.value());
  }

  private AssetDetail stat(GetAssetRequest.Builder request) {
    return caller.ask(AIFSGrpc.getGetAssetMethod(), request.build(), FromWire::detail);
  }

  @Override
  public Map<Digest, AssetInfo> statAll(Collection<Digest> ids) {
    Map<Digest, AssetInfo> found = new LinkedHashMap<>();
    for (List<Digest> batch : Batches.of(ids)) {
      StatAssetsRequest request =
          StatAssetsRequest.newBuilder()
              .setNamespace(namespace.value())
              .addAllAssetIds(batch.stream().map(Digest::hex).toList())
              .build();
      caller
          .ask(
              ContentGrpc.getStatAssetsMethod(),
              request,
              response -> response.getAssetsList().stream().map(FromWire::asset).toList())
          .forEach(asset -> found.put(asset.id(), asset));
    }
    return found;
  }

  @Override
  public InputStream read(ReadTarget target, long offset, Optional<Long> length) {
    return new AssetStream(
        reader(
            target,
            new AssetReader.AskedRange(offset, length),
            ReadProof.READ_PROOF_UNSPECIFIED,
            ProofDemand.IF_OFFERED));
  }

  @Override
  public RangeRead readRange(
      ReadTarget target, long offset, Optional<Long> length, ProofDemand demand) {
    AssetReader reader =
        reader(
            target, new AssetReader.AskedRange(offset, length), ReadProof.READ_PROOF_RANGE, demand);
    return new RangeRead(reader.asset(), reader.rangeProof(), new AssetStream(reader));
  }

  private AssetReader reader(
      ReadTarget target, AssetReader.AskedRange range, ReadProof proof, ProofDemand demand) {
    return new AssetReader(caller, namespace, target, range, proof, demand);
  }

  @Override
  public void readAll(Ref ref, List<AssetRange> ranges, RangeOutcome.Receiver receiver)
      throws IOException {
    new RangesReader(caller, namespace, ref, ranges, receiver).run();
  }

  @Override
  public AssetPage list(AssetFilter filter, int limit, Optional<String> pageToken) {
    ListAssetsRequest request =
        ListAssetsRequest.newBuilder()
            .setNamespace(namespace.value())
            .setLimit(limit)
            .setPageToken(pageToken.orElse(""))
            .setIdPrefix(filter.idPrefix().orElse(""))
            .setCreatedFrom(filter.createdFrom().map(Instant::toString).orElse(""))
            .setCreatedBefore(filter.createdBefore().map(Instant::toString).orElse(""))
            .addAllKinds(filter.kinds().stream().map(ToWire::kind).toList())
            .putAllMetadata(filter.metadata())
            .build();
    return caller.ask(AIFSGrpc.getListAssetsMethod(), request, GrpcAssets::page);
  }

  private static AssetPage page(ListAssetsResponse response) {
    return new AssetPage(
        response.getAssetsList().stream().map(FromWire::asset).toList(),
        FromWire.pageToken(response.getNextPageToken()));
  }

  @Override
  public List<Digest> findByPrefix(String hexPrefix) {
    ResolvePrefixRequest request =
        ResolvePrefixRequest.newBuilder()
            .setNamespace(namespace.value())
            .setPrefix(hexPrefix)
            .build();
    return caller.ask(
        ContentGrpc.getResolvePrefixMethod(),
        request,
        response -> response.getAssetIdsList().stream().map(Digest::parse).toList());
  }

  @Override
  public void delete(Digest id, boolean force, String why) {
    caller.change(
        AIFSGrpc.getDeleteAssetMethod(),
        requestId ->
            DeleteAssetRequest.newBuilder()
                .setNamespace(namespace.value())
                .setAssetId(id.hex())
                .setForce(force)
                .setWhy(why)
                .setRequestId(requestId)
                .build(),
        response -> response);
  }

  @Override
  public AssetVerdict verify(Digest id) {
    VerifyAssetRequest request =
        VerifyAssetRequest.newBuilder()
            .setNamespace(namespace.value())
            .setAssetId(id.hex())
            .build();
    return caller.ask(
        AIFSGrpc.getVerifyAssetMethod(),
        request,
        response -> new AssetVerdict(response.getValid(), response.getMessage()));
  }
}
