package dev.sluice.profile.file;

import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.DataProfile;
import dev.sluice.profile.PartKind;
import dev.sluice.profile.ProfilePart;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Checks that the parts of each kind are distinct and add up to the whole. */
final class PartSums {
  private final JsonFields fields;
  private final DataProfile whole;
  private final List<ProfilePart> parts;

  PartSums(JsonFields fields, DataProfile whole, List<ProfilePart> parts) {
    this.fields = fields;
    this.whole = whole;
    this.parts = parts;
  }

  void check() {
    for (PartKind kind : PartKind.values()) {
      List<ProfilePart> ofKind = parts.stream().filter(part -> part.kind() == kind).toList();
      if (!ofKind.isEmpty()) {
        checkValues(kind, ofKind);
        checkSum(kind, "rows", ofKind, ProfilePart::rows, Long::sum, whole.counts().rows());
        checkColumns(kind, "columns", whole.columns(), ofKind, ProfilePart::columns);
        checkColumns(kind, "outputs", whole.outputs(), ofKind, ProfilePart::outputs);
      }
    }
  }

  private void checkValues(PartKind kind, List<ProfilePart> ofKind) {
    Set<String> values = new HashSet<>();
    int length = ofKind.get(0).value().length();
    for (ProfilePart part : ofKind) {
      if (!values.add(part.value())) {
        throw failure(kind, "value", part.value(), "a value that is not there before");
      }
      if (kind == PartKind.SEASON
          && !part.value()
              .matches("0[1-9]|1[0-2]|(MON|TUE|WED|THU|FRI|SAT|SUN) ([01]\\d|2[0-3])")) {
        throw failure(kind, "value", part.value(), "01 to 12 or MON 00 to SUN 23");
      }
      if (kind == PartKind.SEASON && part.value().length() != length) {
        throw failure(
            kind,
            "value",
            part.value(),
            "all of them months, or all hours of the week; the first is " + ofKind.get(0).value());
      }
    }
  }

  private void checkColumns(
      PartKind kind,
      String key,
      List<ColumnProfile> columns,
      List<ProfilePart> ofKind,
      Function<ProfilePart, List<ColumnProfile>> columnsOf) {
    for (int i = 0; i < columns.size(); i++) {
      int index = i;
      ColumnProfile column = columns.get(i);
      List<ColumnProfile> some = ofKind.stream().map(p -> columnsOf.apply(p).get(index)).toList();
      String place = key + "[" + i + "].";
      sum(kind, place + "rows", some, column, ColumnProfile::rows);
      sum(kind, place + "missing", some, column, ColumnProfile::missing);
      sum(kind, place + "nan", some, column, ColumnProfile::nan);
      sum(kind, place + "positiveInfinity", some, column, ColumnProfile::positiveInfinity);
      sum(kind, place + "negativeInfinity", some, column, ColumnProfile::negativeInfinity);
      sum(kind, place + "zeros", some, column, ColumnProfile::zeros);
      sum(kind, place + "saturated", some, column, ColumnProfile::saturated);
      sum(kind, place + "arrays", some, column, ColumnProfile::arrays);
      for (int bin = 0; bin < column.gridCounts().size(); bin++) {
        int at = bin;
        sum(kind, place + "gridCounts[" + at + "]", some, column, c -> c.gridCounts().get(at));
      }
      BinaryOperator<BigInteger> add = BigInteger::add;
      checkSum(kind, place + "sum", some, ColumnProfile::sum, add, column.sum());
      checkSum(
          kind,
          place + "sumOfSquares",
          some,
          ColumnProfile::sumOfSquares,
          add,
          column.sumOfSquares());
      ends(kind, place, some, column);
      if (column.isText() && !column.valuesOverflow()) {
        values(kind, place, some, column);
      }
    }
  }

  private void ends(PartKind kind, String place, List<ColumnProfile> some, ColumnProfile column) {
    checkSum(kind, place + "min", some, ColumnProfile::min, least(), column.min());
    checkSum(kind, place + "max", some, ColumnProfile::max, greatest(), column.max());
    checkSum(
        kind, place + "minLength", some, ColumnProfile::minLength, least(), column.minLength());
    checkSum(
        kind, place + "maxLength", some, ColumnProfile::maxLength, greatest(), column.maxLength());
    checkSum(kind, place + "minSize", some, ColumnProfile::minSize, least(), column.minSize());
    checkSum(kind, place + "maxSize", some, ColumnProfile::maxSize, greatest(), column.maxSize());
  }

  private void values(PartKind kind, String place, List<ColumnProfile> some, ColumnProfile column) {
    for (ColumnProfile part : some) {
      for (String value : part.values().keySet()) {
        if (!column.values().containsKey(value)) {
          throw failure(kind, place + "values", "with " + value, "only values of the whole");
        }
      }
    }
    for (Map.Entry<String, Long> value : column.values().entrySet()) {
      String key = place + "values." + value.getKey();
      Function<ColumnProfile, Long> count = c -> c.values().getOrDefault(value.getKey(), 0L);
      checkSum(kind, key, some, count, Long::sum, value.getValue());
    }
  }

  private void sum(
      PartKind kind,
      String place,
      List<ColumnProfile> some,
      ColumnProfile column,
      Function<ColumnProfile, Long> count) {
    checkSum(kind, place, some, count, Long::sum, count.apply(column));
  }

  private static <T extends Comparable<T>> BinaryOperator<T> least() {
    return (a, b) -> a.compareTo(b) <= 0 ? a : b;
  }

  private static <T extends Comparable<T>> BinaryOperator<T> greatest() {
    return (a, b) -> a.compareTo(b) >= 0 ? a : b;
  }

  private <P, T> void checkSum(
      PartKind kind,
      String place,
      List<P> some,
      Function<P, T> value,
      BinaryOperator<T> join,
      T expected) {
    T joined = some.stream().map(value).filter(Objects::nonNull).reduce(join).orElse(null);
    if (!Objects.equals(joined, expected)) {
      throw failure(kind, place, joined + " for all together", expected + ", as in the whole");
    }
  }

  private DataProfileException failure(PartKind kind, String place, String got, String expected) {
    return fields.failureAt("parts of kind " + kind + ": " + place, got, expected);
  }
}
