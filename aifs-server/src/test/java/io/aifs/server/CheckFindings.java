package io.aifs.server;

import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.client.Maintenance.CheckEvent.Finding;
import java.util.List;

/** What checks find, collected. */
final class CheckFindings {
  static void collect(CheckEvent event, List<Finding> findings) {
    if (event instanceof Finding finding) {
      findings.add(finding);
    }
  }

  private CheckFindings() {}
}
