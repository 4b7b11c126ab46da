package dev.sluice.kafka.registry;

import static dev.sluice.kafka.registry.StubRegistry.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With certificates made by keytool. */
@Timeout(120)
class RegistryTlsTest {
  private static final String PASSWORD = "s3cr3t!";

  @TempDir static Path directory;

  private StubRegistry registry;

  @BeforeAll
  static void makeCertificates() throws Exception {
    pair("server", "RSA", "dns:localhost", "365");
    pair("elsewhere", "RSA", "dns:elsewhere.example", "365");
    pair("client", "EC", "dns:client", "365");
    pair("stranger", "RSA", "dns:client", "365");
    pem("client");
    trust("server");
    trust("elsewhere");
    trust("client");
  }

  @AfterEach
  void stop() {
    if (registry != null) {
      registry.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server-trust.p12", "server-trust.jks", "server.pem"})
  void aTrustedRegistryIsAsked(String truststore) throws Exception {
    serve("server", false);
    assertThat(ask(trusting(truststore)).isOk()).isTrue();
  }

  /** As files end that an editor has written; one is not part of the password, a second is. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
  void theLineBreakAtTheEndOfAPasswordsFileIsNotPartOfIt(String end) throws Exception {
    serve("server", true);
    Path secrets = Files.createDirectories(directory.resolve("secrets"));
    Files.writeString(secrets.resolve("password"), PASSWORD + end);
    String[] options = showing("client.p12");
    for (int i = 0; i < options.length; i++) {
      options[i] =
          options[i].equals(PASSWORD) ? "${directory:" + secrets + ":password}" : options[i];
    }
    if (end.equals("\n\n")) {
      assertThat(failure(options)).hasMessageContaining("which cannot be used: IOException: ");
    } else {
      assertThat(ask(options).isOk()).isTrue();
    }
  }

  @Test
  void anUnknownRegistryIsAMistake() throws Exception {
    serve("server", false);
    for (NoAnswerException e : List.of(failure(), failure(trusting("elsewhere-trust.p12")))) {
      assertThat(e)
          .hasMessageStartingWith("no TLS with registry " + registry.url() + ": SSLHandshakeExc")
          .hasMessageContaining("unable to find valid certification path");
      assertThat(e.isMistake()).isTrue();
    }
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void aRegistryOfAnotherNameIsAMistake() throws Exception {
    serve("elsewhere", false);
    NoAnswerException e = failure(trusting("elsewhere-trust.p12"));
    assertThat(e)
        .hasMessageStartingWith("no TLS with registry " + registry.url())
        .hasMessageContaining("localhost");
    assertThat(e.isMistake()).isTrue();
    assertThat(registry.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.p12", "client-key.pem", "client-secret-key.pem"})
  void aKnownClientIsLetIn(String keystore) throws Exception {
    serve("server", true);
    assertThat(ask(showing(keystore)).isOk()).isTrue();
  }

  @Test
  void anUnknownClientIsNotLetIn() throws Exception {
    serve("server", true);
    failure(trusting("server-trust.p12"));
    failure(showing("stranger.p12"));
    assertThat(registry.requests).isEmpty();
  }

  @Test
  void filesThatCannotBeUsedAreNamed() throws Exception {
    serve("server", false);
    Path empty = Files.writeString(directory.resolve("empty.pem"), "-----BEGIN X-----\n");
    assertThat(failure("registry.truststore.location", "/no/such"))
        .hasMessage(
            "registry.truststore.location is /no/such, which cannot be used: NoSuchFileException:"
                + " /no/such");
    assertThat(failure("registry.truststore.location", "" + empty))
        .hasMessageEndingWith("GeneralSecurityException: it holds no trusted certificate");
    assertThat(failure("registry.keystore.location", "" + directory.resolve("server.pem")))
        .hasMessageEndingWith(
            "GeneralSecurityException: it lacks a private key or its certificate");
    NoAnswerException wrong =
        failure(
            "registry.keystore.location",
            "" + directory.resolve("client.p12"),
            "registry.keystore.password",
            "wr0ng");
    assertThat(wrong)
        .hasMessageStartingWith(
            "registry.keystore.location is "
                + directory.resolve("client.p12")
                + ", which cannot be used: IOException: ")
        .hasMessageNotContaining("wr0ng");
    assertThat(wrong.isMistake()).isTrue();
  }

  @Test
  void aCorrectedFileIsTakenUp() throws Exception {
    serve("server", false);
    Path truststore = directory.resolve("corrected.pem");
    Files.copy(directory.resolve("elsewhere.pem"), truststore);
    RegistryHttp http =
        new RegistryHttp(
            Registries.options(
                registry.url(), "registry.truststore.location", truststore.toString()),
            () -> {});
    assertThat(catchThrowableOfType(NoAnswerException.class, () -> http.get("/a"))).isNotNull();
    Files.writeString(truststore, Files.readString(directory.resolve("server.pem")));
    assertThat(http.get("/a").isOk()).isTrue();
  }

  private void serve(String name, boolean asks) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(name + ".p12"), PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusted.init(store("client-trust.p12"));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    registry = StubRegistry.start(tls, asks).all(answer(200, "[]"));
  }

  private static String[] trusting(String truststore) {
    return new String[] {
      "registry.truststore.location",
      "" + directory.resolve(truststore),
      "registry.truststore.password",
      PASSWORD
    };
  }

  private static String[] showing(String keystore) {
    List<String> options = new ArrayList<>(List.of(trusting("server-trust.p12")));
    options.addAll(
        List.of(
            "registry.keystore.location",
            "" + directory.resolve(keystore),
            "registry.keystore.password",
            PASSWORD));
    return options.toArray(String[]::new);
  }

  private Answer ask(String... options) throws NoAnswerException {
    return new RegistryHttp(Registries.options(registry.url(), options), () -> {}).get("/a");
  }

  private NoAnswerException failure(String... options) {
    NoAnswerException e = catchThrowableOfType(NoAnswerException.class, () -> ask(options));
    assertThat(e).isNotNull();
    assertThat(e.getMessage()).doesNotContain(PASSWORD);
    return e;
  }

  private static KeyStore store(String file) throws Exception {
    return KeyStore.getInstance(directory.resolve(file).toFile(), PASSWORD.toCharArray());
  }

  private static void pair(String name, String algorithm, String subject, String days)
      throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keyalg",
        algorithm,
        "-dname",
        "CN=" + name,
        "-ext",
        "san=" + subject,
        "-validity",
        days,
        "-keystore",
        name + ".p12",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD);
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        name,
        "-file",
        name + ".pem",
        "-keystore",
        name + ".p12",
        "-storepass",
        PASSWORD);
  }

  private static void trust(String name) throws Exception {
    for (String type : List.of("PKCS12", "JKS")) {
      keytool(
          "-importcert",
          "-noprompt",
          "-alias",
          name,
          "-file",
          name + ".pem",
          "-keystore",
          name + "-trust." + (type.equals("JKS") ? "jks" : "p12"),
          "-storetype",
          type,
          "-storepass",
          PASSWORD);
    }
  }

  /** Writes certificate and key as PEM: the key as it is, and encrypted as openssl does. */
  private static void pem(String name) throws Exception {
    Key key = store(name + ".p12").getKey(name, PASSWORD.toCharArray());
    String certificate = Files.readString(directory.resolve(name + ".pem"));
    Files.writeString(
        directory.resolve(name + "-key.pem"),
        "# a comment\n" + block("PRIVATE KEY", key.getEncoded()) + certificate);

    String scheme = "PBEWithHmacSHA256AndAES_256";
    SecretKey secret =
        SecretKeyFactory.getInstance(scheme).generateSecret(new PBEKeySpec(PASSWORD.toCharArray()));
    Cipher cipher = Cipher.getInstance(scheme);
    cipher.init(Cipher.ENCRYPT_MODE, secret);
    // Java 17 reads PKCS#8 with PBES2, but does not write it.
    byte[] pbes2 = HexFormat.of().parseHex("06092a864886f70d01050d");
    byte[] encrypted =
        der(
            0x30,
            der(0x30, pbes2, cipher.getParameters().getEncoded()),
            der(0x04, cipher.doFinal(key.getEncoded())));
    Files.writeString(
        directory.resolve(name + "-secret-key.pem"),
        certificate + block("ENCRYPTED PRIVATE KEY", encrypted));
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(4 + length);
    bytes.put((byte) tag).put((byte) 0x82).putShort((short) length);
    for (byte[] part : parts) {
      bytes.put(part);
    }
    return bytes.array();
  }

  private static String block(String name, byte[] bytes) {
    return "-----BEGIN "
        + name
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
        + "\n-----END "
        + name
        + "-----\n";
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }
}
