package io.aifs.cli.place;

import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Address;
import io.aifs.core.address.AddressParser;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.List;
import java.util.stream.Collectors;

/** Finds what addresses mean in a store. */
public final class Places {
  private final AifsClient client;
  private final AddressParser parser;

  /** Short addresses are read in the client's namespace. */
  public Places(AifsClient client) {
    this.client = client;
    this.parser = new AddressParser(client.namespace());
  }

  /**
   * Reads an address; asks the store only to complete an id's prefix.
   *
   * @throws AifsException.InvalidRequest if it is malformed or ambiguous
   * @throws AifsException.NotFound if no asset has the prefix
   */
  public Place find(String address) {
    return switch (parser.parse(address)) {
      case Address.Asset(Digest id) -> new Place.OfAsset(client.namespace(), id);
      case Address.NamespaceAsset(Name namespace, Digest id) -> new Place.OfAsset(namespace, id);
      case Address.AssetPrefix(Name namespace, String prefix) ->
          new Place.OfAsset(namespace, complete(prefix));
      case Address.Snapshot(SnapshotId id) ->
          new Place.OfPath(client.namespace(), new Ref.Snapshot(id), TreePath.ROOT, true);
      case Address.Path path -> of(path);
    };
  }

  /**
   * Reads an address that must be a path.
   *
   * @throws AifsException.InvalidRequest if it names an asset
   */
  public Place.OfPath findPath(String address) {
    return switch (find(address)) {
      case Place.OfPath path -> path;
      case Place.OfAsset _ ->
          throw new AifsException.InvalidRequest(
              Reason.ADDRESS_INVALID,
              "address",
              "'" + address + "' is an asset id, and a path is needed",
              "write a path such as main:data/file, or ./" + address + " for a file of this name");
    };
  }

  /**
   * Reads what a command about refs is given: a ref alone, or with a path behind a colon.
   *
   * @throws AifsException.InvalidRequest if it is none
   */
  public Place.OfPath findRef(String text) {
    return of(parser.parseRef(text));
  }

  private static Place.OfPath of(Address.Path path) {
    return new Place.OfPath(path.namespace(), path.ref(), path.path(), path.directory());
  }

  /** The client for a place's namespace. */
  public AifsClient clientFor(Place place) {
    return place.namespace().equals(client.namespace())
        ? client
        : client.withNamespace(place.namespace());
  }

  private Digest complete(String prefix) {
    List<Digest> found = client.assets().findByPrefix(prefix);
    return switch (found.size()) {
      case 0 ->
          throw new AifsException.NotFound(
              Reason.ASSET_NOT_FOUND,
              "no asset of namespace " + client.namespace() + " begins with " + prefix,
              "for a file of this name write ./" + prefix);
      case 1 -> found.getFirst();
      default ->
          throw new AifsException.InvalidRequest(
              Reason.ADDRESS_AMBIGUOUS,
              "address",
              "several assets begin with " + prefix,
              "write more of one of these: "
                  + found.stream().map(Digest::hex).collect(Collectors.joining(", ")));
    };
  }
}
