package dev.sluice.cli.letters;

import dev.sluice.cli.inspect.Shown;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes of unknown meaning, made fit for a person. */
public final class ShownBytes {
  /** So many are shown in hexadecimal. */
  private static final int MAX = 64;

  private ShownBytes() {}

  /** Returns bytes as text where they are one that can be seen, else in hexadecimal. */
  public static String of(byte[] bytes) {
    if (bytes == null) {
      return "null";
    }
    if (bytes.length == 0) {
      return "empty";
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.codePoints().allMatch(Shown::isVisible) ? Shown.text(text) : hex(bytes);
    } catch (CharacterCodingException e) {
      return hex(bytes); // no text, which is nothing wrong
    }
  }

  /** Returns the first bytes in hexadecimal, and how many there are if these are not all. */
  public static String hex(byte[] bytes) {
    int shown = Math.min(bytes.length, MAX);
    String more = shown < bytes.length ? "... (" + bytes.length + " bytes)" : "";
    return "0x" + HexFormat.of().formatHex(bytes, 0, shown) + more;
  }
}
