package io.aifs.server.engine.search;

import io.aifs.vector.AssetKey;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Facts;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.IndexStats;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import io.aifs.vector.testing.ExactVectorIndex;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An exact index that rests in {@link VectorFiles}: each commit writes all vectors to a file with a
 * new name, and then a head that names it.
 */
final class KeptExactIndex implements VectorIndex {
  private static final String HEAD = "head";

  private final IndexSpec spec;
  private final VectorFiles files;
  private final ExactVectorIndex exact;
  private final Map<AssetKey, AssetVectors> held = new HashMap<>();
  private long commits;

  private KeptExactIndex(IndexSpec spec, VectorFiles files) {
    this.spec = spec;
    this.files = files;
    this.exact = new ExactVectorIndex(spec);
  }

  static VectorIndex open(IndexSpec spec, VectorFiles files) throws IOException {
    KeptExactIndex index = new KeptExactIndex(spec, files);
    if (!files.list().isEmpty()) {
      index.load();
    }
    return index;
  }

  private void load() throws IOException {
    try (DataInputStream head = new DataInputStream(new ByteArrayInputStream(read(HEAD)))) {
      commits = head.readLong();
      long position = head.readLong();
      if (!head.readUTF().equals(spec.toString())) {
        throw new IndexDamagedException("another kind of index");
      }
      read(new DataInputStream(new ByteArrayInputStream(read("data_" + commits))));
      exact.commit(position);
      exact.refresh();
    } catch (FileNotFoundException e) {
      throw new IndexDamagedException("a file is missing", e);
    }
  }

  private byte[] read(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    files.read(name, bytes::write);
    return bytes.toByteArray();
  }

  private void read(DataInputStream in) throws IOException {
    List<AssetVectors> all = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      AssetKey key = AssetKey.of(in.readNBytes(AssetKey.BYTES));
      Map<String, String> metadata = new HashMap<>();
      int kind = in.readInt();
      long size = in.readLong();
      long created = in.readLong();
      for (int pairs = in.readInt(); pairs > 0; pairs--) {
        metadata.put(in.readUTF(), in.readUTF());
      }
      List<AssetVectors.Part> parts = new ArrayList<>();
      for (int more = in.readInt(); more > 0; more--) {
        String name = in.readUTF();
        float[] vector = new float[spec.dimension()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = in.readFloat();
        }
        parts.add(new AssetVectors.Part(name, vector));
      }
      all.add(new AssetVectors(key, new Facts(kind, size, created, metadata), parts));
    }
    replace(all);
  }

  private byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(held.size());
    for (AssetVectors asset : held.values()) {
      out.write(asset.asset().toBytes());
      out.writeInt(asset.facts().kind());
      out.writeLong(asset.facts().bytes());
      out.writeLong(asset.facts().createdMicros());
      out.writeInt(asset.facts().metadata().size());
      for (Map.Entry<String, String> pair : asset.facts().metadata().entrySet()) {
        out.writeUTF(pair.getKey());
        out.writeUTF(pair.getValue());
      }
      out.writeInt(asset.parts().size());
      for (AssetVectors.Part part : asset.parts()) {
        out.writeUTF(part.name());
        for (float value : part.vector()) {
          out.writeFloat(value);
        }
      }
    }
    return bytes.toByteArray();
  }

  private void write(String name, byte[] bytes) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(bytes);
    files.write(
        name,
        bytes.length,
        (buffer, length) -> {
          if (in.readNBytes(buffer, 0, length) < length) {
            throw new IOException("more was asked for than there is");
          }
        });
  }

  @Override
  public IndexSpec spec() {
    return spec;
  }

  @Override
  public synchronized void replace(List<AssetVectors> assets) {
    exact.replace(assets);
    for (AssetVectors asset : assets) {
      held.remove(asset.asset());
      if (!asset.parts().isEmpty()) {
        held.put(asset.asset(), asset);
      }
    }
  }

  @Override
  public void refresh() {
    exact.refresh();
  }

  @Override
  public List<Hit> search(VectorQuery query) {
    return exact.search(query);
  }

  @Override
  public synchronized void commit(long position) throws IOException {
    long next = commits + 1;
    write("data_" + next, written());
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(head);
    out.writeLong(next);
    out.writeLong(position);
    out.writeUTF(spec.toString());
    write(HEAD, head.toByteArray());
    files.delete("data_" + commits);
    commits = next;
    exact.commit(position);
  }

  @Override
  public OptionalLong position() {
    return exact.position();
  }

  @Override
  public void optimize() {
    exact.optimize();
  }

  @Override
  public IndexStats stats() {
    return exact.stats();
  }

  @Override
  public void checkIntegrity() throws IOException {
    for (String name : files.list()) {
      var _ = read(name);
    }
  }

  @Override
  public void close() {
    exact.close();
  }
}
