package io.aifs.cli.command;

import io.aifs.cli.output.Output;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.concurrent.Callable;

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

  @Override
  public final Integer call() throws IOException {
    ExitCode exit = run();
    invocation.flush();
    return exit.code();
  }
}
