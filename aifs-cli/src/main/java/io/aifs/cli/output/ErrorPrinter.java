package io.aifs.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import io.aifs.cli.terminal.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells on standard error why a command failed. */
public final class ErrorPrinter {
  private final PrintStream err;
  private final OutputMode mode;

  public ErrorPrinter(PrintStream err, OutputMode mode) {
    this.err = err;
    this.mode = mode;
  }

  /**
   * @param trace shown below the message, for whoever asked with -v
   */
  public void print(Failure failure, @Nullable Throwable trace) {
    if (mode == OutputMode.TABLE) {
      err.println("aifs: " + Printable.of(failure.message()));
      if (!failure.hint().isEmpty()) {
        err.println("  " + Printable.of(failure.hint()));
      }
    } else {
      err.println(json(failure));
    }
    if (trace != null) {
      trace.printStackTrace(err);
    }
    err.flush();
  }

  private static String json(Failure failure) {
    Fields error =
        Fields.of("code", failure.code())
            .with("exit", failure.exit().code())
            .with("message", failure.message())
            .with("hint", failure.hint())
            .with("request_id", failure.requestId());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = JsonText.compact(bytes)) {
      JsonText.write(generator, Fields.of("error", error.map()).map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
