package dev.sluice.encode;

import dev.sluice.avro.ProfiledColumn;
import dev.sluice.avro.ProfiledDistinct;
import dev.sluice.avro.ProfiledValue;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.Histogram;
import dev.sluice.profile.NumberSummary;
import dev.sluice.profile.Occurrences;
import dev.sluice.profile.SizeSummary;
import dev.sluice.profile.Sums;
import dev.sluice.profile.TextSummary;
import dev.sluice.record.ElementType;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The part of a profile's record that is about one column → its profile. */
final class ColumnDecoder {
  private ColumnDecoder() {}

  static ColumnProfile decode(ProfiledColumn column) {
    ElementType type = ElementType.valueOf(column.getValueType());
    boolean text = type == ElementType.STRING;
    return new ColumnProfile(
        column.getName(),
        type,
        column.getCount(),
        column.getMissing(),
        text ? NumberSummary.NONE : numbers(column),
        text ? texts(column) : TextSummary.NONE,
        new SizeSummary(column.getArrays(), column.getMinSize(), column.getMaxSize()),
        new Occurrences(
            values(column.getValues()),
            column.getValuesOverflow(),
            values(column.getCommonValues())),
        distinct(column.getDistinct()),
        List.of(),
        DriftDecoder.decode(column.getDrift()),
        "",
        List.of());
  }

  private static NumberSummary numbers(ProfiledColumn column) {
    return new NumberSummary(
        column.getNan(),
        column.getPositiveInfinity(),
        column.getNegativeInfinity(),
        column.getZeros(),
        column.getMin(),
        column.getMax(),
        new Sums(
            column.getScaleExponent(),
            column.getGridCounts().stream().mapToLong(Long::longValue).sum(),
            column.getSaturated(),
            new BigInteger(column.getSum()),
            new BigInteger(column.getSumOfSquares())),
        new Histogram(column.getGridEdges(), column.getGridCounts(), column.getMassEdges()));
  }

  private static TextSummary texts(ProfiledColumn column) {
    long present = column.getCount() - column.getMissing();
    if (present == 0) {
      return TextSummary.NONE;
    }
    Integer shortest = column.getMinLength();
    Integer longest = column.getMaxLength();
    Double mean = column.getMeanLength();
    if (shortest == null || longest == null || mean == null) {
      throw new IllegalArgumentException(
          "column %s has %d texts of minLength %s, maxLength %s and meanLength %s, expected a number each"
              .formatted(column.getName(), present, shortest, longest, mean));
    }
    return new TextSummary(shortest, longest, Math.round(mean * present));
  }

  private static Map<String, Long> values(List<ProfiledValue> values) {
    Map<String, Long> counts = new LinkedHashMap<>();
    values.forEach(value -> counts.put(value.getValue(), value.getCount()));
    return counts;
  }

  private static Distinct distinct(ProfiledDistinct distinct) {
    return distinct == null
        ? null
        : new Distinct(
            distinct.getEstimate(),
            distinct.getRelativeError(),
            distinct.getExact(),
            distinct.getHashes());
  }
}
