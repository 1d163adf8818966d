package io.aifs.cli.command;

import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.core.model.TreeEntry;
import io.aifs.crypto.Digest;

/**
 * The asset that an address means.
 *
 * @param client speaks of its namespace
 */
record AssetArgument(AifsClient client, Digest id) {
  static AssetArgument find(Places places, String address) {
    Place place = places.find(address);
    AifsClient client = places.clientFor(place);
    return switch (place) {
      case Place.OfAsset asset -> new AssetArgument(client, asset.id());
      case Place.OfPath path -> {
        if (new Entries(client, path).require() instanceof TreeEntry.File file) {
          yield new AssetArgument(client, file.asset());
        }
        throw Usage.error(path + " is no file", "name a file, or an asset's id");
      }
    };
  }
}
