package dev.sluice.kafka;

import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;

/** The certificate that a client shows to brokers, for a message about its refusal. */
final class OwnCertificate {
  private OwnCertificate() {}

  /** Returns what it is and until when it holds; of a keystore that tells nothing, just that. */
  static String describe(ClientLogin login) {
    try {
      AdminClientConfig config =
          new AdminClientConfig(ClientProperties.admin(login.side(), login.kafka()));
      File file = new File(config.getString(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG));
      Password password = config.getPassword(SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG);
      char[] opens = password == null ? null : password.value().toCharArray();
      KeyStore store = KeyStore.getInstance(file, opens);
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)
            && store.getCertificate(alias) instanceof X509Certificate certificate) {
          return describe(certificate);
        }
      }
    } catch (GeneralSecurityException | IOException | RuntimeException unreadable) {
      // It may be a PEM file, or be read by a provider of its own: the refusal is known all the
      // same.
    }
    return "the certificate of this client";
  }

  private static String describe(X509Certificate certificate) {
    Date end = certificate.getNotAfter();
    return "the certificate of "
        + certificate.getSubjectX500Principal().getName()
        + (end.before(new Date())
            ? ", which expired at " + instant(end)
            : ", issued by "
                + certificate.getIssuerX500Principal().getName()
                + ", valid until "
                + instant(end));
  }

  private static Instant instant(Date date) {
    return date.toInstant();
  }
}
