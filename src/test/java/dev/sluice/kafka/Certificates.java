package dev.sluice.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Certificates made by the JDK's own keytool: of one authority, and one that nobody knows. Each is
 * in a keystore of its own, {@code NAME.p12}.
 */
public final class Certificates {
  /** Of all stores; unique, so that it can be looked for wherever it must not be. */
  public static final String PASSWORD = "store-" + UUID.randomUUID();

  private static final String AUTHORITY = "authority";
  private static final String LOOPBACK = "san=ip:127.0.0.1,dns:localhost";

  private final Path directory;

  /** Makes all certificates. */
  public Certificates(Path directory) {
    this.directory = directory;
    String[] days = {"-validity", "2"};
    make(AUTHORITY, days, "-ext", "bc:critical=ca:true", "-ext", "ku=keyCertSign");
    make("broker", days, "-signer", AUTHORITY, "-ext", LOOPBACK);
    make("elsewhere", days, "-signer", AUTHORITY, "-ext", "san=dns:elsewhere.invalid");
    make("client", days, "-signer", AUTHORITY);
    String[] past = {"-startdate", "-3d", "-validity", "1"};
    make("expired", past, "-signer", AUTHORITY, "-ext", LOOPBACK);
    make("unknown", days, "-ext", LOOPBACK);
    try {
      KeyStore all = KeyStore.getInstance(all().toFile(), PASSWORD.toCharArray());
      for (String name : List.of("broker", "elsewhere", "client", "expired", "unknown")) {
        KeyStore own = empty();
        own.setKeyEntry(
            name,
            all.getKey(name, PASSWORD.toCharArray()),
            PASSWORD.toCharArray(),
            all.getCertificateChain(name));
        write(own, store(name));
      }
      for (String trusted : List.of(AUTHORITY, "unknown")) {
        KeyStore trust = empty();
        trust.setCertificateEntry(trusted, all.getCertificate(trusted));
        write(trust, trust(trusted));
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot split " + all(), e);
    }
  }

  private Path all() {
    return directory.resolve("all.p12");
  }

  private Path trust(String authority) {
    return directory.resolve("trust-" + authority + ".p12");
  }

  /** Returns the keystore of broker, elsewhere, client, expired or unknown. */
  public Path store(String name) {
    return directory.resolve(name + ".p12");
  }

  /** Returns the truststore of those who trust the authority. */
  public Path trust() {
    return trust(AUTHORITY);
  }

  /** Returns the truststore of those who do not. */
  public Path trustNobody() {
    return trust("unknown");
  }

  private void make(String name, String[] validity, String... more) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-storetype",
                "PKCS12",
                "-keystore",
                all().toString(),
                "-storepass",
                PASSWORD,
                "-alias",
                name,
                "-dname",
                "CN=" + name));
    command.addAll(List.of(validity));
    command.addAll(List.of(more));
    try {
      Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (keytool.waitFor() != 0) {
        throw new IllegalStateException("keytool makes no certificate " + name + ": " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("keytool does not start", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static void write(KeyStore store, Path file)
      throws GeneralSecurityException, IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, PASSWORD.toCharArray());
    }
  }
}
