package io.aifs.vector;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.NumericUtils;

/** Makes Lucene's documents, one for each vector of an asset, with the {@link Fields}. */
final class Documents {
  private final Scoring scoring;
  private final IndexSpec.Storage storage;

  Documents(Scoring scoring, IndexSpec.Storage storage) {
    this.scoring = scoring;
    this.storage = storage;
  }

  /** None if the asset has no vectors. */
  List<Document> of(AssetVectors asset) {
    List<Document> documents = new ArrayList<>(asset.parts().size());
    for (AssetVectors.Part part : asset.parts()) {
      Document document = new Document();
      BytesRef key = new BytesRef(asset.asset().toBytes());
      document.add(new StringField(Fields.ASSET, key, Field.Store.NO));
      BytesRef name = Fields.name(asset.asset(), part.name());
      document.add(new BinaryDocValuesField(Fields.NAME, name));
      if (asset.parts().size() > 1) {
        document.add(new NumericDocValuesField(Fields.SEVERAL, 1));
      }
      float[] vector = scoring.indexed(part.vector());
      document.add(
          switch (storage) {
            case FLOAT32 -> new KnnFloatVectorField(Fields.VECTOR, vector, scoring.function());
            case INT8 ->
                new KnnByteVectorField(
                    Fields.VECTOR, Rounding.of(vector), VectorSimilarityFunction.COSINE);
          });
      addFacts(document, asset.facts());
      documents.add(document);
    }
    return documents;
  }

  private static void addFacts(Document document, Facts facts) {
    document.add(new LongField(Fields.KIND, facts.kind(), Field.Store.NO));
    document.add(new LongField(Fields.SIZE, facts.bytes(), Field.Store.NO));
    document.add(new LongField(Fields.CREATED, facts.createdMicros(), Field.Store.NO));
    List<Map.Entry<String, String>> longEntries = new ArrayList<>();
    for (Map.Entry<String, String> entry : facts.metadata().entrySet()) {
      String key = entry.getKey();
      document.add(new StringField(Fields.KEY, key, Field.Store.NO));
      byte[] value = Fields.utf8(entry.getValue());
      if (value.length > Fields.SHORT_VALUE_BYTES_MAX) {
        document.add(new StringField(Fields.LONG_KEY, key, Field.Store.NO));
        longEntries.add(entry);
      } else {
        document.add(new StringField(Fields.ENTRY, Fields.entry(key, value), Field.Store.NO));
      }
      Numbers.parse(entry.getValue())
          .ifPresent(
              number -> {
                long[] hash = Fields.hash(key);
                long sortable = NumericUtils.doubleToSortableLong(number);
                document.add(new LongPoint(Fields.NUMBER, hash[0], hash[1], sortable));
              });
    }
    if (!longEntries.isEmpty()) {
      document.add(new BinaryDocValuesField(Fields.LONG_ENTRIES, packed(longEntries)));
    }
  }

  private static BytesRef packed(List<Map.Entry<String, String>> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<String, String> entry : entries) {
        for (byte[] text : List.of(Fields.utf8(entry.getKey()), Fields.utf8(entry.getValue()))) {
          out.writeInt(text.length);
          out.write(text);
        }
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("memory cannot be written", impossible);
    }
    return new BytesRef(bytes.toByteArray());
  }
}
