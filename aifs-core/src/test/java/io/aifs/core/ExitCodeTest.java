package io.aifs.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
  @Test
  void everyKindOfFailureHasItsCode() {
    Reason any = Reason.ARGUMENT_INVALID;
    Map<AifsException, Integer> expected =
        Map.ofEntries(
            Map.entry(new AifsException.Failed(any, "m", "h", null), 1),
            Map.entry(new AifsException.InvalidRequest(any, "f", "m", "h"), 2),
            Map.entry(new AifsException.Unauthenticated(any, "m", "h"), 4),
            Map.entry(new AifsException.Denied(any, "m", "h"), 4),
            Map.entry(new AifsException.NotFound(any, "m", "h"), 5),
            Map.entry(new AifsException.AlreadyExists(any, "m", "h"), 6),
            Map.entry(new AifsException.Conflict(any, "m", "h"), 6),
            Map.entry(new AifsException.Precondition(any, "m", "h"), 6),
            Map.entry(new AifsException.Corrupt(any, "m", "h"), 7),
            Map.entry(new AifsException.LimitExceeded(any, "m", "h"), 8),
            Map.entry(new AifsException.Unavailable(any, "m", "h", null), 9),
            Map.entry(new AifsException.Unsupported(any, "m", "h"), 12));
    assertThat(expected).hasSize(AifsException.class.getPermittedSubclasses().length);
    expected.forEach((failure, code) -> assertThat(ExitCode.of(failure).code()).isEqualTo(code));
  }

  @Test
  void someReasonsDecideAlone() {
    assertThat(ExitCode.of(new AifsException.Unavailable(Reason.STORE_LOCKED, "m", "h", null)))
        .isEqualTo(ExitCode.LOCKED);
    assertThat(ExitCode.of(new AifsException.Precondition(Reason.READ_ONLY_REF, "m", "h")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(ExitCode.of(new AifsException.Precondition(Reason.FORMAT_NEWER, "m", "h")))
        .isEqualTo(ExitCode.UNSUPPORTED);
    assertThat(ExitCode.of(new AifsException.Failed(Reason.METHOD_NOT_BUILT, "m", "h", null)))
        .isEqualTo(ExitCode.UNSUPPORTED);
  }

  @Test
  void codesAreTheDocumentedOnes() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::code))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 130, 143);
  }
}
