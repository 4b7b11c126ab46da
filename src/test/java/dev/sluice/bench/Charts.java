package dev.sluice.bench;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;

/** How the benchmarks' charts look. */
final class Charts {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 320;
  private static final Color[] COLORS = {
    new Color(0x1f6f8b), new Color(0xe0a030), new Color(0x8a8a8a)
  };

  private Charts() {}

  /** A mark as wide as a group of bars. */
  private static final class WideMark extends Marker {
    private static final double HALF_WIDTH = 26;

    @Override
    public void paint(Graphics2D graphics, double x, double y, int size) {
      graphics.setStroke(new BasicStroke(2));
      graphics.draw(new Line2D.Double(x - HALF_WIDTH, y, x + HALF_WIDTH, y));
    }
  }

  /** Returns an empty chart of bars with values at them, its axis from 0. */
  static CategoryChart bars(String title, String xTitle, String yTitle) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    var styler = chart.getStyler();
    styler.setSeriesColors(COLORS);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setAvailableSpaceFill(0.8);
    styler.setYAxisMin(0.0);
    styler.setLabelsVisible(true);
    styler.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    styler.setLabelsPosition(0.9);
    styler.setDecimalPattern("0.##");
    return chart;
  }

  /**
   * Adds lines across the groups of bars.
   *
   * @param values one per group, null for none
   */
  static void addMarks(CategoryChart chart, String name, List<String> groups, List<Double> values) {
    if (values.stream().allMatch(Objects::isNull)) {
      return;
    }
    CategorySeries marks = chart.addSeries(name, groups, values);
    marks.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
    marks.setMarker(new WideMark());
    marks.setMarkerColor(new Color(0xc02020));
  }

  /** Writes charts beside each other into one file. */
  static void writeSvg(List<? extends Chart<?, ?>> charts, Path file) throws IOException {
    VectorGraphics2D graphics = new VectorGraphics2D();
    for (Chart<?, ?> chart : charts) {
      chart.paint(graphics, WIDTH, HEIGHT);
      graphics.translate(WIDTH, 0);
    }
    PageSize page = new PageSize(0.0, 0.0, (double) WIDTH * charts.size(), HEIGHT);
    try (OutputStream out = Files.newOutputStream(file)) {
      Processors.get("svg").getDocument(graphics.getCommands(), page).writeTo(out);
    }
  }
}
