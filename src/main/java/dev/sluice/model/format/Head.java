package dev.sluice.model.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * The beginning of a file, or of what it holds in compressed form.
 *
 * @param path the file
 * @param bytes its first bytes, at most {@link #MAX_BYTES}; not copied, not changed
 * @param size the size of the whole in bytes; the number of bytes at hand where it is compressed
 * @param packing {@code gzip}, {@code zlib} or {@link Archives#IN_ARCHIVE}; empty where the bytes
 *     are the file's own
 */
record Head(Path path, byte[] bytes, long size, String packing) {
  /** Most bytes that are read, in bytes. */
  static final int MAX_BYTES = 1 << 18;

  static Head read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return new Head(file, upTo(stream, MAX_BYTES), Files.size(file), "");
    }
  }

  /** Returns the beginning of what this file holds, as a file of its own. */
  Head unpacked(String how, byte[] content) {
    return new Head(path, content, content.length, how);
  }

  /** Returns what is said about the content, after how it is compressed. */
  String details(String content) {
    String packed = isPlain() ? "" : "compressed with " + packing;
    return packed + (packed.isEmpty() || content.isEmpty() ? "" : "; ") + content;
  }

  /** Whether the bytes are those of the file. */
  boolean isPlain() {
    return packing.isEmpty();
  }

  /** Whether all of the file is at hand. */
  boolean isWhole() {
    return isPlain() && bytes.length == size;
  }

  boolean startsWith(String ascii) {
    return hasAt(0, ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  boolean hasAt(int offset, String ascii) {
    return hasAt(offset, ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  boolean hasAt(int offset, byte[] expected) {
    int end = offset + expected.length;
    return end <= bytes.length && Arrays.equals(bytes, offset, end, expected, 0, expected.length);
  }

  /** Returns the bytes as characters of ISO 8859-1, one each, for a search in them. */
  String latin() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Reads until a number of bytes is there, the stream ends, or compressed data turns out to be cut
   * off or damaged.
   */
  static byte[] upTo(InputStream stream, int max) throws IOException {
    byte[] buffer = new byte[Math.min(max, 1 << 14)];
    int length = 0;
    try {
      while (length < max) {
        if (length == buffer.length) {
          buffer = Arrays.copyOf(buffer, Math.min(max, buffer.length * 2));
        }
        int read = stream.read(buffer, length, buffer.length - length);
        if (read <= 0) {
          break;
        }
        length += read;
      }
    } catch (EOFException | ZipException damaged) {
      return Arrays.copyOf(buffer, length); // what came before the damage is what there is to see
    }
    return Arrays.copyOf(buffer, length);
  }
}
