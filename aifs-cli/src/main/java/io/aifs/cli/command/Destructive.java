package io.aifs.cli.command;

import io.aifs.cli.terminal.Question;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import picocli.CommandLine.Option;

/** The question before something is taken away. */
final class Destructive {
  @Option(
      names = {"-y", "--yes"},
      description = "do it without asking")
  private boolean yes;

  /**
   * Returns if the user agrees.
   *
   * @throws AifsException if the user does not, or cannot be asked
   */
  void confirm(Invocation invocation, String what) throws IOException {
    if (yes) {
      return;
    }
    Question question = new Question(invocation.surroundings());
    if (!question.canAsk()) {
      throw Usage.error(
          "this would " + what + ", and there is no terminal to ask on", "say so with -y");
    }
    if (!question.agrees("aifs: " + what + "?")) {
      throw new AifsException.Failed(Reason.CANCELLED, "nothing was done", "", null);
    }
  }
}
