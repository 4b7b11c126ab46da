package dev.sluice.model.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.sluice.model.format.ProtoReader.BoundException;
import dev.sluice.model.format.ProtoReader.Bounds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {
  private static final Bounds BOUNDS = new Bounds(3, 2, 4, 6);
  private static final int MESSAGE = 1 << 3 | 2;
  private static final int TEXT = 2 << 3 | 2;
  private static final int NUMBERS = 3 << 3 | 2;

  @Test
  void textsAndPackedNumbersAreRead() throws IOException {
    List<Object> read = read(TEXT, 2, 'a', 'b', NUMBERS, 3, 1, 0x80, 1);
    assertThat(read).containsExactly("ab", 1L, 128L);
  }

  @Test
  void fieldsAreCountedInAllMessages() {
    assertThatCode(() -> read(MESSAGE, 4, 0x20, 1, 0x20, 2)).doesNotThrowAnyException();
    assertThatThrownBy(() -> read(MESSAGE, 4, 0x20, 1, 0x20, 2, 0x20, 3))
        .isInstanceOf(BoundException.class)
        .hasMessage("more than 3 fields");
  }

  @Test
  void messagesNestWithinTheBound() {
    assertThatCode(() -> read(MESSAGE, 2, MESSAGE, 0)).doesNotThrowAnyException();
    assertThatThrownBy(() -> read(MESSAGE, 4, MESSAGE, 2, MESSAGE, 0))
        .isInstanceOf(BoundException.class)
        .hasMessage("nested deeper than 2 messages");
  }

  @Test
  void textsAreBoundedOneByOneAndTogether() {
    assertThatThrownBy(() -> read(TEXT, 5, 'a', 'b', 'c', 'd', 'e'))
        .isInstanceOf(BoundException.class)
        .hasMessage("a name has 5 bytes, expected at most 4");
    assertThatThrownBy(() -> read(TEXT, 4, 'a', 'b', 'c', 'd', TEXT, 3, 'a', 'b', 'c'))
        .isInstanceOf(BoundException.class)
        .hasMessage("names take more than 6 bytes");
  }

  @Test
  void ofALongShortTextTheSizeIsRead() throws IOException {
    ProtoReader reader = reader(3, 'a', 'b', 'c', 2, 'd', 'e');
    assertThat(reader.shortText(2)).isEqualTo("(3 bytes)");
    assertThat(reader.shortText(2)).isEqualTo("de");
    assertThat(reader.position()).isEqualTo(7);
  }

  @Test
  void aGroupAndAnUnfinishedMessageAreDamage() {
    assertThatThrownBy(() -> read(0x23, 0x24))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("field 4 is a group");
    assertThatThrownBy(() -> read(MESSAGE, 4, 0x20, 1))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("the file ends inside a message");
    assertThatThrownBy(() -> reader(0xff, 0xff, 0xff, 0xff, 0x0f).shortText(2))
        .isInstanceOf(InvalidProtocolBufferException.class)
        .hasMessage("a text has 4294967295 bytes");
  }

  private static List<Object> read(int... bytes) throws IOException {
    List<Object> values = new ArrayList<>();
    ProtoReader reader = reader(bytes);
    reader.fields(tag -> take(reader, tag, values));
    return values;
  }

  private static boolean take(ProtoReader reader, int tag, List<Object> values) throws IOException {
    switch (tag) {
      case MESSAGE -> reader.message(field -> take(reader, field, values));
      case TEXT -> values.add(reader.text());
      case NUMBERS -> reader.numbers(values::add);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static ProtoReader reader(int... bytes) {
    byte[] content = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      content[i] = (byte) bytes[i];
    }
    return new ProtoReader(new ByteArrayInputStream(content), BOUNDS);
  }
}
