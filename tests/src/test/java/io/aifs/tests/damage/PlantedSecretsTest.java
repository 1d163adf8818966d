package io.aifs.tests.damage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.aifs.crypto.Macaroon;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.RawClient;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No token, key, passphrase or content is in what a server and the commands write down or say: not
 * in its files, not in logs that tell everything, not in errors of any kind.
 */
class PlantedSecretsTest {
  private static final String EVERYTHING =
      """
      handlers = java.util.logging.ConsoleHandler
      .level = ALL
      java.util.logging.ConsoleHandler.level = ALL
      """;

  @TempDir Path temporary;

  private final PlantedSecrets secrets = new PlantedSecrets();
  private final List<String> found = new ArrayList<>();
  private Map<String, String> verbose = Map.of();

  @BeforeEach
  void logEverything() throws IOException {
    Path configuration = temporary.resolve("logging.properties");
    Files.writeString(configuration, EVERYTHING);
    verbose = Map.of("JAVA_TOOL_OPTIONS", "-Djava.util.logging.config.file=" + configuration);
  }

  @Test
  void nothingTellsThemOfAStoreWithAKeyFile() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          String key = Files.readString(store.rootKeyFile());
          String hex = key.replaceAll("(?s).*?([0-9a-f]{64}).*", "$1");
          secrets.add("the root key", HexFormat.of().parseHex(hex));
          attack(random, store, Set.of(store.rootKeyFile()), true);
        });
  }

  @Test
  void nothingTellsThemOfAStoreWithAPassphrase() {
    SeededTest.run(
        1,
        random -> {
          String passphrase = "zebra " + hex(random, 24);
          Path file = temporary.resolve("passphrase");
          Files.writeString(file, passphrase + "\n");
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
          secrets.add("the passphrase", passphrase);
          verbose = with(verbose, "AIFS_ROOT_KEY", "passphrase:" + file);
          StoreUnderTest store =
              StoreUnderTest.createBy(
                  temporary.resolve("store"),
                  homes -> {
                    CliProcess init = CliProcess.of(homes, "init");
                    verbose.forEach(init::environment);
                    tells("init", init.run());
                  });
          attack(random, store, Set.of(), false);
        });
  }

  @Test
  void theSearchFindsWhatIsThere() {
    byte[] secret = new byte[32];
    new SplittableRandom(5).nextBytes(secret);
    secrets.add("it", secret);

    assertThat(secrets.findIn("text", "x" + HexFormat.of().formatHex(secret, 5, 14))).hasSize(1);
    assertThat(secrets.findIn("text", Base64.getEncoder().encodeToString(secret))).isNotEmpty();
    byte[] behind = ("ab" + latin(secret)).getBytes(ISO_8859_1);
    assertThat(secrets.findIn("text", Base64.getUrlEncoder().encodeToString(behind))).isNotEmpty();
    assertThat(secrets.findIn("text", latin(secret).substring(3, 19))).hasSize(1);
    assertThat(secrets.findIn("text", latin(secret).substring(3, 18))).isEmpty();
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private void attack(
      SplittableRandom random, StoreUnderTest store, Set<Path> keyFiles, boolean withClients)
      throws IOException {
    List<Path> except = new ArrayList<>(keyFiles);
    except.add(store.adminTokenFile());
    String admin = store.adminToken();
    plantToken("the admin token", admin);
    String narrow = Macaroon.parse(admin).attenuate("methods = get").serialize();
    plantToken("a narrowed token", narrow);
    String unknown = Macaroon.parse(admin).attenuate("moon = full").serialize();
    plantToken("a token of an unknown caveat", unknown);
    // Answers say when a token expired, in other letters than these.
    String expired = Macaroon.parse(admin).attenuate("expires = 2020-01-01t00:00:00z").serialize();
    plantToken("an expired token", expired);
    String garbage = "garbage" + hex(random, 40);
    secrets.add("a garbage token", garbage);
    String log;
    try (ServerProcess server = ServerProcess.start(store, verbose, 256)) {
      String small = putAll(random, server, admin);
      for (String bad : List.of(narrow, unknown, expired, garbage, admin.substring(0, 80))) {
        refused(server, bad);
      }
      run(store, List.of("config", "show", "-o", "json"));
      run(store, List.of("doctor", "-v"));
      if (withClients) {
        commands(store, server, admin, garbage, except);
      }
      server.signal("QUIT"); // prints every thread
      tells("arguments", Files.readString(Path.of("/proc/" + server.processId() + "/cmdline")));
      breakPacks(store);
      damaged(store, server, admin, small);
      server.terminate();
      server.awaitExit();
      log = server.log();
    }
    tells("the log", log);
    assertThat(log).as("the log tells everything").contains("FINE");
    found.addAll(secrets.findBelow(store.homes().root(), Set.copyOf(except)));
    assertThat(found).as("secrets that are told").isEmpty();
  }

  private void plantToken(String what, String token) {
    secrets.add(what, token);
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    secrets.add(what + "'s signature", Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length));
  }

  /** Puts contents and embeddings, well and badly; gives the id of one. */
  private String putAll(SplittableRandom random, ServerProcess server, String token) {
    byte[] small = plant(random, "a small content", 700);
    byte[] large = plant(random, "a large content", 300_000);
    byte[] vector = plantVector(random);
    try (RawClient client = new RawClient(server, token)) {
      PutAssetRequest put =
          PutAssetRequest.newBuilder()
              .setEmbedding(ByteString.copyFrom(vector))
              .addChunks(Chunk.newBuilder().setData(ByteString.copyFrom(large)))
              .build();
      PutOutcome good = put(client, put);
      assertThat(good.failure()).isEmpty();
      byte[] odd = plant(random, "a broken embedding", 63);
      PutOutcome bad = put(client, put.toBuilder().setEmbedding(ByteString.copyFrom(odd)).build());
      assertThat(bad.failure()).isNotEmpty();
      tells("a refused put", bad.failure());
      var _ =
          client
              .tree()
              .putFiles(
                  PutFilesRequest.newBuilder()
                      .addFiles(
                          FilePut.newBuilder().setPath("small").setData(ByteString.copyFrom(small)))
                      .build());
      assertThatThrownBy(
              () ->
                  client
                      .tree()
                      .putFiles(
                          PutFilesRequest.newBuilder()
                              .addFiles(
                                  FilePut.newBuilder()
                                      .setPath("../small")
                                      .setData(ByteString.copyFrom(small)))
                              .build()))
          .satisfies(failure -> tells("a refused path", failure.toString()));
      return good.id();
    }
  }

  private record PutOutcome(String id, String failure) {}

  private static PutOutcome put(RawClient client, PutAssetRequest request) {
    CompletableFuture<PutOutcome> end = new CompletableFuture<>();
    StreamObserver<PutAssetRequest> requests =
        client
            .streaming()
            .putAsset(
                new StreamObserver<PutAssetResponse>() {
                  @Override
                  public void onNext(PutAssetResponse reply) {
                    end.complete(new PutOutcome(reply.getAssetId(), ""));
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.complete(new PutOutcome("", describe(failure)));
                  }

                  @Override
                  public void onCompleted() {}
                });
    requests.onNext(request);
    requests.onCompleted();
    return end.join();
  }

  private byte[] plant(SplittableRandom random, String what, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    secrets.add(what, bytes);
    return bytes;
  }

  private byte[] plantVector(SplittableRandom random) {
    byte[] bytes = new byte[64];
    random.nextBytes(bytes);
    for (int i = 3; i < bytes.length; i += Float.BYTES) {
      bytes[i] = 0x3f; // an ordinary number, whatever the other bits
    }
    secrets.add("an embedding", bytes);
    return bytes;
  }

  private void refused(ServerProcess server, String token) {
    try (RawClient client = new RawClient(server, token)) {
      assertThatThrownBy(
              () -> client.blocking().deleteAsset(DeleteAssetRequest.getDefaultInstance()))
          .satisfies(failure -> tells("a refused token", describe(failure)));
    }
  }

  private static String describe(Throwable failure) {
    return failure instanceof StatusRuntimeException status
        ? status + " " + status.getTrailers()
        : failure.toString();
  }

  /** Whatever tells of a store or of its settings, with good tokens and bad ones. */
  private void commands(
      StoreUnderTest store, ServerProcess server, String admin, String garbage, List<Path> except)
      throws IOException {
    Path good = tokenFile("good.token", admin);
    Path bad = tokenFile("bad.token", garbage);
    except.add(good);
    except.add(bad);
    for (List<String> command :
        List.of(
            List.of("status", "-v"),
            List.of("snapshot", "create", "main", "-m", "made"),
            List.of("ls", "--server", server.address(), "--token-file", good.toString()),
            List.of("ls", "-v", "--server", server.address(), "--token-file", bad.toString()))) {
      run(store, command);
    }
    try (RawClient client = new RawClient(server, admin)) {
      tells("metrics", client.metrics());
    }
  }

  private Path tokenFile(String name, String token) throws IOException {
    Path file = temporary.resolve(name);
    Files.writeString(file, token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  /** Flips a byte in the middle of every pack of content. */
  private static void breakPacks(StoreUnderTest store) throws IOException {
    for (Path pack : store.packs()) {
      byte[] bytes = Files.readAllBytes(pack);
      bytes[bytes.length / 2] ^= 1;
      Files.write(pack, bytes);
    }
  }

  private void damaged(StoreUnderTest store, ServerProcess server, String admin, String id) {
    try (RawClient client = new RawClient(server, admin)) {
      assertThatThrownBy(
              () ->
                  client
                      .blocking()
                      .getAsset(
                          GetAssetRequest.newBuilder().setAssetId(id).setIncludeData(true).build()))
          .satisfies(failure -> tells("damage", describe(failure)));
    }
    run(store, List.of("fsck", "-v"));
  }

  private void run(StoreUnderTest store, List<String> command) {
    CliProcess process = CliProcess.of(store.homes(), command.toArray(String[]::new));
    verbose.forEach(process::environment);
    tells("aifs " + command, process.run());
  }

  private void tells(String where, CliResult result) {
    tells(where, new String(result.output(), ISO_8859_1) + "\n" + result.errors());
  }

  private void tells(String where, String text) {
    found.addAll(secrets.findIn(where, text));
  }

  private static Map<String, String> with(Map<String, String> map, String key, String value) {
    Map<String, String> more = new HashMap<>(map);
    more.put(key, value);
    return Map.copyOf(more);
  }

  private static String hex(SplittableRandom random, int bytes) {
    byte[] drawn = new byte[bytes];
    random.nextBytes(drawn);
    return HexFormat.of().formatHex(drawn);
  }
}
