package io.aifs.server.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers that wait for a build hear of it, also while nothing comes of it. */
class IndexBuildTest {
  @Test
  void waitingCallersAreToldThatThereIsNoNews() {
    IndexBuild build = new IndexBuild(1_000);
    build.progress(7, 9);
    List<Long> told = new ArrayList<>();

    build.await(
        (done, _) -> {
          told.add(done);
          if (told.size() == 3) {
            build.succeeded();
          }
        });

    assertThat(told).containsExactly(7L, 7L, 7L);
  }
}
