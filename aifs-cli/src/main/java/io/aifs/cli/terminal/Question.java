package io.aifs.cli.terminal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Asks the user on the terminal. */
public final class Question {
  private static final int ANSWER_BYTES_MAX = 1_000;
  private final Surroundings surroundings;

  public Question(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Whether someone is there to answer. */
  public boolean canAsk() {
    return surroundings.properties().inIsTerminal() && surroundings.properties().errIsTerminal();
  }

  /** Asks a question to be answered with yes or no; anything but yes is no. */
  public boolean agrees(String question) throws IOException {
    surroundings.err().print(question + " [y/N] ");
    surroundings.err().flush();
    String answer = line(surroundings.in()).strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private static String line(InputStream in) throws IOException {
    byte[] bytes = new byte[ANSWER_BYTES_MAX];
    int count = 0;
    int next = in.read();
    while (next >= 0 && next != '\n' && count < bytes.length) {
      bytes[count++] = (byte) next;
      next = in.read();
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }
}
