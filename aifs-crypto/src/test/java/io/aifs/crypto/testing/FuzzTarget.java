package io.aifs.crypto.testing;

import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A parser of bytes or text from outside, valid inputs to begin with, and what it promises: either
 * it reads an input, or it throws what its contract says, in memory bounded by the input's length.
 *
 * <p>The class and method are named so that a test of the architecture can tell which parsers have
 * no target; a target is therefore made as {@code bytes(Macaroon.class, "parse", ...)}.
 *
 * @param <T> what the parser gives
 */
public final class FuzzTarget<T> {
  /** Memory that any parser may take: exceptions with their stacks, first uses of classes. */
  private static final long ALLOCATED_BASE = 256 << 10;

  private static final int ALLOCATED_PER_BYTE = 64;

  /** A parser of bytes. */
  @FunctionalInterface
  public interface BytesParser<T> {
    T parse(byte[] input) throws Exception;
  }

  /** A parser of text. */
  @FunctionalInterface
  public interface TextParser<T> {
    T parse(String input) throws Exception;
  }

  /** The way back, for what was accepted. */
  @FunctionalInterface
  private interface Writer<T> {
    byte[] write(T parsed) throws Exception;
  }

  private final String name;
  private final BytesParser<T> parser;
  private final UnaryOperator<byte[]> seen;
  private final List<byte[]> seeds;
  private List<byte[]> known = List.of();
  private Set<Class<? extends Throwable>> refusals = Set.of(IllegalArgumentException.class);
  private Optional<Writer<T>> writer = Optional.empty();
  private boolean exact;
  private Optional<UnaryOperator<byte[]>> mending = Optional.empty();
  private long allocatedBase = ALLOCATED_BASE;
  private int allocatedPerByte = ALLOCATED_PER_BYTE;
  private int costs = 1;

  /**
   * @param seen what of an input the parser is shown
   */
  private FuzzTarget(
      String name, BytesParser<T> parser, UnaryOperator<byte[]> seen, List<byte[]> seeds) {
    this.name = name;
    this.parser = parser;
    this.seen = seen;
    this.seeds = seeds;
  }

  /**
   * @param in the class that has the parser
   * @param method the parser's name; {@code new} for a constructor
   * @param seeds valid inputs, one at least
   */
  public static <T> FuzzTarget<T> bytes(
      Class<?> in, String method, BytesParser<T> parser, byte[]... seeds) {
    return new FuzzTarget<>(name(in, method), parser, input -> input, List.of(seeds));
  }

  /**
   * @param in the class that has the parser
   * @param method the parser's name; {@code new} for a constructor
   * @param seeds valid inputs, one at least
   */
  public static <T> FuzzTarget<T> text(
      Class<?> in, String method, TextParser<T> parser, String... seeds) {
    return new FuzzTarget<>(
        name(in, method),
        input -> parser.parse(FuzzText.decode(input)),
        input -> FuzzText.encode(FuzzText.decode(input)),
        Arrays.stream(seeds).map(FuzzText::encode).toList());
  }

  private static String name(Class<?> in, String method) {
    boolean there =
        method.equals("new")
            || Stream.of(in.getDeclaredMethods()).anyMatch(one -> one.getName().equals(method));
    if (!there) {
      throw new IllegalArgumentException(in + " has no method " + method);
    }
    return in.getName() + "." + method;
  }

  /**
   * What the parser throws for what it does not read; these and what extends them, nothing else.
   */
  @SafeVarargs
  public final FuzzTarget<T> refusesWith(Class<? extends Throwable>... refusals) {
    Set<Class<? extends Throwable>> all = new HashSet<>();
    for (Class<? extends Throwable> refusal : refusals) {
      all.add(refusal);
    }
    this.refusals = all;
    return this;
  }

  /** What is accepted has one form only: written again, it is the input. */
  public FuzzTarget<T> hasOneForm(Function<T, byte[]> writer) {
    this.writer = Optional.of(writer::apply);
    this.exact = true;
    return this;
  }

  /** The same of text. */
  public FuzzTarget<T> hasOneText(Function<T, String> writer) {
    return hasOneForm(parsed -> FuzzText.encode(writer.apply(parsed)));
  }

  /** What is accepted is written in a form that reads as the same and is written the same. */
  public FuzzTarget<T> hasStableForm(Function<T, byte[]> writer) {
    this.writer = Optional.of(writer::apply);
    this.exact = false;
    return this;
  }

  /** The same of text. */
  public FuzzTarget<T> hasStableText(Function<T, String> writer) {
    return hasStableForm(parsed -> FuzzText.encode(writer.apply(parsed)));
  }

  /** Makes every second input's checksum right, so that what is behind it is reached. */
  public FuzzTarget<T> mendedBy(UnaryOperator<byte[]> mending) {
    this.mending = Optional.of(mending);
    return this;
  }

  /** Allows more memory: {@code base} bytes and {@code perByte} for each byte of the input. */
  public FuzzTarget<T> allocates(long base, int perByte) {
    this.allocatedBase = base;
    this.allocatedPerByte = perByte;
    return this;
  }

  /** Runs so many times fewer inputs than others, because each takes long. */
  public FuzzTarget<T> costs(int times) {
    this.costs = times;
    return this;
  }

  /** Inputs, in base64, that once found a bug; tried first, each time. */
  public FuzzTarget<T> remembers(String... base64) {
    this.known = Arrays.stream(base64).map(Base64.getDecoder()::decode).toList();
    return this;
  }

  /** Class and method. */
  public String name() {
    return name;
  }

  int costs() {
    return costs;
  }

  List<byte[]> seeds() {
    return seeds;
  }

  List<byte[]> known() {
    return known;
  }

  byte[] input(SplittableRandom random) {
    byte[] input = new Mutator(seeds, random).next();
    return mending.isPresent() && random.nextBoolean() ? mending.get().apply(input) : input;
  }

  long allocatedMax(byte[] input) {
    return allocatedBase + (long) allocatedPerByte * input.length;
  }

  /**
   * Shows the input to the parser.
   *
   * @return whether it was read
   * @throws AssertionError if the parser did what it must not
   */
  boolean attempt(byte[] input) {
    T parsed;
    try {
      parsed = parser.parse(input.clone());
    } catch (Throwable thrown) { // errors too: a parser must not run out of stack or memory
      if (refusals.stream().anyMatch(refusal -> refusal.isInstance(thrown))) {
        return false;
      }
      throw new AssertionError("it threw " + thrown, thrown);
    }
    if (parsed instanceof Optional<?> optional && optional.isEmpty()) {
      return false;
    }
    writer.ifPresent(way -> requireSame(input, parsed, way));
    return true;
  }

  private void requireSame(byte[] input, T parsed, Writer<T> way) {
    try {
      byte[] written = way.write(parsed);
      byte[] expected = exact ? seen.apply(input) : way.write(parser.parse(written.clone()));
      if (!Arrays.equals(written, expected)) {
        throw new AssertionError(
            "it was read, and written as another: "
                + Base64.getEncoder().encodeToString(written)
                + (exact ? "" : ", then as " + Base64.getEncoder().encodeToString(expected)));
      }
    } catch (Exception e) {
      throw new AssertionError("it was read, and what was written of it was not: " + e, e);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
