package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The head of the audit log: the newest that was kept. */
public abstract class AuditContract extends CatalogContract {
  private Optional<AuditHeadRow> head() {
    return catalog.read(reader -> reader.audit().head());
  }

  @Test
  void headIsTheOneThatWasKeptLast() {
    assertThat(head()).isEmpty();
    AuditHeadRow first = new AuditHeadRow(0, id("none"), id("mac"));
    AuditHeadRow second = new AuditHeadRow(1L << 40, id("record"), id("other mac"));
    change(writer -> writer.audit().keepHead(first));
    assertThat(head()).contains(first);
    change(writer -> writer.audit().keepHead(second));
    reopen();

    assertThat(head()).contains(second);
  }
}
