package dev.sluice.report.console;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the console listens, and what somebody has to know who looks at it.
 *
 * @param address the address it is bound to
 * @param port 0 to 65535; 0 for a free one
 * @param token what has to be presented; never empty beyond loopback
 */
public record ConsoleSettings(InetAddress address, int port, Optional<String> token) {
  /** The port unless another is asked for. */
  public static final int PORT = 8090;

  private static final int TOKEN_BYTES = 24;
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22,256}");
  private static final int MAX_PORT = 65_535;

  public ConsoleSettings {
    requireNonNull(address, "address is null");
    requireNonNull(token, "token is null");
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException(
          "--port is " + port + ", expected 0 (any that is free) to " + MAX_PORT);
    }
    if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
      throw new IllegalArgumentException(
          "the console's token has %d characters, expected 22 to 256 of A-Z a-z 0-9 _ -"
              .formatted(token.get().length()));
    }
    if (token.isEmpty() && !address.isLoopbackAddress()) {
      throw new IllegalArgumentException(
          "the console is bound to " + address.getHostAddress() + " without a token, expected one");
    }
  }

  /**
   * Returns the settings for a host; beyond loopback with a token of 192 random bits where none is
   * given.
   *
   * @throws IllegalArgumentException if no such host is known
   */
  public static ConsoleSettings of(String host, int port, Optional<String> token) {
    InetAddress address;
    try {
      address = InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "--host is " + host + ", expected an address or name of this machine", e);
    }
    boolean needed = token.isEmpty() && !address.isLoopbackAddress();
    return new ConsoleSettings(address, port, needed ? Optional.of(random()) : token);
  }

  /** Returns the settings for a free port of the loopback interface. */
  public static ConsoleSettings loopback() {
    return new ConsoleSettings(InetAddress.getLoopbackAddress(), 0, Optional.empty());
  }

  private static String random() {
    byte[] bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "ConsoleSettings[%s:%d, %s]"
        .formatted(address.getHostAddress(), port, token.isPresent() ? "token" : "no token");
  }
}
