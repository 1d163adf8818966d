package io.aifs.cli.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.client.Audit;
import io.aifs.client.AuditRecords;
import io.aifs.core.audit.AuditChain;
import io.aifs.core.audit.AuditHead;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** A log of lines, which a test may change as it likes. */
public final class MemoryAudit implements Audit {
  public final List<String> lines = new ArrayList<>();

  /** How records were asked for. */
  public final List<String> asked = new ArrayList<>();

  /** Adds a record of a call. */
  public void add(String method, String outcome, String path) {
    Digest before = lines.isEmpty() ? AuditHead.BEFORE_FIRST.digest() : digest(lines.getLast());
    String covered =
        ("{\"seq\":%d,\"at\":\"2026-11-26T08:00:00.000000+00:00\",\"store\":\"0123\",\"token\":\"t1\","
                + "\"family\":\"f1\",\"method\":\"%s\",\"namespace\":\"papers\",\"what\":{\"path\":\"%s\"},"
                + "\"outcome\":\"%s\",\"reason\":\"\",\"request_id\":\"r\",\"client\":\"local\","
                + "\"count\":%d,\"prev\":\"%s\"")
            .formatted(lines.size() + 1, method, path, outcome, lines.size() + 1, before);
    lines.add(covered + ",\"digest\":\"" + Digest.of(covered.getBytes(UTF_8)) + "\"}");
  }

  private static Digest digest(String line) {
    return Digest.parse(line.substring(line.length() - 66, line.length() - 2));
  }

  /** Of the record with this number. */
  public AuditHead head(int sequence) {
    return new AuditHead("0123", sequence, digest(lines.get(sequence - 1)));
  }

  @Override
  public AuditRecords read(Start start, boolean follow) {
    asked.add(start + (follow ? ", following" : ""));
    int from =
        switch (start) {
          case Start.At(long sequence) -> (int) Math.min(sequence - 1, lines.size());
          case Start.Last(long count) -> (int) Math.max(0, lines.size() - count);
        };
    Iterator<String> left = List.copyOf(lines.subList(from, lines.size())).iterator();
    return new AuditRecords() {
      @Override
      public boolean hasNext() {
        return left.hasNext();
      }

      @Override
      public String next() {
        return left.next();
      }

      @Override
      public Optional<AuditHead> head() {
        return lines.isEmpty()
            ? Optional.empty()
            : Optional.of(MemoryAudit.this.head(lines.size()));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Checked verify(List<AuditHead> noted, Listener listener) {
    List<String> problems = new ArrayList<>();
    AuditChain chain = new AuditChain(noted, problems::add);
    lines.forEach(chain::add);
    chain.end();
    listener.checked(chain.lines());
    problems.forEach(listener::problem);
    return new Checked(chain.lines(), problems.size(), chain.head().orElse(AuditHead.BEFORE_FIRST));
  }
}
