package dev.sluice.cli.score;

/**
 * Times of one unit → those of another, rounded down: 1999 µs are 1 ms. Ends of units are not
 * passed: a time beyond a long is malformed.
 *
 * @param field names the value in a message
 * @param from the logical type of the values
 * @param to the logical type that they are to have
 */
record TimeChange(String field, String from, String to) implements ValueChange {
  private static final long DAY = 86_400_000_000_000L;

  /** Returns the change, null where one of the types is of no time or both have one unit. */
  static TimeChange of(String field, String from, String to) {
    boolean differ = nanos(from) != 0 && nanos(to) != 0 && nanos(from) != nanos(to);
    return differ ? new TimeChange(field, from, to) : null;
  }

  /** Returns how many nanoseconds one step of a logical type is, 0 where it is of no time. */
  private static long nanos(String type) {
    return switch (type) {
      case "date" -> DAY;
      case "time-millis", "timestamp-millis", "local-timestamp-millis" -> 1_000_000;
      case "time-micros", "timestamp-micros", "local-timestamp-micros" -> 1_000;
      case "timestamp-nanos", "local-timestamp-nanos" -> 1;
      default -> 0;
    };
  }

  @Override
  public Object of(Object value) throws MalformedRowException {
    long raw = ((Number) value).longValue();
    long unit = nanos(from);
    long wanted = nanos(to);
    try {
      long time =
          unit > wanted
              ? Math.multiplyExact(raw, unit / wanted)
              : Math.floorDiv(raw, wanted / unit);
      return value instanceof Integer ? (Object) Math.toIntExact(time) : (Object) time;
    } catch (ArithmeticException e) {
      throw new MalformedRowException(
          "field %s is %d of %s, expected a time that %s can hold".formatted(field, raw, from, to));
    }
  }
}
