package io.aifs.client.internal;

import io.aifs.client.AifsClient;
import io.aifs.client.Transaction;
import io.aifs.client.TransactionStep;
import io.aifs.client.TransactionSummary;
import io.aifs.client.Transactions;
import io.aifs.core.model.Name;
import io.aifs.core.model.TransactionId;
import io.aifs.proto.v1.AbortTransactionRequest;
import io.aifs.proto.v1.ApplyRequest;
import io.aifs.proto.v1.ApplyResponse;
import io.aifs.proto.v1.BeginTransactionRequest;
import io.aifs.proto.v1.CommitTransactionRequest;
import io.aifs.proto.v1.CommitTransactionResponse;
import io.aifs.proto.v1.GetTransactionRequest;
import io.aifs.proto.v1.ListTransactionsRequest;
import io.aifs.proto.v1.RenewTransactionRequest;
import io.aifs.proto.v1.StageRequest;
import io.aifs.proto.v1.TransactionsGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Transactions over the service of that name. */
final class GrpcTransactions implements Transactions {
  private final Caller caller;
  private final Name namespace;
  private final Function<TransactionId, AifsClient> inside;

  /**
   * @param inside gives the client whose changes become part of a transaction
   */
  GrpcTransactions(Caller caller, Name namespace, Function<TransactionId, AifsClient> inside) {
    this.caller = caller;
    this.namespace = namespace;
    this.inside = inside;
  }

  @Override
  public Transaction begin() {
    return begin(Duration.ZERO);
  }

  @Override
  public TransactionSummary start(Duration lease) {
    return caller.change(
        TransactionsGrpc.getBeginMethod(),
        requestId ->
            BeginTransactionRequest.newBuilder()
                .setNamespace(namespace.value())
                .setLeaseSeconds(lease.toSeconds())
                .setRequestId(requestId)
                .build(),
        TransactionWire::summary);
  }

  @Override
  public Transaction begin(Duration lease) {
    TransactionSummary begun = start(lease);
    LeaseKeeper keeper = LeaseKeeper.start(() -> renew(begun.id()), begun.lease());
    return new GrpcTransaction(this, begun.id(), inside.apply(begun.id()), Optional.of(keeper));
  }

  @Override
  public Transaction join(TransactionId id) {
    return new GrpcTransaction(this, id, inside.apply(id), Optional.empty());
  }

  @Override
  public TransactionSummary get(TransactionId id) {
    return caller.ask(
        TransactionsGrpc.getGetMethod(),
        GetTransactionRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTransaction(id.toString())
            .build(),
        TransactionWire::summary);
  }

  @Override
  public Stream<TransactionSummary> list() {
    return Pages.stream(
        token ->
            caller.ask(
                TransactionsGrpc.getListMethod(),
                ListTransactionsRequest.newBuilder()
                    .setNamespace(namespace.value())
                    .setPageToken(token)
                    .build(),
                response ->
                    Pages.Page.of(
                        token,
                        response.getTransactionsList().stream()
                            .map(TransactionWire::summary)
                            .toList(),
                        response.getNextPageToken())));
  }

  @Override
  public long apply(List<TransactionStep> steps) {
    return caller.change(
        TransactionsGrpc.getApplyMethod(),
        requestId ->
            ApplyRequest.newBuilder()
                .setNamespace(namespace.value())
                .addAllSteps(TransactionWire.steps(steps))
                .setRequestId(requestId)
                .build(),
        ApplyResponse::getVersion);
  }

  void stage(TransactionId id, List<TransactionStep> steps) {
    caller.change(
        TransactionsGrpc.getStageMethod(),
        requestId ->
            StageRequest.newBuilder()
                .setNamespace(namespace.value())
                .setTransaction(id.toString())
                .addAllSteps(TransactionWire.steps(steps))
                .setRequestId(requestId)
                .build(),
        response -> response);
  }

  private void renew(TransactionId id) {
    caller.ask(
        TransactionsGrpc.getRenewMethod(),
        RenewTransactionRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTransaction(id.toString())
            .build(),
        response -> response);
  }

  long commit(TransactionId id) {
    return caller.ask(
        TransactionsGrpc.getCommitMethod(),
        CommitTransactionRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTransaction(id.toString())
            .build(),
        CommitTransactionResponse::getVersion);
  }

  void abort(TransactionId id) {
    caller.ask(
        TransactionsGrpc.getAbortMethod(),
        AbortTransactionRequest.newBuilder()
            .setNamespace(namespace.value())
            .setTransaction(id.toString())
            .build(),
        response -> response);
  }
}
