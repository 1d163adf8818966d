package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.policy.PolicyService;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Content that is not what its kind demands, by every way that an asset is put. */
class PayloadsTest extends PayloadFixture {
  private static final Map<String, String> MARK =
      Map.of("aifs.payload", "unvalidated", "aifs.payload.problem", "byte 0: there is no 'tensor'");

  private static final String LONG = "tensor " + "0123456789abcdef".repeat(60_000);

  @Test
  void uploadsOfTheOldCallAreMarked() {
    PutResult result = put(AssetKind.TENSOR, "x");

    assertThat(result.payloadProblem()).isEqualTo("byte 0: there is no 'tensor'");
    assertThat(metadataOf("x")).isEqualTo(MARK);
    assertThat(put(AssetKind.TENSOR, "tensor").payloadProblem()).isEmpty();
    assertThat(metadataOf("tensor")).isEmpty();
  }

  @Test
  void newCallsRefuse() {
    assertThat(reasonOf(() -> putChunks(AssetKind.TENSOR, "x", true)))
        .isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(reasonOf(() -> putFile("a", AssetKind.TENSOR, "x")))
        .isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(isVisible("x")).isFalse();
    assertThat(putChunks(AssetKind.TENSOR, LONG, true).payloadProblem()).isEmpty();
    assertThat(putFile("a", AssetKind.ARTIFACT, "artifact").version()).isPositive();
    assertThat(kindOf(LONG)).isEqualTo(AssetKind.TENSOR);
  }

  @Test
  void aBatchIsRefusedWholeAndNamesTheFile() {
    List<FilePut> files = List.of(file("a", "good"), file("b/c", AssetKind.TENSOR, "x"));

    AifsException.InvalidRequest refusal =
        catchThrowableOfType(
            AifsException.InvalidRequest.class,
            () -> engine.files().put(space, MAIN, files, Optional.empty()));

    assertThat(refusal).hasMessageStartingWith("'b/c': the content is not what kind TENSOR");
    assertThat(paths()).isEmpty();
  }

  @Test
  void contentOfManyChunksIsReadBack() {
    String content = "x" + LONG;

    assertThat(put(AssetKind.TENSOR, content).payloadProblem()).isNotEmpty();
    assertThat(put(AssetKind.TENSOR, LONG).payloadProblem()).isEmpty();
  }

  @Test
  void thePolicySaysWhatIsDone() {
    validate("strict");
    assertThat(reasonOf(() -> put(AssetKind.TENSOR, "x"))).isEqualTo(Reason.PAYLOAD_INVALID);
    validate("warn");
    assertThat(putChunks(AssetKind.TENSOR, "x", true).payloadProblem()).isNotEmpty();
    assertThat(putFile("a", AssetKind.TENSOR, "xx").version()).isPositive();
    assertThat(metadataOf("xx")).isEqualTo(MARK);
    validate("off");
    payloads.fail(true);
    assertThat(put(AssetKind.TENSOR, "xxx").payloadProblem()).isEmpty();
    assertThat(putChunks(AssetKind.TENSOR, "xxxx", true).payloadProblem()).isEmpty();
    assertThat(metadataOf("xxx")).isEmpty();
  }

  @Test
  void aFailureToReadBackIsNoVerdict() {
    payloads.fail(true);

    assertThat(reasonOf(() -> put(AssetKind.TENSOR, "tensor"))).isEqualTo(Reason.IO_FAILED);
    assertThat(reasonOf(() -> putFile("a", AssetKind.TENSOR, "tensor")))
        .isEqualTo(Reason.IO_FAILED);
    assertThat(isVisible("tensor")).isFalse();
  }

  @Test
  void aBlobBecomesMoreOnlyIfItIsWhatThatDemands() {
    put(file("a", "x"), file("b", "tensor"));
    for (String mode : List.of("warn", "off")) {
      validate(mode);
      assertThat(reasonOf(() -> put(AssetKind.TENSOR, "x"))).isEqualTo(Reason.PAYLOAD_INVALID);
      assertThat(kindOf("x")).isEqualTo(AssetKind.BLOB);
    }

    assertThat(put(AssetKind.TENSOR, "tensor").payloadProblem()).isEmpty();

    assertThat(kindOf("tensor")).isEqualTo(AssetKind.TENSOR);
    assertThat(metadataOf("tensor")).isEmpty();
  }

  @Test
  void whoMayNotReadIsToldTheSameOfABlobThatIsThere() {
    put(file("a", "x"));

    PutResult there = put(AssetKind.TENSOR, "x", false);
    PutResult fresh = put(AssetKind.TENSOR, "y", false);

    assertThat(there.payloadProblem()).isEqualTo(fresh.payloadProblem()).isNotEmpty();
    assertThat(kindOf("x")).isEqualTo(AssetKind.BLOB);
    assertThat(metadataOf("x")).isEmpty();
    validate("off");
    assertThat(put(AssetKind.TENSOR, "x", false).payloadProblem()).isEmpty();
    assertThat(kindOf("x")).isEqualTo(AssetKind.BLOB);
  }

  @Test
  void aMarkGoesOnceTheContentIsFoundGood() {
    var _ = put(AssetKind.TENSOR, "x");
    validate("off");
    var _ = put(AssetKind.TENSOR, "x");
    assertThat(metadataOf("x")).as("nobody looked").isEqualTo(MARK);
    validate("warn");
    payloads.accept(true);

    assertThat(put(AssetKind.TENSOR, "x").payloadProblem()).isEmpty();

    assertThat(metadataOf("x")).isEmpty();
  }

  @Test
  void nobodyElseWritesTheMark() {
    for (String key : List.of("aifs.payload", "aifs.payload.problem", "aifs.payloads")) {
      PutHeader header =
          new PutHeader(AssetKind.BLOB, Map.of(key, "x"), List.of(), new byte[0], Optional.empty());
      FilePut plain = file("a", "x");
      FilePut file =
          new FilePut(
              plain.path(),
              plain.what(),
              plain.attributes(),
              plain.kind(),
              Map.of(key, "x"),
              List.of());
      List<StepOrder> steps = List.of(new StepOrder.PutFiles(MAIN, List.of(file)));

      assertThat(reasonOf(() -> engine.assets().beginPut(space, header)))
          .isEqualTo(Reason.ARGUMENT_INVALID);
      assertThat(reasonOf(() -> engine.assets().beginChunks(space, header, true)))
          .isEqualTo(Reason.ARGUMENT_INVALID);
      assertThat(reasonOf(() -> put(file))).isEqualTo(Reason.ARGUMENT_INVALID);
      assertThat(reasonOf(() -> transactions().apply(space, steps, Optional.empty())))
          .isEqualTo(Reason.ARGUMENT_INVALID);
    }
  }

  @Test
  void theMarkIsNotJudgedByThePolicy() {
    policy(
        "\"metadata\": {\"*\": {\"maxProperties\": 0}}, \"limits\": {\"metadata_bytes_max\": 0},"
            + " \"payload\": {\"validate\": \"warn\"}");

    assertThat(put(AssetKind.TENSOR, "x").payloadProblem()).isNotEmpty();
    assertThat(put(AssetKind.TENSOR, "x").payloadProblem()).isNotEmpty();

    assertThat(metadataOf("x")).isEqualTo(MARK);
  }

  @Test
  void aRetryIsAnsweredAsTheFirstTime() {
    WriteRequest request =
        new WriteRequest(new RequestKey("token", "PutAsset", "r1"), idOf("the request"));

    PutResult first = putWith(request);
    validate("strict");

    assertThat(putWith(request)).isEqualTo(first);
    assertThat(first.payloadProblem()).isNotEmpty();
  }

  private PutResult putWith(WriteRequest request) {
    try (PutSession session = engine.assets().beginPut(space, header(AssetKind.TENSOR))) {
      session.write(new byte[] {1, 2}, 0, 2);
      return session.finish(Optional.of(request));
    }
  }

  @Test
  void aTransactionIsJudgedByThePolicyOfItsCommit() {
    TransactionKey key = begin();
    try (PutSession session =
        engine.assets().beginPut(space, header(AssetKind.TENSOR), transactions().puts(key))) {
      session.write(new byte[] {'x'}, 0, 1);
      assertThat(session.finish(Optional.empty()).payloadProblem()).isNotEmpty();
    }
    validate("strict");
    AifsException.InvalidRequest refusal =
        catchThrowableOfType(AifsException.InvalidRequest.class, () -> transactions().commit(key));
    assertThat(refusal.reason()).isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(isVisible("x")).isFalse();
    validate("warn");

    var _ = transactions().commit(key);

    assertThat(metadataOf("x")).isEqualTo(MARK);
  }

  @Test
  void filesOfATransactionAreRefusedWhenTheyAreStaged() {
    TransactionKey key = begin();
    List<StepOrder> steps =
        List.of(new StepOrder.PutFiles(MAIN, List.of(file("a", AssetKind.TENSOR, "x"))));

    assertThat(reasonOf(() -> put(key, file("a", AssetKind.TENSOR, "x"))))
        .isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(reasonOf(() -> transactions().stage(key, steps, Optional.empty())))
        .isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(reasonOf(() -> transactions().apply(space, steps, Optional.empty())))
        .isEqualTo(Reason.PAYLOAD_INVALID);
  }

  @Test
  void whatWasNotLookedAtIsRefusedByALaterStrictPolicy() {
    validate("off");
    TransactionKey key = begin();
    put(key, file("a", AssetKind.TENSOR, "tensor"));
    validate("strict");

    AifsException.InvalidRequest refusal =
        catchThrowableOfType(AifsException.InvalidRequest.class, () -> transactions().commit(key));

    assertThat(refusal).hasMessageContaining("nobody looked");
  }

  @Test
  void aCheckOfThePolicyNamesWhatIsMarked() {
    var _ = put(AssetKind.TENSOR, "x");
    var _ = put(AssetKind.TENSOR, "tensor");
    String strict = "{\"version\": 1, \"payload\": {\"validate\": \"strict\"}}";

    PolicyService.Page page =
        engine.policies().checkStored(space, Optional.of(strict), Optional.empty(), 10);

    assertThat(page.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.asset()).isEqualTo(idOf("x"));
              assertThat(finding.violation().rule()).isEqualTo("/payload/validate");
              assertThat(finding.violation().message()).contains("there is no 'tensor'");
            });
    validate("warn");
    assertThat(
            engine.policies().checkStored(space, Optional.empty(), Optional.empty(), 10).findings())
        .isEmpty();
  }
}
