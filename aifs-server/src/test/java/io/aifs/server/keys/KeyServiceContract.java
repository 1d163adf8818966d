package io.aifs.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.KeyMissingException;
import io.aifs.crypto.KeyService;
import io.aifs.crypto.KeyServiceException;
import io.aifs.crypto.WrongKeyException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link KeyService} promises. Subclasses only say how to open one. */
public abstract class KeyServiceContract {
  private static final byte[] KEY = {
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
    27, 28, 29, 30, 31, 32
  };
  private static final byte[] CONTEXT = {7, 7};

  /** Opens the service over the same keys as the last time in this test. */
  protected abstract KeyService open() throws Exception;

  @Test
  void aKeyDomainHasOneCurrentKekAndKeepsIt() throws Exception {
    String one = open().currentKek("one");

    assertThat(one).isNotEmpty().hasSizeLessThanOrEqualTo(256).matches("[!-~]+");
    assertThat(open().currentKek("one")).isEqualTo(one);
    assertThat(open().currentKek("two")).isNotEqualTo(one);
  }

  @Test
  void concurrentFirstCallsAgree() throws Exception {
    KeyService service = open();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<String> first = () -> service.currentKek("one");
      Set<String> ids = new HashSet<>();
      for (Future<String> done : threads.invokeAll(Collections.nCopies(20, first))) {
        ids.add(done.get());
      }
      assertThat(ids).hasSize(1);
    }
  }

  @Test
  void whatWasWrappedUnwrapsAfterReopening() throws Exception {
    KeyService service = open();
    String kek = service.currentKek("one");
    byte[] wrapped = service.wrap(kek, KEY, CONTEXT);

    assertThat(service.unwrap(kek, wrapped, CONTEXT)).isEqualTo(KEY);
    assertThat(open().unwrap(kek, wrapped, CONTEXT)).isEqualTo(KEY);
    assertThat(service.wrap(kek, KEY, CONTEXT)).isNotEqualTo(wrapped);
  }

  @Test
  void keysOfAnyAllowedLengthAreWrapped() throws Exception {
    KeyService service = open();
    String kek = service.currentKek("one");
    for (int length : new int[] {1, 16, 1_024}) {
      byte[] wrapped = service.wrap(kek, new byte[length], CONTEXT);
      assertThat(service.unwrap(kek, wrapped, CONTEXT)).isEqualTo(new byte[length]);
    }
    for (int length : new int[] {0, 1_025}) {
      assertThatThrownBy(() -> service.wrap(kek, new byte[length], CONTEXT))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anotherContextOrKekDoesNotUnwrap() throws Exception {
    KeyService service = open();
    String one = service.currentKek("one");
    String two = service.currentKek("two");
    byte[] wrapped = service.wrap(one, KEY, CONTEXT);

    assertThatThrownBy(() -> service.unwrap(one, wrapped, new byte[] {7}))
        .isInstanceOf(WrongKeyException.class);
    assertThatThrownBy(() -> service.unwrap(two, wrapped, CONTEXT))
        .isInstanceOf(WrongKeyException.class);
  }

  @Test
  void everyFlippedByteIsNoticed() throws Exception {
    KeyService service = open();
    String kek = service.currentKek("one");
    byte[] wrapped = service.wrap(kek, KEY, CONTEXT);
    for (int i = 0; i < wrapped.length; i++) {
      byte[] changed = wrapped.clone();
      changed[i] ^= 1;
      assertThatThrownBy(() -> service.unwrap(kek, changed, CONTEXT))
          .isInstanceOf(WrongKeyException.class);
    }
    assertThatThrownBy(() -> service.unwrap(kek, new byte[0], CONTEXT))
        .isInstanceOf(WrongKeyException.class);
  }

  @Test
  void anUnknownKekIsMissing() throws Exception {
    KeyService service = open();
    service.currentKek("one");
    for (String unknown : List.of("", "nobody", "one.9.00000000", "../../x", "one", "a\0b")) {
      assertThatThrownBy(() -> service.wrap(unknown, KEY, CONTEXT))
          .isInstanceOf(KeyMissingException.class);
      assertThatThrownBy(() -> service.unwrap(unknown, KEY, CONTEXT))
          .isInstanceOf(KeyMissingException.class);
    }
  }

  @Test
  void afterRotationOldKeysStillUnwrap() throws Exception {
    KeyService service = open();
    String first = service.currentKek("one");
    byte[] wrapped = service.wrap(first, KEY, CONTEXT);
    String last = first;
    for (int i = 0; i < 12; i++) { // past 9: numbers are compared as numbers
      last = service.rotate("one");
      assertThat(service.currentKek("one")).isEqualTo(last).isNotEqualTo(first);
    }

    assertThat(open().currentKek("one")).isEqualTo(last);
    assertThat(open().unwrap(first, wrapped, CONTEXT)).isEqualTo(KEY);
    assertThat(service.rotate("never-used")).isEqualTo(service.currentKek("never-used"));
  }

  @Test
  void destructionIsForGoodAndForOneKeyDomain() throws Exception {
    KeyService service = open();
    String first = service.currentKek("one");
    byte[] underFirst = service.wrap(first, KEY, CONTEXT);
    String second = service.rotate("one");
    byte[] underSecond = service.wrap(second, KEY, CONTEXT);
    String other = service.currentKek("one-more");
    byte[] underOther = service.wrap(other, KEY, CONTEXT);

    service.destroy("one");
    service.destroy("one");

    for (KeyService reader : List.of(service, open())) {
      assertThatThrownBy(() -> reader.unwrap(first, underFirst, CONTEXT))
          .isInstanceOf(KeyMissingException.class);
      assertThatThrownBy(() -> reader.unwrap(second, underSecond, CONTEXT))
          .isInstanceOf(KeyMissingException.class);
      assertThat(reader.unwrap(other, underOther, CONTEXT)).isEqualTo(KEY);
    }
    assertThat(service.currentKek("one")).isNotIn(first, second);
  }

  @Test
  void namesThatAreNotKeyDomainsAreRefused() throws Exception {
    KeyService service = open();
    for (String name : List.of("", "-a", "A", "a.b", "a/b", "..", "a".repeat(64), "ä")) {
      for (Call call : List.<Call>of(service::currentKek, service::rotate, service::destroy)) {
        assertThatThrownBy(() -> call.with(name)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  private interface Call {
    void with(String keyDomain) throws KeyServiceException;
  }
}
