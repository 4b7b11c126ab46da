package dev.sluice.profile.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.profile.DataProfile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * The file of a data profile, {@code data-profile.json} in a model package: JSON in UTF-8, laid out
 * for people and for diffs. Equal profiles make equal bytes. Unknown keys are refused.
 */
public final class DataProfileFile {
  /** The largest file that is read, in bytes. */
  public static final int MAX_BYTES = 64 << 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private DataProfileFile() {}

  /**
   * Reads a data profile.
   *
   * @throws DataProfileException if it is not sound; the message names file and place
   * @throws IOException if the file cannot be read
   */
  public static DataProfile read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    }
  }

  /**
   * Reads a data profile up to the end of the stream, which stays open.
   *
   * @param name the name for messages
   * @throws DataProfileException if it is not sound; the message names the place
   * @throws IOException if the stream cannot be read
   */
  public static DataProfile read(InputStream in, String name) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new DataProfileException(
          name + ": the file has more bytes than expected, at most " + MAX_BYTES, null);
    }
    return read(bytes, name, true);
  }

  /**
   * Reads a data profile that may lack some of its parts and be of any size, regular expressions
   * and bounds of its expectations included, as {@link #read(InputStream, String)} does otherwise:
   * what a job keeps of a baseline.
   *
   * @param name the name for messages
   * @throws DataProfileException if it is not sound; the message names the place
   * @throws IOException if the stream cannot be read
   */
  public static DataProfile readSome(InputStream in, String name) throws IOException {
    return read(in.readAllBytes(), name, false);
  }

  private static DataProfile read(byte[] bytes, String name, boolean complete) throws IOException {
    try {
      return ProfileReader.read(MAPPER.readTree(bytes), name, complete);
    } catch (JsonProcessingException e) {
      String place =
          e.getLocation() == null
              ? ""
              : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      String got =
          e instanceof JsonEOFException
              ? "the end of the file in the middle of it"
              : e.getOriginalMessage();
      throw new DataProfileException(name + ": " + place + ": expected JSON, got: " + got, e);
    }
  }

  /** Returns the bytes of the file. */
  public static byte[] toBytes(DataProfile profile) {
    return JsonLayout.layOut(ProfileWriter.toJson(profile)).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes a data profile, over what was there: whole, or not at all where its directory can be
   * written.
   *
   * @throws IllegalArgumentException if it is larger than what is read
   */
  public static void write(DataProfile profile, Path file) throws IOException {
    byte[] bytes = toBytes(profile);
    if (bytes.length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "%s: the data profile has %,d bytes in %d parts, expected at most %,d: fewer segments"
              .formatted(file, bytes.length, profile.parts().size(), MAX_BYTES));
    }
    boolean isThere = Files.exists(file);
    Path target = isThere ? file.toRealPath() : file.toAbsolutePath(); // behind a link
    if (isThere && !(Files.isRegularFile(file) && Files.isWritable(target.getParent()))) {
      Files.write(file, bytes); // such as /dev/stdout
      return;
    }
    Path part =
        target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      Files.write(part, bytes, StandardOpenOption.CREATE_NEW);
      if (isThere && part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /**
   * Returns the SHA-256 of a data set in hexadecimal, lower case, whatever the order of its files:
   * that of the file where there is one; else that of the sorted SHA-256s of the files in
   * hexadecimal, each with a line feed: {@code sha256sum FILES | cut -c1-64 | LC_ALL=C sort |
   * sha256sum}.
   *
   * @param files the SHA-256 of each file in hexadecimal, lower case
   * @throws IllegalArgumentException if there is none
   */
  public static String sha256(List<String> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("data set has no files, expected some");
    }
    if (files.size() == 1) {
      return files.get(0);
    }
    MessageDigest digest = sha256();
    files.stream()
        .sorted()
        .forEach(file -> digest.update((file + "\n").getBytes(StandardCharsets.US_ASCII)));
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Returns the SHA-256 of a file with these bytes in hexadecimal, lower case. */
  public static String sha256(byte[] file) {
    return HexFormat.of().formatHex(sha256().digest(file));
  }

  /** Returns the SHA-256 of a file in hexadecimal, lower case. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
