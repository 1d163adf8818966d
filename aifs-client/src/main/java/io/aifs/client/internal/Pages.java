package io.aifs.client.internal;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What a server lists in pages, as one sequence that asks for a page when it gets there. */
final class Pages<T> implements Iterator<T> {
  private final Function<String, Page<T>> ask;
  private Iterator<T> items;
  private String next;

  private Pages(Page<T> first, Function<String, Page<T>> ask) {
    this.ask = ask;
    this.items = first.items.iterator();
    this.next = first.next;
  }

  /** A page, and the token of the next; empty at the end. */
  record Page<T>(List<T> items, String next) {
    /**
     * @param token by which this page was asked for
     * @throws IllegalArgumentException if the pages would never end
     */
    static <T> Page<T> of(String token, List<T> items, String next) {
      if (!token.isEmpty() && next.equals(token)) {
        throw new IllegalArgumentException("the page names itself as the next one");
      }
      return new Page<>(items, next);
    }
  }

  /**
   * All items; the first page is asked for at once.
   *
   * @param ask gives the page of a token, the first of the empty one
   */
  static <T> Stream<T> stream(Function<String, Page<T>> ask) {
    return stream(ask.apply(""), ask);
  }

  /** All items, of which the first page has come. */
  static <T> Stream<T> stream(Page<T> first, Function<String, Page<T>> ask) {
    return StreamSupport.stream(
        Spliterators.spliteratorUnknownSize(
            new Pages<>(first, ask), Spliterator.ORDERED | Spliterator.NONNULL),
        false);
  }

  @Override
  public boolean hasNext() {
    while (!items.hasNext() && !next.isEmpty()) {
      Page<T> page = ask.apply(next);
      items = page.items.iterator();
      next = page.next;
    }
    return items.hasNext();
  }

  @Override
  public T next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return items.next();
  }
}
