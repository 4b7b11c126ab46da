package dev.sluice.bench;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws latency over rate: a colour per setting, p99 solid and p50 dashed, both axes log. */
final class LatencyChart {
  static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xE69F00), new Color(0xCC3311), new Color(0x555555)
  }; // told apart by those who see no red or green

  private static final Pattern DECIMALS = Pattern.compile("(\\d\\.\\d)\\d+");

  private LatencyChart() {}

  /** Writes an SVG file, to a tenth of a pixel. */
  static void write(List<LatencyPoint> points, Path file) throws IOException {
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(draw(points), svg, VectorGraphicsFormat.SVG);
    Files.writeString(
        file, DECIMALS.matcher(svg.toString(StandardCharsets.UTF_8)).replaceAll("$1"));
  }

  static XYChart draw(List<LatencyPoint> points) {
    XYChart chart =
        new XYChartBuilder()
            .width(760)
            .height(460)
            .title("Latency by rate: p99 solid, p50 dashed")
            .xAxisTitle("records per second")
            .yAxisTitle("milliseconds from due to answered")
            .build();
    chart
        .getStyler()
        .setLegendPosition(LegendPosition.InsideNW)
        .setChartBackgroundColor(Color.WHITE)
        .setMarkerSize(7)
        .setDecimalPattern("#,###.#");
    chart
        .getStyler()
        .setPlotGridLinesStroke(new BasicStroke(0.5f)) // dashes would be most of the file
        .setPlotGridLinesColor(new Color(0xdddddd));
    chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true);
    List<String> settings = points.stream().map(LatencyPoint::setting).distinct().toList();
    for (int i = 0; i < settings.size(); i++) {
      String setting = settings.get(i);
      List<LatencyPoint> own =
          points.stream().filter(point -> point.setting().equals(setting)).toList();
      Color colour = COLOURS[i % COLOURS.length];
      line(chart, setting, own, own.stream().map(LatencyPoint::p99), colour)
          .setMarker(SeriesMarkers.DIAMOND)
          .setMarkerColor(colour);
      XYSeries median =
          line(chart, setting + " p50", own, own.stream().map(LatencyPoint::p50), colour);
      median.setLineStyle(
          new BasicStroke(
              1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {5, 4}, 0));
      median.setMarker(SeriesMarkers.NONE);
      median.setShowInLegend(false);
    }
    return chart;
  }

  private static XYSeries line(
      XYChart chart, String name, List<LatencyPoint> points, Stream<Double> values, Color colour) {
    XYSeries series =
        chart.addSeries(name, points.stream().map(LatencyPoint::rate).toList(), values.toList());
    series.setLineColor(colour);
    return series;
  }
}
