package io.aifs.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new NoSuchFileException("f"), ExitCode.NOT_FOUND, "PATH_NOT_FOUND"),
        Arguments.of(new AccessDeniedException("f"), ExitCode.DENIED, "FILE_ACCESS_DENIED"),
        Arguments.of(new FileAlreadyExistsException("f"), ExitCode.CONFLICT, "PATH_EXISTS"),
        Arguments.of(new NotDirectoryException("f"), ExitCode.CONFLICT, "NOT_A_DIRECTORY"),
        Arguments.of(new IOException("No space left on device"), ExitCode.EXHAUSTED, "DISK_FULL"),
        Arguments.of(new IOException("broken"), ExitCode.FAILED, "IO_FAILED"),
        Arguments.of(
            new UncheckedIOException(new NoSuchFileException("f")),
            ExitCode.NOT_FOUND,
            "PATH_NOT_FOUND"),
        Arguments.of(new InterruptedException(), ExitCode.INTERRUPTED, "CANCELLED"),
        Arguments.of(new OutOfMemoryError(), ExitCode.EXHAUSTED, "MEMORY_BUDGET"),
        Arguments.of(new IllegalStateException("bug"), ExitCode.FAILED, "INTERNAL"),
        Arguments.of(
            new AifsException.Corrupt(Reason.ASSET_DAMAGED, "bad", "restore"),
            ExitCode.INTEGRITY,
            "ASSET_DAMAGED"),
        Arguments.of(
            new AifsException.Unavailable(Reason.STORE_LOCKED, "held", "wait", null),
            ExitCode.LOCKED,
            "STORE_LOCKED"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureHasItsCodes(Throwable thrown, ExitCode exit, String code) {
    Failure failure = Failure.of(thrown);
    assertThat(failure.exit()).isEqualTo(exit);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.message()).isNotBlank();
  }

  private static String printed(OutputMode mode, Failure failure) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      new ErrorPrinter(err, mode).print(failure, null);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void errorsAreTextOrJson() {
    AifsException thrown =
        new AifsException.NotFound(Reason.ASSET_NOT_FOUND, "no \"x\"\u001b", "look");
    thrown.setRequestId("r1");
    Failure failure = Failure.of(thrown);
    assertThat(printed(OutputMode.TABLE, failure))
        .isEqualToNormalizingNewlines("aifs: no \"x\"\\x1b\n  look\n");
    assertThat(printed(OutputMode.JSON, failure).strip())
        .isEqualTo(
            "{\"error\":{\"code\":\"ASSET_NOT_FOUND\",\"exit\":5,\"message\":\"no \\\"x\\\"\\u001B\","
                + "\"hint\":\"look\",\"request_id\":\"r1\"}}");
  }

  @Test
  void aReaderWhoWentAwayIsNotAFullDisk() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    assertThat(thrownBy(broken)).isInstanceOf(BrokenPipeException.class);
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(thrownBy(full)).isExactlyInstanceOf(IOException.class);
  }

  private static Throwable thrownBy(OutputStream out) {
    return org.assertj.core.api.Assertions.catchThrowable(
        () -> {
          try (StandardOutput standard = new StandardOutput(out)) {
            standard.write(1);
          }
        });
  }
}
