package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.server.engine.CompactionPlan.Share;
import io.aifs.server.model.PackId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CompactionPlanTest {
  private static Share share(int number, long bytes, long dead, boolean again) {
    return new Share(new PackId("%032x".formatted(number)), bytes, dead, again);
  }

  @Test
  void packsUnderHalfLiveGoAndThoseWithTheLeastToCopyFirst() {
    Share whole = share(1, 100, 100, false);
    Share most = share(2, 100, 51, false);
    assertThat(CompactionPlan.choose(List.of(most, whole))).containsExactly(whole, most);
  }

  @Test
  void fewDeadBytesMayStayButNotTwice() {
    Share whole = share(1, 1_000, 1_000, false);
    Share little = share(2, 1_000, 20, false);
    assertThat(CompactionPlan.choose(List.of(whole, little))).containsExactly(whole);
    Share again = share(2, 1_000, 20, true);
    assertThat(CompactionPlan.choose(List.of(whole, again))).containsExactly(whole, again);
  }

  @Test
  void aloneEvenLittleGoes() {
    Share little = share(2, 1_000, 1, false);
    assertThat(CompactionPlan.choose(List.of(little))).containsExactly(little);
    assertThat(CompactionPlan.choose(List.of())).isEmpty();
  }

  @Test
  void atMostAFiftiethOfTheDeadBytesStays() {
    Random random = new Random(7);
    for (int run = 0; run < 200; run++) {
      List<Share> shares = new ArrayList<>();
      long dead = 0;
      for (int i = 0; i < random.nextInt(60); i++) {
        Share share = share(i, 1_000, 1 + random.nextInt(1_000), random.nextInt(9) == 0);
        shares.add(share);
        dead += share.deadBytes();
      }
      List<Share> chosen = CompactionPlan.choose(shares);
      Set<Share> left = new HashSet<>(shares);
      chosen.forEach(left::remove);
      assertThat(left.stream().mapToLong(Share::deadBytes).sum() * 50).isLessThanOrEqualTo(dead);
      assertThat(left).noneMatch(share -> share.again() || share.liveBytes() < 500);
      assertThat(chosen).doesNotHaveDuplicates();
    }
  }
}
