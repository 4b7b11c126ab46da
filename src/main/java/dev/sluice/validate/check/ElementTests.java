package dev.sluice.validate.check;

import dev.sluice.expect.Bounds;
import dev.sluice.expect.Expectation;
import dev.sluice.expect.Patterns;
import dev.sluice.expect.TextBounds;
import dev.sluice.expect.ValueSet;
import dev.sluice.record.ElementType;

/** The tests that expectations of one column make of each of its elements. */
final class ElementTests {
  private ElementTests() {}

  /**
   * Returns the test of an element.
   *
   * @param type the column's
   * @param pool has the regular expressions
   * @throws IllegalArgumentException if such a column cannot be asked that
   */
  static ElementTest of(Expectation expectation, ElementType type, PatternPool pool) {
    return switch (expectation.type()) {
      case TYPE -> ElementTest.ALWAYS;
      case NOT_NAN ->
          numbers(expectation, type, (row, element) -> !Double.isNaN(row.doubleAt(element)), true);
      case FINITE ->
          numbers(
              expectation, type, (row, element) -> !Double.isInfinite(row.doubleAt(element)), true);
      case RANGE ->
          numbers(expectation, type, range((Bounds) expectation.parameters(), type), false);
      case TEXT_RANGE -> {
        TextBounds bounds = (TextBounds) expectation.parameters();
        yield texts(expectation, type, (row, element) -> bounds.contain(row.textAt(element)));
      }
      case SET -> {
        Values values = values(expectation, type);
        yield (row, element) -> values.indexOf(row, element) >= 0;
      }
      case NOT_IN_SET -> {
        Values values = values(expectation, type);
        yield (row, element) -> values.indexOf(row, element) < 0;
      }
      case REGEX -> texts(expectation, type, PatternTest.found(patterns(expectation), pool));
      case NOT_REGEX -> texts(expectation, type, PatternTest.notFound(patterns(expectation), pool));
      case LENGTH -> texts(expectation, type, length((Bounds) expectation.parameters()));
      default -> throw new IllegalArgumentException(expectation.type() + " is about no element");
    };
  }

  private static Patterns patterns(Expectation expectation) {
    return (Patterns) expectation.parameters();
  }

  private static Values values(Expectation expectation, ElementType type) {
    return Values.of(type, ((ValueSet) expectation.parameters()).values());
  }

  /** NaN is in no range, but it is not out of one either: NOT_NAN decides about it. */
  private static ElementTest range(Bounds bounds, ElementType type) {
    if (type.isFloating()) {
      DoubleInterval range = DoubleInterval.of(bounds, type);
      return (row, element) -> !range.isBeyond(row.doubleAt(element));
    }
    LongInterval range = LongInterval.of(bounds);
    return (row, element) -> range.contains(row.longAt(element));
  }

  private static ElementTest length(Bounds bounds) {
    LongInterval range = LongInterval.of(bounds);
    return (row, element) -> {
      String text = row.textAt(element);
      return range.contains(text.codePointCount(0, text.length()));
    };
  }

  private static ElementTest numbers(
      Expectation expectation, ElementType type, ElementTest test, boolean floatingAlone) {
    if (type == ElementType.STRING) {
      throw refused(expectation, "numbers");
    }
    return floatingAlone && !type.isFloating() ? ElementTest.ALWAYS : test;
  }

  private static ElementTest texts(Expectation expectation, ElementType type, ElementTest test) {
    if (type != ElementType.STRING) {
      throw refused(expectation, "texts");
    }
    return test;
  }

  private static IllegalArgumentException refused(Expectation expectation, String expected) {
    return new IllegalArgumentException(
        expectation.type()
            + " is about column "
            + expectation.column()
            + ", expected a column of "
            + expected);
  }
}
