package dev.sluice.cli.profile;

import dev.sluice.profile.file.DataProfileFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of a data set: of its file; of several, that of the lines of their sorted SHA-256s in
 * hexadecimal, so that neither names nor order matter: {@code sha256sum FILES | cut -c1-64 | sort |
 * sha256sum}.
 */
final class DataSetDigest {
  private DataSetDigest() {}

  static String of(List<Path> files) throws IOException {
    List<String> digests = new ArrayList<>();
    for (Path file : files) {
      digests.add(DataProfileFile.sha256(file));
    }
    if (digests.size() == 1) {
      return digests.get(0);
    }
    digests.sort(null);
    return ofText(String.join("\n", digests) + "\n");
  }

  private static String ofText(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
