package dev.sluice.model.format;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises formats that are text, and texts that are no model at all. */
final class TextFormats {
  private static final Pattern PROLOGUE =
      Pattern.compile("(?s)\\G(\\s+|<\\?.*?\\?>|<!--.*?-->|<!DOCTYPE[^>]{0,1000}>)");
  private static final Pattern ROOT = Pattern.compile("\\G<([\\w.-]{1,64}:)?([\\w.-]{1,64})");
  private static final Pattern PMML_VERSION =
      Pattern.compile("<PMML\\b[^<>]{0,2000}?\\bversion=\"([\\d.]{1,10})\"");
  private static final Pattern PMML_APPLICATION =
      Pattern.compile("<Application\\b[^<>]{0,500}?\\bname=\"([^\"]{1,80})\"");
  private static final Pattern TITLE =
      Pattern.compile("(?is)<title[^<>]{0,100}>(.{0,200}?)</title>");
  private static final Pattern LIGHTGBM = Pattern.compile("tree\\r?\\nversion=(\\w{1,10})");
  private static final int SHOWN = 60;

  private TextFormats() {}

  static Optional<DetectedFormat> detect(Head head) {
    String text = head.text();
    String trimmed = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    if (trimmed.startsWith("version https://git-lfs")) {
      return found(head, ModelFormat.GIT_LFS_POINTER, "");
    }
    Matcher lightgbm = LIGHTGBM.matcher(trimmed);
    if (lightgbm.lookingAt()) {
      return found(head, ModelFormat.LIGHTGBM, "text, version " + lightgbm.group(1));
    }
    Optional<DetectedFormat> structured = Optional.empty();
    if (trimmed.startsWith("<")) {
      structured = markup(head, trimmed);
    } else if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
      structured = JsonFormats.detect(head, trimmed);
    }
    if (structured.isPresent()) {
      return structured;
    }
    return isText(text)
        ? found(head, ModelFormat.TEXT, "it begins \"" + Printable.shown(first(text), SHOWN) + "\"")
        : Optional.empty();
  }

  private static Optional<DetectedFormat> markup(Head head, String text) {
    String lower = text.substring(0, Math.min(text.length(), 1000)).toLowerCase(Locale.ROOT);
    if (lower.startsWith("<!doctype html")) {
      return html(head, text);
    }
    int position = 0;
    Matcher prologue = PROLOGUE.matcher(text);
    while (prologue.find(position) && prologue.start() == position) {
      position = prologue.end();
    }
    Matcher root = ROOT.matcher(text);
    if (!root.find(position) || root.start() != position) {
      return lower.startsWith("<?xml") ? found(head, ModelFormat.XML, "") : Optional.empty();
    }
    return switch (root.group(2)) {
      case "PMML" -> found(head, ModelFormat.PMML, pmml(text));
      case "html", "HTML", "head", "body" -> html(head, text);
      default ->
          lower.startsWith("<?xml")
              ? found(head, ModelFormat.XML, "its root is " + root.group(2))
              : Optional.empty();
    };
  }

  private static Optional<DetectedFormat> html(Head head, String text) {
    Matcher title = TITLE.matcher(text);
    String shown = title.find() ? Printable.shown(title.group(1), SHOWN) : "";
    return found(head, ModelFormat.HTML, shown.isEmpty() ? "" : "its title is \"" + shown + "\"");
  }

  private static String pmml(String text) {
    Matcher version = PMML_VERSION.matcher(text);
    Matcher application = PMML_APPLICATION.matcher(text);
    return (version.find() ? "version " + version.group(1) : "")
        + (application.find() ? ", made by " + Printable.name(application.group(1)) : "");
  }

  private static String first(String text) {
    return text.substring(0, Math.min(text.length(), 200));
  }

  /** Whether all characters print; the last may be cut in the middle. */
  private static boolean isText(String text) {
    int end = text.endsWith("\uFFFD") ? text.length() - 1 : text.length();
    for (int i = 0; i < end; i++) {
      char character = text.charAt(i);
      if (character == '\uFFFD'
          || Character.isISOControl(character) && !Character.isWhitespace(character)) {
        return false;
      }
    }
    return end > 0;
  }

  private static Optional<DetectedFormat> found(Head head, ModelFormat format, String details) {
    return Optional.of(DetectedFormat.of(head.path(), format, head.details(details)));
  }
}
