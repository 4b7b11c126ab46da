package dev.sluice.serial;

import dev.sluice.record.Header;
import dev.sluice.record.Reason;
import dev.sluice.record.Severity;
import dev.sluice.record.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The small pieces that several serializers share: nullable bytes, texts, lists of them, headers,
 * violations.
 */
public final class Wire {
  private Wire() {}

  static void writeBytes(byte[] bytes, DataOutputView out) throws IOException {
    if (bytes == null) {
      out.writeInt(-1);
    } else {
      out.writeInt(bytes.length);
      out.write(bytes);
    }
  }

  static byte[] readBytes(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** Unlike writeUTF, it takes texts of any length, and null. */
  static void writeText(String text, DataOutputView out) throws IOException {
    writeBytes(text == null ? null : text.getBytes(StandardCharsets.UTF_8), out);
  }

  static String readText(DataInputView in) throws IOException {
    byte[] bytes = readBytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes texts, none of them null. */
  public static void writeTexts(List<String> texts, DataOutputView out) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(text, out);
    }
  }

  /** Reads what {@link #writeTexts} has written. */
  public static List<String> readTexts(DataInputView in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(readText(in));
    }
    return texts;
  }

  static void writeHeaders(Header[] headers, DataOutputView out) throws IOException {
    out.writeInt(headers.length);
    for (Header header : headers) {
      writeText(header.name(), out);
      writeBytes(header.value(), out);
    }
  }

  static Header[] readHeaders(DataInputView in) throws IOException {
    int count = in.readInt();
    if (count == 0) {
      return Header.NONE;
    }
    Header[] headers = new Header[count];
    for (int i = 0; i < count; i++) {
      headers[i] = new Header(readText(in), readBytes(in));
    }
    return headers;
  }

  static void writeViolations(List<Violation> violations, DataOutputView out) throws IOException {
    out.writeInt(violations.size());
    for (Violation violation : violations) {
      writeText(violation.column(), out);
      writeText(violation.reason().name(), out);
      writeText(violation.severity().name(), out);
      writeText(violation.value(), out);
      writeText(violation.expectation(), out);
      writeText(violation.bound(), out);
      out.writeInt(violation.index());
    }
  }

  static List<Violation> readViolations(DataInputView in) throws IOException {
    int count = in.readInt();
    if (count == 0) {
      return List.of();
    }
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      violations.add(
          new Violation(
              readText(in),
              Reason.valueOf(readText(in)),
              Severity.valueOf(readText(in)),
              readText(in),
              readText(in),
              readText(in),
              in.readInt()));
    }
    return violations;
  }
}
