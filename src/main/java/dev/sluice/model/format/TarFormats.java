package dev.sluice.model.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Recognises what a tar holds, plain or in gzip, in one pass over at most 64 MB of it. */
final class TarFormats {
  private static final int BLOCK = 512;
  private static final int MAX_ENTRIES = 10_000;

  private final Path path;
  private final InputStream stream;
  private final List<String> names = new ArrayList<>();

  private TarFormats(Path path, InputStream stream) {
    this.path = path;
    this.stream = stream;
  }

  static Optional<DetectedFormat> detect(Head head) throws IOException {
    if (!head.hasAt(257, "ustar") || head.packing().equals(Archives.IN_ARCHIVE)) {
      return Optional.empty();
    }
    try (InputStream file = Files.newInputStream(head.path());
        InputStream content =
            new BoundedStream(
                head.isPlain() ? file : new GZIPInputStream(file, 1 << 16),
                BoundedStream.MAX_BYTES)) {
      return Optional.of(new TarFormats(head.path(), content).scan());
    }
  }

  private DetectedFormat scan() throws IOException {
    try {
      while (names.size() < MAX_ENTRIES) {
        byte[] header = stream.readNBytes(BLOCK);
        long size = header.length < BLOCK ? -1 : octal(header, 124, 12);
        String name = size < 0 ? "" : text(header, 0, 100);
        if (name.isEmpty()) {
          break;
        }
        Optional<DetectedFormat> found = look(name, header[156], size);
        if (found.isPresent()) {
          return found.get();
        }
      }
    } catch (EOFException | ZipException cutOff) {
      return Archives.unknown(path, names.isEmpty() ? List.of("nothing readable") : names);
    }
    return Archives.unknown(path, names);
  }

  /** Reads the file after a header, to the end of its last block. */
  private Optional<DetectedFormat> look(String name, byte type, long size) throws IOException {
    long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
    if (type != '0' && type != 0) {
      stream.skipNBytes(padded);
      return Optional.empty();
    }
    names.add(name);
    if (name.equals("saved_model.pb") || name.endsWith("/saved_model.pb")) {
      return Optional.of(SavedModel.read(new BoundedStream(stream, size)).foundIn(path, name));
    }
    byte[] beginning = Head.upTo(stream, (int) Math.min(size, Head.MAX_BYTES));
    if (name.equals("MLmodel") || name.endsWith("/MLmodel")) {
      return Optional.of(Archives.mlflow(path, name, beginning));
    }
    if (ProtobufFormats.isOnnx(
        beginning, size, new Head(path, beginning, size, Archives.IN_ARCHIVE))) {
      String held = "it holds " + Printable.name(name);
      return Optional.of(DetectedFormat.of(path, ModelFormat.PACKED_ONNX, held));
    }
    if (names.size() <= Printable.MAX_LIST) {
      names.set(names.size() - 1, Archives.described(path, name, beginning, size));
    }
    stream.skipNBytes(padded - beginning.length);
    return Optional.empty();
  }

  private static String text(byte[] header, int start, int length) {
    int end = start;
    while (end < start + length && header[end] != 0) {
      end++;
    }
    return new String(header, start, end - start, StandardCharsets.UTF_8);
  }

  /** Returns a size; -1 where it is none, or one of more than 8 GB, which is written otherwise. */
  private static long octal(byte[] header, int start, int length) {
    String digits = text(header, start, length).strip();
    return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
  }
}
