package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** Draws curves on logarithmic axes. */
final class CostChart {
  private static final int COLUMNS = 2;

  private CostChart() {}

  /** Writes all curves into one picture, a PNG. */
  static void write(List<CostCurve> curves, Path file) throws IOException {
    Charts.writePng(curves.stream().map(CostChart::draw).toList(), COLUMNS, file);
  }

  private static XYChart draw(CostCurve curve) {
    String unit = curve.series().get(0).unit();
    List<CostSeries> others =
        curve.series().stream().filter(one -> !one.unit().equals(unit)).toList();
    XYChart chart = Charts.logarithmic(curve.title(), curve.work(), unit);
    XYStyler styler = chart.getStyler();
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
    setDecades(styler, 0, curve.series().stream().filter(one -> one.unit().equals(unit)).toList());
    setDecades(styler, 1, others);
    for (CostSeries one : curve.series()) {
      boolean second = !one.unit().equals(unit);
      String name = second ? one.name() + " (right, " + one.unit() + ")" : one.name();
      XYSeries drawn = chart.addSeries(name, curve.sizes(), one.medians());
      drawn.setYAxisGroup(second ? 1 : 0);
    }
    if (!others.isEmpty()) {
      chart.setYAxisGroupTitle(1, String.join(", ", units(others)));
      styler.setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
    }
    return chart;
  }

  /** Has an axis show whole decades, so that what hardly rises looks so. */
  private static void setDecades(XYStyler styler, int axis, List<CostSeries> series) {
    DoubleSummaryStatistics values =
        series.stream()
            .flatMap(one -> one.medians().stream())
            .mapToDouble(Double::doubleValue)
            .filter(value -> value > 0)
            .summaryStatistics();
    if (values.getCount() > 0) {
      styler.setYAxisMin(axis, Math.pow(10, Math.floor(Math.log10(values.getMin()))));
      styler.setYAxisMax(axis, Math.pow(10, Math.ceil(Math.log10(values.getMax()))));
    }
  }

  private static List<String> units(List<CostSeries> series) {
    return series.stream().map(CostSeries::unit).distinct().toList();
  }
}
