package io.aifs.server.pack;

import io.aifs.server.model.PackId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gathers locations, 8 bytes each, and sorts them by pack. Not thread-safe. */
final class PlaceList {
  private long[] places = new long[64];
  private int count;

  /** Takes a location; its flags are left away. */
  void add(long kept) {
    if (count == places.length) {
      places = Arrays.copyOf(places, places.length * 2);
    }
    places[count] = RecordTable.place(kept);
    count++;
  }

  /** The offsets of each pack, in order. */
  Map<PackId, int[]> byPack(PackSet packs) {
    Arrays.sort(places, 0, count);
    Map<PackId, int[]> byPack = new LinkedHashMap<>();
    int from = 0;
    while (from < count) {
      int ordinal = Location.ordinal(places[from]);
      int to = from;
      while (to < count && Location.ordinal(places[to]) == ordinal) {
        to++;
      }
      int[] offsets = new int[to - from];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] = Location.offset(places[from + i]);
      }
      byPack.put(packs.get(ordinal).id(), offsets);
      from = to;
    }
    return byPack;
  }
}
