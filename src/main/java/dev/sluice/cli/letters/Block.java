package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;

/** A message as lines for a person: the first at the margin, the others named and indented. */
final class Block {
  private static final int SHORT_SHA = 12;

  private final List<String> lines = new ArrayList<>();

  /** Begins with where the message lies, when it was written, and what it is. */
  Block(TopicMessage message, String what) {
    lines.add(
        message.place() + "  " + Instant.ofEpochMilli(message.message().timestamp()) + "  " + what);
  }

  /** Adds a line; the text is fit for a terminal. */
  void line(String name, String text) {
    lines.add("  %-10s%s".formatted(name, text).stripTrailing());
  }

  void key(byte[] key) {
    line("key", ShownBytes.of(key));
  }

  void headers(Iterable<Header> headers) {
    for (Header header : headers) {
      line("header", Shown.text(header.key()) + " = " + ShownBytes.of(header.value()));
    }
  }

  /** Adds the model, and the data profile unless it is null. */
  void model(Object name, Object version, Object sha256, Object profileSha256) {
    String profile = profileSha256 == null ? "" : ", data profile " + shortSha(profileSha256);
    line(
        "model",
        Shown.text((name + " " + version).strip()) + ", SHA-256 " + shortSha(sha256) + profile);
  }

  /** Adds lines as they are. */
  void all(List<String> more) {
    lines.addAll(more);
  }

  List<String> lines() {
    return lines;
  }

  private static String shortSha(Object sha256) {
    String text = sha256.toString();
    return Shown.text(text.substring(0, Math.min(SHORT_SHA, text.length())));
  }
}
