package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The files of a log as whoever has the disk sees them: lists of lines that can be anything. */
final class TamperedDisk {
  final Map<String, List<String>> files = new TreeMap<>();

  /** A copy of what is on {@code disk}. */
  TamperedDisk(Disk disk) throws IOException {
    for (String name : disk.list(Segment.DIRECTORY)) {
      try (Disk.ReadFile file = disk.open(Segment.DIRECTORY + "/" + name)) {
        byte[] bytes = new byte[(int) file.length()];
        int _ = file.read(0, bytes, 0, bytes.length);
        List<String> lines = new ArrayList<>();
        for (String line : new String(bytes, ISO_8859_1).split("(?<=\n)", -1)) {
          if (!line.isEmpty()) {
            lines.add(line);
          }
        }
        files.put(name, lines);
      }
    }
  }

  /** Where a record is. */
  record Place(String file, int index) {}

  Place place(long sequence) {
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      for (int i = 0; i < file.getValue().size(); i++) {
        if (file.getValue().get(i).startsWith("{\"seq\":" + sequence + ",")) {
          return new Place(file.getKey(), i);
        }
      }
    }
    throw new IllegalArgumentException("no record " + sequence);
  }

  List<String> linesAround(long sequence) {
    return files.getOrDefault(place(sequence).file(), List.of());
  }

  String line(long sequence) {
    return linesAround(sequence).get(place(sequence).index());
  }

  void set(long sequence, String line) {
    linesAround(sequence).set(place(sequence).index(), line);
  }

  void remove(long sequence) {
    int index = place(sequence).index();
    linesAround(sequence).remove(index);
  }

  /** Puts a line right behind a record. */
  void insertBehind(long sequence, String line) {
    linesAround(sequence).add(place(sequence).index() + 1, line);
  }

  /** Drops all behind a record. */
  void endWith(long sequence) {
    Place end = place(sequence);
    files.keySet().removeIf(name -> name.compareTo(end.file()) > 0);
    List<String> lines = files.getOrDefault(end.file(), List.of());
    lines.subList(end.index() + 1, lines.size()).clear();
  }

  /** A disk that holds it. */
  Disk disk() throws IOException {
    MemoryDisk disk = new MemoryDisk();
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      byte[] bytes = String.join("", file.getValue()).getBytes(ISO_8859_1);
      try (Disk.AppendFile out = disk.create(Segment.DIRECTORY + "/" + file.getKey())) {
        out.append(bytes, 0, bytes.length);
      }
    }
    return disk;
  }
}
