package dev.sluice.kafka.registry;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The certificates and the private key of a PEM file; everything else in it is passed over. The key
 * is PKCS#8, encrypted or not.
 *
 * @param certificates in the file's order
 * @param key the private key, if there is one
 */
record PemFile(List<Certificate> certificates, Optional<PrivateKey> key) {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  PemFile {
    certificates = List.copyOf(certificates);
    requireNonNull(key, "key is null");
  }

  /** Returns whether a file looks like PEM. */
  static boolean isPem(Path file) throws IOException {
    return text(file).contains("-----BEGIN ");
  }

  /**
   * Reads a file.
   *
   * @param password of an encrypted key; else unused
   */
  static PemFile read(Path file, char[] password) throws IOException, GeneralSecurityException {
    List<Certificate> certificates = new ArrayList<>();
    PrivateKey key = null;
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    Matcher block = BLOCK.matcher(text(file));
    while (block.find()) {
      switch (block.group(1)) {
        case "CERTIFICATE" ->
            certificates.add(
                factory.generateCertificate(new ByteArrayInputStream(bytes(block.group(2)))));
        case "PRIVATE KEY" -> key = key(new PKCS8EncodedKeySpec(bytes(block.group(2))));
        case "ENCRYPTED PRIVATE KEY" -> key = key(decrypted(bytes(block.group(2)), password));
        case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
            throw new GeneralSecurityException(
                "its key begins " + block.group(1) + ", expected PKCS#8: PRIVATE KEY");
        default -> {
          // Parameters, requests: not for us.
        }
      }
    }
    return new PemFile(certificates, Optional.ofNullable(key));
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > RegistryTls.MAX_FILE_BYTES) {
      throw new IOException("more than " + RegistryTls.MAX_FILE_BYTES + " bytes");
    }
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String base64) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("a block of it is no Base64", e);
    }
  }

  private static PKCS8EncodedKeySpec decrypted(byte[] bytes, char[] password)
      throws IOException, GeneralSecurityException {
    EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(bytes);
    // The name of the scheme, PBES2 in general, stands in its parameters.
    String scheme =
        encrypted.getAlgParameters() == null
            ? encrypted.getAlgName()
            : encrypted.getAlgParameters().toString();
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(
        Cipher.DECRYPT_MODE,
        SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(password)),
        encrypted.getAlgParameters());
    return encrypted.getKeySpec(cipher);
  }

  private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException e) {
        // Another algorithm's.
        continue;
      }
    }
    throw new GeneralSecurityException("its key is none of " + ALGORITHMS);
  }
}
