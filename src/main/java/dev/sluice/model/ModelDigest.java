package dev.sluice.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 that tells models apart. */
final class ModelDigest {
  private ModelDigest() {}

  /**
   * Returns 64 hexadecimal digits over the bytes of the model file, followed by those of its
   * external data, if any, in the order of the file names: a change of any weight changes it.
   */
  static String sha256(Path onnxFile, List<Path> externalData) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
    update(digest, onnxFile);
    externalData.stream().sorted().forEach(file -> update(digest, file));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Path file) {
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      in.transferTo(out);
    } catch (IOException e) {
      throw new ModelPackageException("cannot read " + file + ": " + e, e);
    }
  }
}
