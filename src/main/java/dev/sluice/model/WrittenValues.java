package dev.sluice.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.regex.Pattern;

/**
 * Values of a YAML file as their author wrote them: PyYAML writes the commit {@code 1234e56}
 * without quotes, and a version may be {@code 2024.10}, which as numbers are others.
 */
public final class WrittenValues {
  /** A number as PyYAML writes it: one with an exponent has a point and a sign, too. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9]\\d*)(\\.(0|\\d*[1-9])(e[-+]\\d{2,3})?)?");

  private static final int MAX_NUMBER = 40;

  private WrittenValues() {}

  /**
   * Returns the same map with every scalar as it is written, null where it is null.
   *
   * @param values numbers, booleans, texts, nulls, lists and maps
   * @param written the same with every scalar as a text
   */
  static Map<String, Object> texts(Map<String, Object> values, Map<String, Object> written) {
    return map(values, written, (value, text) -> value == null ? null : text);
  }

  /**
   * Returns the same map with the text in place of each number that is not what is written: of
   * another value, with other zeros at its ends, or in a form that YAML 1.1 takes for a text.
   *
   * @param values numbers, booleans, texts, nulls, lists and maps
   * @param texts the same with every scalar as it is written, or null
   */
  public static Map<String, Object> exact(Map<String, Object> values, Map<String, Object> texts) {
    return map(
        values,
        texts,
        (value, text) -> value instanceof Number number && !isExact(number, text) ? text : value);
  }

  private static boolean isExact(Number number, Object text) {
    String written = String.valueOf(text);
    return written.equals(number.toString())
        || written.length() <= MAX_NUMBER
            && NUMBER.matcher(written).matches()
            && Double.isFinite(number.doubleValue())
            && new BigDecimal(written).compareTo(new BigDecimal(number.toString())) == 0;
  }

  private static Object merge(Object value, Object text, BinaryOperator<Object> scalar) {
    if (value instanceof Map<?, ?> values && text instanceof Map<?, ?> texts) {
      return map(values, texts, scalar);
    }
    if (value instanceof List<?> values && text instanceof List<?> texts) {
      List<Object> merged = new ArrayList<>();
      Iterator<?> each = values.iterator();
      texts.forEach(one -> merged.add(merge(each.next(), one, scalar)));
      return Collections.unmodifiableList(merged);
    }
    return scalar.apply(value, text);
  }

  /**
   * Goes by the order of keys, which may be numbers, too; takes the texts alone where keys that are
   * written differently became one.
   */
  private static Map<String, Object> map(
      Map<?, ?> values, Map<?, ?> texts, BinaryOperator<Object> scalar) {
    Map<String, Object> merged = new LinkedHashMap<>();
    boolean alike = values.size() == texts.size();
    Iterator<?> each = (alike ? values : texts).values().iterator();
    texts.forEach((key, text) -> merged.put((String) key, merge(each.next(), text, scalar)));
    return Collections.unmodifiableMap(merged);
  }
}
