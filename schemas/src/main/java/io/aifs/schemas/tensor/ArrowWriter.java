package io.aifs.schemas.tensor;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.apache.arrow.flatbuf.Block;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;

/** The metadata of a tensor's file, as bytes. Immutable. */
final class ArrowWriter {
  /** Values begin at a multiple of this, as readers like it that map files into memory. */
  static final int ALIGNMENT = 64;

  private static final int PREFIX_BYTES = 8;

  private final String name;
  private final TensorType type;
  private final TensorRows rows;

  /**
   * @throws IllegalArgumentException if a row would have too many values
   */
  ArrowWriter(String name, TensorType type, long rowValuesMax) {
    this.name = name;
    this.type = type;
    this.rows = TensorRows.of(type, rowValuesMax);
  }

  /** Bytes of the body, which are those of the values and what fills them up. */
  long bodyBytes() {
    return Math.ceilDiv(type.bytes(), (long) ALIGNMENT) * ALIGNMENT;
  }

  /** The message that has the schema. */
  byte[] schemaMessage() {
    var builder = new FlatBufferBuilder();
    int schema = schema(builder);
    return message(builder, MessageHeader.Schema, schema, 0, 0);
  }

  /**
   * The message that has the values behind it.
   *
   * @param offset where it will begin
   */
  byte[] batchMessage(long offset) {
    var builder = new FlatBufferBuilder();
    RecordBatch.startBuffersVector(builder, 3); // from the last to the first
    Buffer.createBuffer(builder, 0, type.bytes());
    Buffer.createBuffer(builder, 0, 0);
    Buffer.createBuffer(builder, 0, 0);
    int buffers = builder.endVector();
    RecordBatch.startNodesVector(builder, 2);
    FieldNode.createFieldNode(builder, type.elements(), 0);
    FieldNode.createFieldNode(builder, rows.count(), 0);
    int nodes = builder.endVector();
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, rows.count());
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, buffers);
    int batch = RecordBatch.endRecordBatch(builder);
    return message(builder, MessageHeader.RecordBatch, batch, bodyBytes(), offset);
  }

  /** A message's metadata, filled up so that its body begins where it is to. */
  private static byte[] message(
      FlatBufferBuilder builder, byte kind, int header, long bodyBytes, long offset) {
    Message.startMessage(builder);
    Message.addVersion(builder, MetadataVersion.V5);
    Message.addHeaderType(builder, kind);
    Message.addHeader(builder, header);
    Message.addBodyLength(builder, bodyBytes);
    Message.finishMessageBuffer(builder, Message.endMessage(builder));
    byte[] metadata = builder.sizedByteArray();
    if (metadata.length > ArrowMessage.METADATA_BYTES_MAX - ALIGNMENT) {
      throw new IllegalArgumentException("name and dimension names are too long");
    }
    int alignment = kind == MessageHeader.RecordBatch ? ALIGNMENT : 8;
    long end = Math.ceilDiv(offset + PREFIX_BYTES + metadata.length, (long) alignment) * alignment;
    int filled = (int) (end - offset - PREFIX_BYTES);
    return ByteBuffer.allocate(PREFIX_BYTES + filled)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(ArrowMessage.CONTINUATION)
        .putInt(filled)
        .put(metadata)
        .array();
  }

  /**
   * The table of contents.
   *
   * @param offset where the message begins that has the values
   * @param messageBytes how long it is without them
   */
  byte[] footer(long offset, int messageBytes) {
    var builder = new FlatBufferBuilder();
    int schema = schema(builder);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, 1);
    Block.createBlock(builder, offset, messageBytes, bodyBytes());
    int blocks = builder.endVector();
    Footer.startFooter(builder);
    Footer.addVersion(builder, MetadataVersion.V5);
    Footer.addSchema(builder, schema);
    Footer.addDictionaries(builder, dictionaries);
    Footer.addRecordBatches(builder, blocks);
    Footer.finishFooterBuffer(builder, Footer.endFooter(builder));
    byte[] footer = builder.sizedByteArray();
    return Arrays.copyOf(footer, Math.ceilDiv(footer.length, 8) * 8);
  }

  private int schema(FlatBufferBuilder builder) {
    ArrowElement element = ArrowElement.of(type.element());
    SequencedMap<String, String> ofChild = new LinkedHashMap<>();
    if (!element.extension().isEmpty()) {
      ofChild.put(TensorColumn.EXTENSION_NAME, element.extension());
      ofChild.put(TensorColumn.EXTENSION_METADATA, "");
    }
    int child =
        field(builder, "item", element.kind(), elementType(builder, element), ofChild, new int[0]);
    SequencedMap<String, String> ofList = new LinkedHashMap<>();
    ofList.put(TensorColumn.EXTENSION_NAME, TensorColumn.TENSOR_EXTENSION);
    ofList.put(TensorColumn.EXTENSION_METADATA, rows.row().json());
    rows.whole().ifPresent(whole -> ofList.put(TensorColumn.WHOLE, whole.json()));
    int list = FixedSizeList.createFixedSizeList(builder, (int) rows.rowValues());
    int field = field(builder, name, Type.FixedSizeList, list, ofList, new int[] {child});
    int fields = Schema.createFieldsVector(builder, new int[] {field});
    Schema.startSchema(builder);
    Schema.addFields(builder, fields);
    return Schema.endSchema(builder);
  }

  private static int elementType(FlatBufferBuilder builder, ArrowElement element) {
    return switch (element.kind()) {
      case Type.Int -> Int.createInt(builder, element.size(), element.signed());
      case Type.FloatingPoint -> FloatingPoint.createFloatingPoint(builder, (short) element.size());
      case Type.FixedSizeBinary -> FixedSizeBinary.createFixedSizeBinary(builder, element.size());
      default -> throw new IllegalStateException("no type of elements: " + element);
    };
  }

  private static int field(
      FlatBufferBuilder builder,
      String name,
      byte kind,
      int type,
      Map<String, String> metadata,
      int[] children) {
    int nameAt = builder.createString(name);
    int childrenAt = Field.createChildrenVector(builder, children);
    List<Integer> entries =
        metadata.entrySet().stream()
            .map(
                entry ->
                    KeyValue.createKeyValue(
                        builder,
                        builder.createString(entry.getKey()),
                        builder.createString(entry.getValue())))
            .toList();
    int metadataAt =
        entries.isEmpty()
            ? 0
            : Field.createCustomMetadataVector(
                builder, entries.stream().mapToInt(Integer::intValue).toArray());
    Field.startField(builder);
    Field.addName(builder, nameAt);
    Field.addNullable(builder, true); // as most writers say, which makes types compare as equal
    Field.addTypeType(builder, kind);
    Field.addType(builder, type);
    Field.addChildren(builder, childrenAt);
    if (metadataAt != 0) {
      Field.addCustomMetadata(builder, metadataAt);
    }
    return Field.endField(builder);
  }
}
