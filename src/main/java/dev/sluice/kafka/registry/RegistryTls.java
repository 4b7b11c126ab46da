package dev.sluice.kafka.registry;

import dev.sluice.config.RegistryOptions;
import dev.sluice.kafka.secret.SecretException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom to trust and what to show, by keystores or PEM files. The name in the registry's certificate
 * is always checked.
 */
final class RegistryTls {
  static final long MAX_FILE_BYTES = 1 << 20;

  private RegistryTls() {}

  /**
   * Returns sockets for the options; empty where Java's own do.
   *
   * @throws RegistryException naming the option whose file cannot be used
   * @throws SecretException if a password is not where it is said to be
   */
  static Optional<SSLSocketFactory> sockets(RegistryOptions options) {
    if (options.truststore().isEmpty() && options.keystore().isEmpty()) {
      return Optional.empty();
    }
    TrustManager[] trusted =
        options
            .truststore()
            .map(
                file ->
                    use(
                        RegistryOptions.TRUSTSTORE.key(),
                        file,
                        () ->
                            trusted(
                                Path.of(file),
                                password(
                                    RegistryOptions.TRUSTSTORE_PASSWORD.key(),
                                    options.truststorePassword()))))
            .orElse(null);
    KeyManager[] shown =
        options
            .keystore()
            .map(
                file ->
                    use(
                        RegistryOptions.KEYSTORE.key(),
                        file,
                        () ->
                            shown(
                                Path.of(file),
                                password(
                                    RegistryOptions.KEYSTORE_PASSWORD.key(),
                                    options.keystorePassword()))))
            .orElse(null);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(shown, trusted, null);
      return Optional.of(context.getSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new RegistryException("this Java has no TLS: " + OneLine.of(e), e);
    }
  }

  private interface Use<T> {
    T get() throws IOException, GeneralSecurityException;
  }

  private static <T> T use(String option, String file, Use<T> use) {
    try {
      return use.get();
    } catch (IOException | GeneralSecurityException | InvalidPathException e) {
      throw new RegistryException(
          option + " is " + file + ", which cannot be used: " + OneLine.of(e), e);
    }
  }

  private static char[] password(String option, Optional<String> text) {
    return text.map(value -> RegistryLogin.resolve(option, value).toCharArray()).orElse(null);
  }

  private static TrustManager[] trusted(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store;
    if (PemFile.isPem(file)) {
      store = empty();
      for (Certificate certificate : PemFile.read(file, password).certificates()) {
        store.setCertificateEntry("c" + store.size(), certificate);
      }
    } else {
      store = KeyStore.getInstance(file.toFile(), password);
    }
    boolean trustsSomebody = false;
    for (String alias : Collections.list(store.aliases())) {
      trustsSomebody |= store.isCertificateEntry(alias);
    }
    if (!trustsSomebody) {
      throw new GeneralSecurityException("it holds no trusted certificate");
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] shown(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store;
    char[] keyPassword = password;
    if (PemFile.isPem(file)) {
      PemFile pem = PemFile.read(file, password);
      if (pem.key().isEmpty() || pem.certificates().isEmpty()) {
        throw new GeneralSecurityException("it lacks a private key or its certificate");
      }
      store = empty();
      keyPassword = new char[0];
      store.setKeyEntry(
          "k", pem.key().get(), keyPassword, pem.certificates().toArray(Certificate[]::new));
    } else {
      store = KeyStore.getInstance(file.toFile(), password);
    }
    boolean hasKey = false;
    for (String alias : Collections.list(store.aliases())) {
      hasKey |= store.isKeyEntry(alias);
    }
    if (!hasKey) {
      throw new GeneralSecurityException("it holds no private key");
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, keyPassword);
    return factory.getKeyManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
