package io.aifs.core.address;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The one parser of addresses. Short forms are read in the namespace given at construction; full
 * forms name everything themselves. Nothing is decoded or normalised. Thread-safe.
 */
public final class AddressParser {
  private static final int ASSET_ID_DIGITS = 64;
  private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}|[0-9a-fA-F]{64}");
  private static final Pattern SNAPSHOT_ID_FIRST = Pattern.compile("[0-9a-f]{32}(~.*)?");
  private static final Pattern CAPITAL = Pattern.compile("[A-F]");
  private static final Pattern ANY_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
  private static final String FORMS =
      "write aifs://NAMESPACE/REF/PATH, aifs://ASSET_ID or, in the chosen namespace, REF:PATH";

  private static final String REF_FORMS =
      "write a branch, a tag, snap:ID, REF~N or BRANCH@{TIME}; with a path REF:PATH";

  private final Name namespace;

  /**
   * @param namespace what short forms are about
   */
  public AddressParser(Name namespace) {
    this.namespace = requireNonNull(namespace, "namespace is null");
  }

  /**
   * Reads any form, full or short.
   *
   * @throws AifsException.InvalidRequest with {@link Reason#ADDRESS_INVALID} if it is none
   */
  public Address parse(String text) {
    return guarded(text, () -> isFull(text) ? full(text) : shortForm(text));
  }

  /**
   * Reads what a command about refs is given: {@code REF}, {@code REF:PATH}, a snapshot's id, or a
   * full form that names a ref or a snapshot. Without a path it is the root.
   *
   * @throws AifsException.InvalidRequest with {@link Reason#ADDRESS_INVALID} if it is none
   */
  public Address.Path parseRef(String text) {
    return (Address.Path)
        guarded(text, () -> isFull(text) ? rooted(full(text)) : shortRefForm(text));
  }

  /** A snapshot as such, as the root of its tree. */
  private Address.Path rooted(Address address) {
    return switch (address) {
      case Address.Path path -> path;
      case Address.Snapshot(SnapshotId id) ->
          new Address.Path(namespace, new Ref.Snapshot(id), TreePath.ROOT);
      case Address.Asset _, Address.NamespaceAsset _, Address.AssetPrefix _ ->
          throw invalid("address names an asset, and a ref is needed", REF_FORMS);
    };
  }

  private Address.Path shortRefForm(String text) {
    if (ANY_SCHEME.matcher(text).matches()) {
      throw invalid("address has an unknown scheme", REF_FORMS);
    }
    if (isId(text)) {
      return rooted(parse(text));
    }
    int colon = endOfRef(text);
    try {
      Ref ref = shownRef(colon < 0 ? text : text.substring(0, colon));
      return path(namespace, ref, colon < 0 ? "" : text.substring(colon + 1));
    } catch (IllegalArgumentException e) {
      throw invalid("this is no ref: " + e.getMessage(), REF_FORMS);
    }
  }

  /**
   * Reads a full form only, as programs should write it.
   *
   * @throws AifsException.InvalidRequest with {@link Reason#ADDRESS_INVALID} if it is none
   */
  public static Address parseFull(String text) {
    return guarded(
        text,
        () -> {
          if (!isFull(text)) {
            throw invalid("address does not begin with aifs:// or aifs-snap://", FORMS);
          }
          return full(text);
        });
  }

  /** Whether this can only be meant as an id; one in capital letters is refused. */
  private static boolean isId(String text) {
    if (!ID.matcher(text).matches()) {
      return false;
    }
    if (CAPITAL.matcher(text).find()) {
      throw invalid("address has an id in capital letters", "write its digits in lower case");
    }
    return true;
  }

  private static boolean isFull(String text) {
    return text.startsWith(Address.SCHEME) || text.startsWith(Address.SNAPSHOT_SCHEME);
  }

  private static Address full(String text) {
    if (text.startsWith(Address.SNAPSHOT_SCHEME)) {
      return new Address.Snapshot(new SnapshotId(text.substring(Address.SNAPSHOT_SCHEME.length())));
    }
    String rest = text.substring(Address.SCHEME.length());
    int slash = rest.indexOf('/');
    String first = slash < 0 ? rest : rest.substring(0, slash);
    if (isId(first)) {
      return assetAlone(first, slash);
    }
    Name name = new Name(first);
    if (slash < 0 || slash == rest.length() - 1) {
      throw invalid(
          "address names a namespace only",
          "for everything on its main branch write " + Address.SCHEME + name + "/main/");
    }
    return inNamespace(name, rest.substring(slash + 1));
  }

  private static Address assetAlone(String id, int slash) {
    if (id.length() != ASSET_ID_DIGITS) {
      throw invalid(
          "address names a snapshot as if it were an asset",
          "write " + Address.SNAPSHOT_SCHEME + "ID, or aifs://NAMESPACE/snap:ID/PATH for a path");
    }
    if (slash >= 0) {
      throw invalid("address has something after the asset id", "end it with the id");
    }
    return new Address.Asset(Digest.parse(id));
  }

  private static Address inNamespace(Name name, String rest) {
    int slash = rest.indexOf('/');
    String second = slash < 0 ? rest : rest.substring(0, slash);
    if (isId(second) && second.length() == ASSET_ID_DIGITS) {
      if (slash >= 0) {
        throw invalid("address has something after the asset id", "end it with the id");
      }
      return new Address.NamespaceAsset(name, Digest.parse(second));
    }
    Ref ref = RefParser.parse(second);
    return path(name, ref, slash < 0 ? "" : rest.substring(slash + 1));
  }

  private Address shortForm(String text) {
    if (ANY_SCHEME.matcher(text).matches()) {
      throw invalid("address has an unknown scheme", FORMS);
    }
    if (isId(text)) {
      return text.length() == ASSET_ID_DIGITS
          ? new Address.NamespaceAsset(namespace, Digest.parse(text))
          : new Address.Snapshot(new SnapshotId(text));
    }
    if (Address.AssetPrefix.FORM.matcher(text).matches()) {
      return new Address.AssetPrefix(namespace, text);
    }
    return shortPath(text);
  }

  private Address shortPath(String text) {
    if (text.startsWith("./")) {
      return path(namespace, Ref.MAIN, text.substring(2));
    }
    if (text.isEmpty() || text.startsWith("/")) {
      throw invalid(
          text.isEmpty() ? "address is empty" : "address begins with a slash",
          "write main:PATH, or main: for everything on branch main");
    }
    int colon = endOfRef(text);
    if (colon < 0) {
      return text.startsWith(Ref.Snapshot.PREFIX)
          ? path(namespace, RefParser.parse(text), "")
          : path(namespace, Ref.MAIN, text);
    }
    return path(namespace, shortRef(text.substring(0, colon)), text.substring(colon + 1));
  }

  /** Also a snapshot's id as it is shown, without {@code snap:}. */
  private static Ref shownRef(String text) {
    return RefParser.parse(
        SNAPSHOT_ID_FIRST.matcher(text).matches() ? Ref.Snapshot.PREFIX + text : text);
  }

  private static Ref shortRef(String text) {
    try {
      return shownRef(text);
    } catch (IllegalArgumentException e) {
      throw invalid(
          "address has a colon behind what is no ref: " + e.getMessage(),
          "write REF:PATH, or ./PATH for a path that has a colon itself");
    }
  }

  /**
   * Where the colon behind a short form's ref stands, -1 if there is none: the first colon that is
   * not part of {@code snap:} or of a time in braces, if no slash comes before it.
   */
  private static int endOfRef(String text) {
    int from = text.startsWith(Ref.Snapshot.PREFIX) ? Ref.Snapshot.PREFIX.length() : 0;
    int colon = text.indexOf(':', from);
    int brace = text.indexOf("@{");
    if (brace >= 0 && brace < colon) {
      colon = text.indexOf(':', Math.max(colon, text.indexOf('}', brace)));
    }
    int slash = text.indexOf('/');
    return slash >= 0 && slash < colon ? -1 : colon;
  }

  private static Address.Path path(Name namespace, Ref ref, String text) {
    boolean directory = text.endsWith("/");
    String path = directory ? text.substring(0, text.length() - 1) : text;
    if (directory && path.isEmpty()) {
      throw new IllegalArgumentException("path has an empty segment");
    }
    return new Address.Path(namespace, ref, new TreePath(path), directory);
  }

  private static Address guarded(String text, Supplier<Address> parse) {
    requireNonNull(text, "address is null");
    if (text.length() > Limits.ADDRESS_BYTES_MAX) {
      throw invalid("address is over " + Limits.ADDRESS_BYTES_MAX + " bytes", "use a shorter path");
    }
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw invalid("address is not valid: " + e.getMessage(), FORMS);
    }
  }

  private static AifsException.InvalidRequest invalid(String message, String hint) {
    return new AifsException.InvalidRequest(Reason.ADDRESS_INVALID, "address", message, hint);
  }
}
