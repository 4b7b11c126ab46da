package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;

/** Dead letters for a person: why first, then which record, and what is left of it. */
final class LetterText {
  /** The longest decoded record shown, in characters. */
  private static final int MAX_RECORD = 20_000;

  private final Optional<FramedAvro> features;

  /**
   * @param features decodes the original records; empty if their schema is not known
   */
  LetterText(Optional<PlainAvro> features) {
    this.features = features.map(FramedAvro::new);
  }

  /** Returns the lines of a message that is a letter. */
  List<String> of(TopicMessage message, Letter letter) {
    Block block = new Block(message, letter.text("kind") + " " + Shown.text(letter.reason()));
    String cause = letter.text("message");
    if (letter.violations().stream().noneMatch(v -> ViolationText.says(v, cause))) {
      block.line("message", Shown.text(cause));
    }
    for (GenericRecord violation : letter.violations()) {
      block.line("violation", ViolationText.of(violation));
    }
    block.line("record", record(letter));
    block.key(letter.key());
    block.headers(letter.headers());
    block.model(
        letter.text("modelName"),
        letter.text("modelVersion"),
        letter.text("modelSha256"),
        letter.text("profileSha256"));
    value(block, letter);
    return block.lines();
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

  private void value(Block block, Letter letter) {
    byte[] value = letter.value();
    long size = letter.number("valueSize");
    if (value == null) {
      block.line("value", "null");
      return;
    }
    Object whole = letter.content().get("valueSha256");
    String digest = whole == null ? sha256(value) : Shown.text(whole);
    String kept = value.length < size ? ", of which " + value.length + " are kept" : "";
    String cut = letter.isTruncated() ? "; truncated" : "";
    block.line("value", size + " bytes" + kept + ", SHA-256 " + digest + cut);
    if (features.isPresent()) {
      Optional<GenericRecord> decoded = features.get().decode(value, letter.headers());
      block.line(
          "decoded",
          decoded
              .map(record -> Shown.text(AvroJson.of(record), MAX_RECORD))
              .orElse("is no record of the schema"));
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
