package dev.sluice.model.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files to put into a zip or a tar. */
final class Archive {
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  Archive with(String name, byte[] content) {
    files.put(name, content);
    return this;
  }

  Archive with(String name, String content) {
    return with(name, content.getBytes(StandardCharsets.UTF_8));
  }

  byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return out.toByteArray();
  }

  byte[] tar() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    files.forEach(
        (name, content) -> {
          byte[] header = new byte[512];
          put(header, 0, name);
          put(header, 124, "%011o".formatted(content.length));
          header[156] = '0';
          put(header, 257, "ustar");
          out.writeBytes(header);
          out.writeBytes(content);
          out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        });
    out.writeBytes(new byte[1024]);
    return out.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  static byte[] zlib(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write(content);
    }
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
