package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;

/**
 * Messages for a person: a block of lines for each, of which the first stands at the margin. All
 * texts are {@linkplain Shown shown}, never as they came.
 */
public final class LetterText {
  /** The longest decoded record shown, in characters. */
  private static final int MAX_RECORD = 20_000;

  /** So many bytes of a binary key, header or message are shown. */
  private static final int MAX_BYTES = 64;

  private static final int SHORT_SHA = 12;

  private final Optional<PlainAvro> features;

  /**
   * @param features decodes the original records; empty if their schema is not known
   */
  public LetterText(Optional<PlainAvro> features) {
    this.features = features;
  }

  /** Returns the lines of a message. */
  public List<String> of(TopicMessage message) {
    return message.letter().map(this::letter).orElseGet(() -> other(message));
  }

  private List<String> letter(Letter letter) {
    List<String> lines = new ArrayList<>();
    lines.add(
        letter.place()
            + "  "
            + Instant.ofEpochMilli(letter.message().timestamp())
            + "  "
            + letter.text("kind")
            + " "
            + Shown.text(letter.reason()));
    line(lines, "message", Shown.text(letter.text("message")));
    for (Letter.Unmet unmet : letter.violations()) {
      String got = unmet.value().isEmpty() ? "missing" : unmet.value();
      line(
          lines,
          "violation",
          Shown.text(unmet.column() + " is " + got + ", expected " + unmet.expectation())
              + Shown.text(" (" + unmet.reason() + ", " + unmet.severity() + ")"));
    }
    line(lines, "record", record(letter));
    line(lines, "key", bytes(letter.key()));
    for (Header header : letter.headers()) {
      line(lines, "header", Shown.text(header.key()) + " = " + bytes(header.value()));
    }
    line(
        lines,
        "model",
        Shown.text((letter.text("modelName") + " " + letter.text("modelVersion")).strip())
            + ", SHA-256 "
            + shortSha(letter.text("modelSha256"))
            + ", data profile "
            + shortSha(letter.text("profileSha256")));
    value(lines, letter);
    return lines;
  }

  private static String record(Letter letter) {
    Object eventTime = letter.content().get("eventTime");
    return Shown.text(letter.text("topic"))
        + "-"
        + letter.number("partition")
        + "@"
        + letter.number("offset")
        + ", written "
        + Instant.ofEpochMilli(letter.number("kafkaTimestamp"))
        + ", event time "
        + (eventTime == null ? "unknown" : Instant.ofEpochMilli((Long) eventTime));
  }

  private void value(List<String> lines, Letter letter) {
    byte[] value = letter.value();
    long size = letter.number("valueSize");
    if (value == null) {
      line(lines, "value", "null");
      return;
    }
    Object whole = letter.content().get("valueSha256");
    String digest = whole == null ? sha256(value) : Shown.text(whole);
    String kept = value.length < size ? ", of which " + value.length + " are kept" : "";
    String cut = letter.isTruncated() ? "; truncated" : "";
    line(lines, "value", size + " bytes" + kept + ", SHA-256 " + digest + cut);
    if (features.isPresent()) {
      Optional<GenericRecord> decoded = features.get().decode(value);
      line(
          lines,
          "decoded",
          decoded
              .map(record -> Shown.text(AvroJson.of(record), MAX_RECORD))
              .orElse("is no record of the schema"));
    }
  }

  private static List<String> other(TopicMessage message) {
    List<String> lines = new ArrayList<>();
    String type = message.content().map(content -> content.getSchema().getName()).orElse("unknown");
    lines.add(
        message.place() + "  " + Instant.ofEpochMilli(message.message().timestamp()) + "  " + type);
    line(lines, "key", bytes(message.message().key()));
    for (Header header : message.message().headers()) {
      line(lines, "header", Shown.text(header.key()) + " = " + bytes(header.value()));
    }
    byte[] value = message.message().value();
    if (message.content().isPresent()) {
      line(lines, "record", Shown.text(AvroJson.of(message.content().get()), MAX_RECORD));
    } else if (value == null) {
      line(lines, "value", "null");
    } else {
      line(lines, "value", value.length + " bytes, no record that Sluice writes: " + hex(value));
    }
    return lines;
  }

  private static void line(List<String> lines, String name, String text) {
    lines.add("  %-10s%s".formatted(name, text));
  }

  /** Returns bytes as text where they are one that can be seen, else in hexadecimal. */
  private static String bytes(byte[] bytes) {
    if (bytes == null) {
      return "null";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (!text.isEmpty() && text.codePoints().allMatch(Shown::isVisible)) {
        return Shown.text(text);
      }
    } catch (CharacterCodingException e) {
      return hex(bytes); // no text, which is nothing wrong
    }
    return bytes.length == 0 ? "empty" : hex(bytes);
  }

  private static String hex(byte[] bytes) {
    int shown = Math.min(bytes.length, MAX_BYTES);
    String more = shown < bytes.length ? "... (" + bytes.length + " bytes)" : "";
    return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + more;
  }

  private static String shortSha(String sha256) {
    return Shown.text(sha256.substring(0, Math.min(SHORT_SHA, sha256.length())));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
