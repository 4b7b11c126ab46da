package dev.sluice.encode;

import dev.sluice.avro.ProfiledColumn;
import dev.sluice.avro.ProfiledDistinct;
import dev.sluice.avro.ProfiledQuantile;
import dev.sluice.avro.ProfiledValue;
import dev.sluice.profile.ColumnProfile;
import dev.sluice.profile.Distinct;
import dev.sluice.profile.Quantile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The part of a profile's record that is about one column. A window counts few enough values one by
 * one that no record outgrows the broker.
 */
final class ColumnEncoder {
  private ColumnEncoder() {}

  static ProfiledColumn encode(ColumnProfile column) {
    return ProfiledColumn.newBuilder()
        .setName(column.name())
        .setValueType(column.valueType().name())
        .setCount(column.rows())
        .setMissing(column.missing())
        .setNan(column.nan())
        .setPositiveInfinity(column.positiveInfinity())
        .setNegativeInfinity(column.negativeInfinity())
        .setZeros(column.zeros())
        .setMin(column.min())
        .setMax(column.max())
        .setMean(column.mean())
        .setVariance(column.variance())
        .setStandardDeviation(column.standardDeviation())
        .setQuantiles(quantiles(column))
        .setDistinct(column.distinct() == null ? null : distinct(column.distinct()))
        .setScaleExponent(column.scaleExponent())
        .setSum(column.sum().toString())
        .setSumOfSquares(column.sumOfSquares().toString())
        .setSaturated(column.saturated())
        .setGridEdges(column.gridEdges())
        .setGridCounts(column.gridCounts())
        .setMassEdges(column.massEdges())
        .setMassCounts(column.massCounts())
        .setMinLength(column.minLength())
        .setMaxLength(column.maxLength())
        .setMeanLength(column.meanLength())
        .setArrays(column.arrays())
        .setMinSize(column.minSize())
        .setMaxSize(column.maxSize())
        .setMeanSize(column.meanSize())
        .setValues(values(column.values()))
        .setValuesOverflow(column.valuesOverflow())
        .setCommonValues(values(column.commonValues()))
        .setDrift(column.drift() == null ? null : DriftEncoder.encode(column.drift()))
        .build();
  }

  private static List<ProfiledQuantile> quantiles(ColumnProfile column) {
    List<ProfiledQuantile> encoded = new ArrayList<>();
    for (Map.Entry<String, Quantile> quantile : column.quantiles().entrySet()) {
      encoded.add(
          new ProfiledQuantile(
              Quantile.PUBLISHED.get(quantile.getKey()),
              quantile.getValue().value(),
              quantile.getValue().errorBound()));
    }
    return encoded;
  }

  private static ProfiledDistinct distinct(Distinct distinct) {
    return new ProfiledDistinct(
        distinct.estimate(), distinct.relativeError(), distinct.exact(), distinct.hashes());
  }

  private static List<ProfiledValue> values(Map<String, Long> counts) {
    List<ProfiledValue> encoded = new ArrayList<>(counts.size());
    counts.forEach((value, count) -> encoded.add(new ProfiledValue(value, count)));
    return encoded;
  }
}
