package io.aifs.schemas.numpy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NpyHeaderTest {
  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(ElementType element) throws Exception {
    for (List<Long> shape : List.of(List.<Long>of(), List.of(3L), List.of(0L, 2L, 1L))) {
      var type = new TensorType(element, shape);
      if (!NpyHeader.canHold(element)) {
        assertThatThrownBy(() -> NpyHeader.write(type))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("NumPy has no type for");
        continue;
      }
      byte[] head = NpyHeader.write(type);
      byte[] file = Arrays.copyOf(head, head.length + (int) type.bytes());

      assertThat(head.length % 64).isZero();
      assertThat(NpyHeader.read(ByteSource.of(file)))
          .isEqualTo(new NpyHeader(head.length, type, false));
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void allVersionsAreRead(int version) throws Exception {
    byte[] file = file(version, "{'fortran_order': True, \"shape\": (4L,1), 'descr': '=i2'}\n", 8);

    NpyHeader header = NpyHeader.read(ByteSource.of(file));

    assertThat(header.type()).isEqualTo(new TensorType(ElementType.INT16, List.of(4L, 1L)));
    assertThat(header.fortranOrder()).isTrue();
    assertThat(header.isRowMajor()).isTrue();
    assertThat(NpyHeader.claimedBytes(file)).isEqualTo(header.bytes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          {'descr': '>f4', 'fortran_order': False, 'shape': (2,)} ~ header: descr '>f4' is big-endian; save the array as a.astype
          {'descr': '|O', 'fortran_order': False, 'shape': (2,)} ~ descr '|O' is of objects
          {'descr': '<c8', 'fortran_order': False, 'shape': (1,)} ~ is complex
          {'descr': '|V2', 'fortran_order': False, 'shape': (4,)} ~ such as bfloat16
          {'descr': '<U2', 'fortran_order': False, 'shape': (1,)} ~ is text
          {'descr': '<M8[s]', 'fortran_order': False, 'shape': (1,)} ~ is of times
          {'descr': '<f16', 'fortran_order': False, 'shape': (1,)} ~ is none of
          {'descr': '', 'fortran_order': False, 'shape': (1,)} ~ descr '' is empty
          {'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)} ~ header, character 10: descr is of records with members
          {'descr': '<f4', 'fortran_order': 0, 'shape': (2,)} ~ is neither True nor False
          {'descr': '<f4', 'fortran_order': False, 'shape': (2)} ~ is a number in parentheses, and no tuple
          {'descr': '<f4', 'fortran_order': False, 'shape': (-2,)} ~ shape has a negative number
          {'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)} ~ shape has a number that is out of all bounds
          {'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,4294967296)} ~ header: shape: the shape is of over 2^63 - 1 bytes
          {'descr': '<f4', 'fortran_order': False, 'shape': (3,)} ~ the array is of 12 bytes, but 8 follow
          {'descr': '<f4', 'fortran_order': False, 'shape': (1,)} ~ the array is of 4 bytes, but 8 follow
          {'descr': '<f4', 'fortran_order': False} ~ has not all of descr, fortran_order and shape
          {'descr': '<f4', 'descr': '<f4'} ~ has descr twice
          {'descr': '<f4', 'other': 1} ~ has an unknown member 'other'
          {'descr': '<f4', 'fortran_order': False, 'shape': (2,)} x ~ goes on behind its dictionary
          {'descr': '<f\\x34'} ~ has a backslash in a string
          {'descr': '<f4 ~ is a string without its end
          {'descr' '<f4'} ~ ':' is missing
          7 ~ '{' is missing
          """)
  void whatIsWrongIsSaid(String text, String message) {
    assertThatThrownBy(() -> NpyHeader.read(ByteSource.of(file(1, text, 8))))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining(message);
  }

  @Test
  void brokenStartsAreRefused() {
    byte[] file = NpyHeader.write(new TensorType(ElementType.UINT8, List.of(0L)));
    byte[] version = file.clone();
    version[6] = 4;
    byte[] claim = file(2, "{}", 0);
    claim[11] = 0x7f;

    assertRefused(Arrays.copyOf(file, 5), "byte 0: is no npy file");
    assertRefused(version, "byte 6: the version is 4.0; 1.0, 2.0 and 3.0 are known");
    assertRefused(Arrays.copyOf(file, 9), "byte 8: the file ends inside its header");
    assertRefused(Arrays.copyOf(file, 100), "byte 8: the file ends inside its header");
    assertRefused(claim, "byte 8: the header claims 2130706434 bytes; at most 65536 are allowed");
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> NpyHeader.read(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessageContaining(message);
  }

  static byte[] file(int version, String text, int dataBytes) {
    ByteBuffer file =
        ByteBuffer.allocate(8 + (version == 1 ? 2 : 4) + text.length() + dataBytes)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put("\u0093NUMPY".getBytes(ISO_8859_1))
            .put((byte) version)
            .put((byte) 0);
    if (version == 1) {
      file.putShort((short) text.length());
    } else {
      file.putInt(text.length());
    }
    return file.put(text.getBytes(ISO_8859_1)).array();
  }
}
