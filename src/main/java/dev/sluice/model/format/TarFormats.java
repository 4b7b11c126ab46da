package dev.sluice.model.format;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Recognises what a tar holds, plain or in gzip or zlib, in one pass. Of each file at most the
 * beginning is read, 64 MB of all files; the rest is passed over: by a seek in a plain tar, by
 * unpacking and dropping at most 4 GB in a compressed one, which takes time but no memory. A tar is
 * in the order of its directory, so that gigabytes of weights may come before the file that says
 * what they are.
 */
final class TarFormats {
  private static final int BLOCK = 512;
  private static final int MAX_ENTRIES = 10_000;

  private final Path path;
  private final MeasuredStream stream;
  private final List<String> names = new ArrayList<>();

  private TarFormats(Path path, MeasuredStream stream) {
    this.path = path;
    this.stream = stream;
  }

  static Optional<DetectedFormat> detect(Head head) throws IOException {
    return detect(head, MeasuredStream.MAX_READ, MeasuredStream.MAX_SKIPPED);
  }

  static Optional<DetectedFormat> detect(Head head, long maxRead, long maxSkipped)
      throws IOException {
    if (!head.hasAt(257, "ustar") || head.packing().equals(Archives.IN_ARCHIVE)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(head.path());
        InputStream plain = new ChannelStream(channel, 0);
        MeasuredStream content =
            head.isPlain()
                ? new MeasuredStream(plain, maxRead, Long.MAX_VALUE)
                : new MeasuredStream(Compressed.open(head.packing(), plain), maxRead, maxSkipped)) {
      return Optional.of(new TarFormats(head.path(), content).scan());
    }
  }

  private DetectedFormat scan() throws IOException {
    String limit = "";
    try {
      while (limit.isEmpty()) {
        byte[] header = stream.readNBytes(BLOCK);
        long size = header.length < BLOCK ? -1 : size(header, 124, 12);
        String name = size < 0 ? "" : text(header, 0, 100);
        if (name.isEmpty()) {
          break;
        }
        Optional<DetectedFormat> found = look(name, header[156], size);
        if (found.isPresent()) {
          return found.get();
        }
        limit = names.size() < MAX_ENTRIES ? "" : stream.lookedAt();
      }
    } catch (EOFException | ZipException cutOff) {
      return Archives.unknown(path, names.isEmpty() ? List.of("nothing readable") : names, "");
    } catch (MeasuredStream.BeyondBoundsException beyond) {
      limit = beyond.getMessage();
    }
    return Archives.unknown(path, names, limit);
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

  /** Returns a size in octal digits, or in base 256 where it is 8 GB or more; -1 for no size. */
  private static long size(byte[] header, int start, int length) {
    if (header[start] == (byte) 0x80) {
      BigInteger wide = new BigInteger(1, Arrays.copyOfRange(header, start + 1, start + length));
      return wide.bitLength() < 60 ? wide.longValue() : -1;
    }
    String digits = text(header, start, length).strip();
    return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
  }
}
