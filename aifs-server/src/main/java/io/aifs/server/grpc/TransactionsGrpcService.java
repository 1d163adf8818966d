package io.aifs.server.grpc;

import io.aifs.core.Limits;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AbortTransactionRequest;
import io.aifs.proto.v1.ApplyRequest;
import io.aifs.proto.v1.ApplyResponse;
import io.aifs.proto.v1.BeginTransactionRequest;
import io.aifs.proto.v1.CommitTransactionRequest;
import io.aifs.proto.v1.CommitTransactionResponse;
import io.aifs.proto.v1.GetTransactionRequest;
import io.aifs.proto.v1.ListTransactionsRequest;
import io.aifs.proto.v1.ListTransactionsResponse;
import io.aifs.proto.v1.RenewTransactionRequest;
import io.aifs.proto.v1.StageRequest;
import io.aifs.proto.v1.StageResponse;
import io.aifs.proto.v1.StepResult;
import io.aifs.proto.v1.TransactionInfo;
import io.aifs.proto.v1.TransactionState;
import io.aifs.proto.v1.TransactionsGrpc;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.engine.history.RefResolver;
import io.aifs.server.engine.transaction.ApplyResult;
import io.aifs.server.engine.transaction.StageResult;
import io.aifs.server.engine.transaction.TransactionService;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code aifs.v1.Transactions}: many changes that become visible at one instant. */
final class TransactionsGrpcService extends TransactionsGrpc.TransactionsImplBase {
  private static final int PAGE_MAX = 1_000;

  private final TransactionService transactions;
  private final TransactionSteps steps;
  private final Namespaces namespaces;

  TransactionsGrpcService(
      TransactionService transactions, RefResolver resolver, Namespaces namespaces) {
    this.transactions = transactions;
    this.steps = new TransactionSteps(resolver);
    this.namespaces = namespaces;
  }

  @Override
  public void begin(BeginTransactionRequest request, StreamObserver<TransactionInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    long seconds = request.getLeaseSeconds();
    Duration lease = seconds == 0 ? TransactionService.LEASE : Duration.ofSeconds(seconds);
    StagedTransaction begun =
        transactions.begin(
            namespace,
            TransactionKeys.owner(),
            lease,
            Requests.writeRequest(request.getRequestId(), namespace.name(), "Begin", request));
    Replies.send(observer, info(namespace, begun));
  }

  @Override
  public void stage(StageRequest request, StreamObserver<StageResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    StageResult result =
        transactions.stage(
            TransactionKeys.of(namespace, request.getTransaction()),
            steps.of(namespace, request.getStepsList()),
            Scope.current().readsAll(),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "Stage", request));
    StageResponse.Builder reply =
        StageResponse.newBuilder().setTransaction(info(namespace, result.transaction()));
    result.ids().forEach(ids -> reply.addResults(result(ids)));
    Replies.send(observer, reply.build());
  }

  @Override
  public void commit(
      CommitTransactionRequest request, StreamObserver<CommitTransactionResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    TransactionService.Committed committed =
        transactions.commit(
            TransactionKeys.of(namespace, request.getTransaction()), Scope.current().readsAll());
    Replies.send(
        observer,
        CommitTransactionResponse.newBuilder()
            .setVersion(PutAnswers.current().version(committed.version()))
            .setSteps(committed.steps())
            .build());
  }

  @Override
  public void abort(AbortTransactionRequest request, StreamObserver<TransactionInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    StagedTransaction aborted =
        transactions.abort(TransactionKeys.of(namespace, request.getTransaction()));
    Replies.send(observer, info(namespace, aborted));
  }

  @Override
  public void renew(RenewTransactionRequest request, StreamObserver<TransactionInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    StagedTransaction renewed =
        transactions.renew(TransactionKeys.of(namespace, request.getTransaction()));
    Replies.send(observer, info(namespace, renewed));
  }

  @Override
  public void get(GetTransactionRequest request, StreamObserver<TransactionInfo> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    StagedTransaction found =
        transactions.get(TransactionKeys.of(namespace, request.getTransaction()));
    Replies.send(observer, info(namespace, found));
  }

  @Override
  public void list(
      ListTransactionsRequest request, StreamObserver<ListTransactionsResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    int limit = Requests.limit("page_size", request.getPageSize(), Limits.PAGE_DEFAULT, PAGE_MAX);
    Optional<TransactionId> after =
        PageToken.TRANSACTIONS
            .decode(request.getPageToken())
            .map(place -> TransactionKeys.of(namespace, place).id());
    List<StagedTransaction> found =
        transactions.list(namespace, TransactionKeys.owner(), after, limit + 1);
    ListTransactionsResponse.Builder reply = ListTransactionsResponse.newBuilder();
    found.stream().limit(limit).forEach(one -> reply.addTransactions(info(namespace, one)));
    if (found.size() > limit) {
      reply.setNextPageToken(PageToken.TRANSACTIONS.encode(found.get(limit - 1).id().toString()));
    }
    Replies.send(observer, reply.build());
  }

  @Override
  public void apply(ApplyRequest request, StreamObserver<ApplyResponse> observer) {
    NamespaceRow namespace = namespaces.of(request.getNamespace());
    ApplyResult result =
        transactions.apply(
            namespace,
            steps.of(namespace, request.getStepsList()),
            Scope.current().readsAll(),
            Requests.writeRequest(request.getRequestId(), namespace.name(), "Apply", request));
    ApplyResponse.Builder reply =
        ApplyResponse.newBuilder()
            .setVersion(PutAnswers.current().version(result.outcome().version()));
    result.ids().forEach(ids -> reply.addResults(result(ids)));
    Replies.send(observer, reply.build());
  }

  private static StepResult result(List<Optional<Digest>> ids) {
    return StepResult.newBuilder()
        .addAllAssetIds(ids.stream().map(id -> id.map(Digest::hex).orElse("")).toList())
        .build();
  }

  private static TransactionInfo info(NamespaceRow namespace, StagedTransaction transaction) {
    return TransactionInfo.newBuilder()
        .setId(transaction.id().toString())
        .setNamespace(namespace.name().value())
        .setState(state(transaction.state()))
        .setBegunAt(Timestamps.format(transaction.begunAt()))
        .setExpiresAt(Timestamps.format(transaction.expiresAt()))
        .setEndedAt(transaction.endedAt().map(Timestamps::format).orElse(""))
        .setLeaseSeconds(transaction.lease().toSeconds())
        .setSteps(transaction.steps())
        .setEntries(transaction.entries())
        .setStagedBytes(transaction.bytes())
        .setVersion(PutAnswers.current().version(transaction.version()))
        .build();
  }

  private static TransactionState state(StagedTransaction.State state) {
    return switch (state) {
      case OPEN -> TransactionState.TRANSACTION_STATE_OPEN;
      case COMMITTED -> TransactionState.TRANSACTION_STATE_COMMITTED;
      case ABORTED -> TransactionState.TRANSACTION_STATE_ABORTED;
      case EXPIRED -> TransactionState.TRANSACTION_STATE_EXPIRED;
      case LOST -> TransactionState.TRANSACTION_STATE_LOST;
    };
  }
}
