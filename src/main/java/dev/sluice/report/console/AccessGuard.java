package dev.sluice.report.console;

import com.sun.net.httpserver.Headers;
import dev.sluice.report.PageParts;
import java.net.Inet6Address;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may look. On loopback it is a browser of this machine that asked for this machine: another
 * name in the header Host is a page elsewhere whose name was made to lead here; the port does not
 * matter, which behind {@code ssh -L} is another. Where there is a token, it has to be presented:
 * once in the page's address, from then on by a cookie, or by programs as {@code Authorization:
 * Bearer}.
 */
final class AccessGuard {
  private static final String BEARER = "bearer ";
  private static final String TOKEN = "token";

  /** A name or an address, and a port that may be left out. */
  private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]+)(?::\\d{1,5})?");

  private final boolean loopback;
  private final Set<String> names;
  private final int port;
  private final Optional<String> token;

  /**
   * @param port the port that the server listens on
   */
  AccessGuard(ConsoleSettings settings, int port) {
    this.loopback = settings.address().isLoopbackAddress();
    String bound = settings.address().getHostAddress();
    this.names = new TreeSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    names.add(settings.address() instanceof Inet6Address ? "[" + bound + "]" : bound);
    this.port = port;
    this.token = settings.token();
  }

  /**
   * Checks which host was asked for.
   *
   * @throws Refusal if it is not this machine
   */
  void requireHost(Headers headers) {
    if (!loopback) {
      return; // by what name this machine is known is not known here; there is a token
    }
    List<String> hosts = headers.getOrDefault("Host", List.of());
    String host = hosts.size() == 1 ? hosts.get(0) : "";
    Matcher parts = HOST.matcher(host.toLowerCase(Locale.ROOT));
    if (parts.matches() && names.contains(parts.group(1))) {
      return;
    }
    throw new Refusal(
        421,
        "the header Host",
        hosts.isEmpty() ? "nothing" : String.join(", ", hosts),
        "one of " + String.join(", ", names));
  }

  /**
   * Checks the token.
   *
   * @return the cookie to set, where the token came in the address
   * @throws Refusal if none came, or another
   */
  Optional<String> admit(Headers headers, Query query) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> inAddress = query.text(TOKEN);
    if (inAddress.isPresent() && isToken(inAddress.get())) {
      return Optional.of(
          "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(cookieName(), token.get()));
    }
    String authorization = Optional.ofNullable(headers.getFirst("Authorization")).orElse("");
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    if ((bearer && isToken(authorization.substring(BEARER.length()).strip()))
        || isToken(cookie(headers))) {
      return Optional.empty();
    }
    throw new Refusal(
        401,
        "the token",
        inAddress.isPresent() || bearer ? "another" : "not there",
        "the address that the console printed when it started, with ?token=, or the header"
            + " Authorization: Bearer");
  }

  /** Cookies are of a host whatever the port: two consoles must not take each other's. */
  private String cookieName() {
    return "sluice_console_" + port;
  }

  private String cookie(Headers headers) {
    for (String line : headers.getOrDefault("Cookie", List.of())) {
      for (String cookie : line.split(";", 64)) {
        String[] parts = cookie.strip().split("=", 2);
        if (parts.length == 2 && parts[0].equals(cookieName())) {
          return parts[1];
        }
      }
    }
    return "";
  }

  /** Takes as long whatever is wrong. */
  private boolean isToken(String presented) {
    return MessageDigest.isEqual(digest(presented), digest(token.orElseThrow()));
  }

  private static byte[] digest(String text) {
    return PageParts.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
