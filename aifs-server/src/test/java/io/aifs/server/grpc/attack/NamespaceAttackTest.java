package io.aifs.server.grpc.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.TestStore;
import io.aifs.server.grpc.TestTokens;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing of one namespace can be noticed from another. {@code -Daifs.attack.probes=N} sets how
 * many probes there are: 1,000,000 for the full size.
 */
class NamespaceAttackTest {
  private static final int PROBES = Integer.getInteger("aifs.attack.probes", 1_600);

  /** After so many, new stores: long histories make single calls long. */
  private static final int PROBES_OF_A_ROUND = Math.min(PROBES / 2, 4_000);

  private static final int ROUNDS = PROBES / 2 / PROBES_OF_A_ROUND;

  /** Calls that each party makes before the first probe. */
  private static final int FIRST_WORK = 120;

  private static final boolean IN_ONE_DOMAIN = true;
  private static final boolean IN_DOMAINS_OF_THEIR_OWN = false;
  private static final int ID_BYTES = 16;

  /** RPCs without a probe, and why. */
  private static final Map<String, String> EXEMPT =
      new TreeMap<>(
          Map.of(
              "aifs.v1.Health/Check", "needs no token and tells of the process alone",
              "grpc.health.v1.Health/Check", "the same",
              "grpc.health.v1.Health/Watch", "the same",
              "grpc.health.v1.Health/List", "the same",
              "grpc.reflection.v1.ServerReflection/ServerReflectionInfo", "tells of the program",
              "grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", "the same"));

  @TempDir Path temporary;
  private int stores;

  @Test
  void everyRpcIsProbedOrThereIsAReasonNotTo() {
    try (Server server = new Server(TestStore.create(temporary, new SetClock()), new SetClock())) {
      Set<String> served = new HashSet<>(server.methods().keySet());
      served.removeAll(EXEMPT.keySet());
      served.removeAll(Calls.all().stream().map(Template::method).collect(Collectors.toSet()));
      assertThat(served).as("RPCs that nobody attacks").isEmpty();
    }
  }

  @Test
  void tenantsWithKeysOfTheirOwnNoticeNothingOfEachOther() {
    SeededTest.run(ROUNDS, random -> attack(random, IN_DOMAINS_OF_THEIR_OWN));
  }

  @Test
  void tenantsWhoShareTheirKeysNoticeNothingOfEachOther() {
    SeededTest.run(ROUNDS, random -> attack(random, IN_ONE_DOMAIN));
  }

  private void attack(SplittableRandom random, boolean shared) {
    SetClock clock = new SetClock();
    try (Server here = server("both", clock, "b", shared);
        Server there = server("alone", clock, "nobody", shared)) {
      attack(new Attack(random, clock, here, there), PROBES_OF_A_ROUND);
      requireClean(here);
      requireClean(there);
    }
  }

  /** A server of tenant A and somebody else. */
  private Server server(String directory, SetClock clock, String other, boolean shared) {
    TwiceTheSame ids = new TwiceTheSame();
    stores++;
    TestStore store = TestStore.create(temporary.resolve(directory + stores), clock, ids);
    Server server = new Server(store, clock);
    if (shared) {
      ids.drawTwice(ID_BYTES, () -> create(server, "a"), () -> create(server, other));
    } else {
      create(server, "a");
      create(server, other);
    }
    assertThat(domain(store, "a").equals(domain(store, other))).isEqualTo(shared);
    return server;
  }

  private static DomainId domain(TestStore store, String namespace) {
    return store.engine().namespaces().require(new Name(namespace)).domain();
  }

  private static void attack(Attack attack, int probes) {
    for (int i = 0; i < FIRST_WORK; i++) {
      attack.workOfB();
      attack.workOfA();
      attack.workOfRest();
    }
    String full = attack.ofA();
    List<String> others =
        List.of(
            attack.ofA("path = " + attack.pathOfA()),
            attack.ofA("methods = put"),
            attack.ofA("methods = get,list,search,subscribe"),
            attack.ofA("kind = tensor"),
            attack.ofA("ref = main"),
            attack.ofA("asset = " + "ab".repeat(32)));
    List<String> narrow =
        List.of(
            attack.ofA("path = " + attack.pathOfA()),
            attack.ofA("methods = put"),
            attack.ofA("asset = " + "ab".repeat(32)));
    for (int i = 0; i < probes; i++) {
      if (i % 8 == 0) {
        attack.workOfB();
      }
      if (i % 40 == 0) {
        attack.workOfA();
        attack.workOfRest();
      }
      attack.probe(i % 3 == 0 ? others.get(i / 3 % others.size()) : full);
      if (i % 4 == 0) {
        attack.probeRest(narrow.get(i / 4 % narrow.size()));
      }
    }
    assertThat(attack.findings().values()).as("what one tenant noticed of the other").isEmpty();
    System.out.printf(
        "%d probes and calls of the first tenant; never good: %s%n",
        attack.calls(), attack.neverGood());
  }

  private static void create(Server server, String namespace) {
    Answer answer =
        server.call(
            TestTokens.admin(),
            "aifs.v1.Admin/CreateNamespace",
            List.of("name: \"" + namespace + "\""));
    assertThat(answer.isOk()).as(answer.toString()).isTrue();
  }

  private static void requireClean(Server server) {
    Answer answer =
        server.call(TestTokens.admin(), "aifs.v1.Maintenance/Fsck", List.of("read_data: true"));
    assertThat(answer.replies())
        .noneMatch(
            reply -> reply.hasField(reply.getDescriptorForType().findFieldByName("finding")));
  }
}
