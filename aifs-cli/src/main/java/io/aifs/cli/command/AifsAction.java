package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Output;
import io.aifs.cli.output.Rows;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;

/** A command: what it does, and the exit code it ends with. */
abstract class AifsAction implements Callable<Integer> {
  private final Invocation invocation;

  AifsAction(Invocation invocation) {
    this.invocation = invocation;
  }

  final Invocation invocation() {
    return invocation;
  }

  final Output output() throws IOException {
    return invocation.output();
  }

  /** Does it. Failures are exceptions. */
  abstract ExitCode run() throws IOException;

  /** Prints rows as they come: a line of each for people, fields for programs. */
  final <T> void list(
      String name, Stream<T> items, Function<T, String> line, Function<T, Fields> fields)
      throws IOException {
    try (Rows rows = output().rows(name)) {
      for (Iterator<T> left = items.iterator(); left.hasNext(); ) {
        T item = left.next();
        rows.add(line.apply(item), fields.apply(item));
      }
    }
  }

  @Override
  public final Integer call() throws IOException {
    ExitCode exit = run();
    invocation.flush();
    return exit.code();
  }
}
