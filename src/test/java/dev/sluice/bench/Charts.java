package dev.sluice.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/** How the benchmarks' charts look. */
final class Charts {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 320;
  private static final int SCALE = 2;
  private static final Color[] COLORS = {new Color(0x6cb0cc), new Color(0xe8b04a)};
  private static final Color PALE = new Color(0xd8c8c8);

  private Charts() {}

  /**
   * Returns an empty chart of groups of bars with their values above them, its axis from 0. The
   * last series is drawn pale: it is what the others are held against.
   *
   * @param series how many there will be, 1 to 3
   * @param decimals pattern of the values, as of {@link java.text.DecimalFormat}
   */
  static CategoryChart bars(
      String title, String xTitle, String yTitle, int series, String decimals) {
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    var styler = chart.getStyler();
    Color[] colors = Arrays.copyOf(COLORS, series);
    colors[series - 1] = PALE;
    styler.setSeriesColors(colors);
    style(styler);
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setAvailableSpaceFill(0.9);
    styler.setYAxisMin(0.0);
    styler.setLabelsVisible(true);
    styler.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 9));
    styler.setLabelsPosition(0.95);
    styler.setLabelsFontColorAutomaticEnabled(false);
    styler.setLabelsFontColor(Color.BLACK);
    styler.setDecimalPattern(decimals);
    return chart;
  }

  /** Returns an empty chart of lines on logarithmic axes. */
  static XYChart logarithmic(String title, String xTitle, String yTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(xTitle)
            .yAxisTitle(yTitle)
            .build();
    XYStyler styler = chart.getStyler();
    style(styler);
    styler.setXAxisLogarithmic(true);
    styler.setYAxisLogarithmic(true);
    styler.setDecimalPattern("#,##0.##");
    styler.setMarkerSize(5);
    return chart;
  }

  private static void style(AxesChartStyler styler) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
    styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
  }

  /**
   * Writes charts, row by row, into one PNG, at twice their size for sharp letters. (XChart's SVG
   * has each letter as a path of its own, ten times the bytes.)
   *
   * @param columns how many charts a row has
   */
  static void writePng(List<? extends Chart<?, ?>> charts, int columns, Path file)
      throws IOException {
    int rows = (charts.size() + columns - 1) / columns;
    BufferedImage image =
        new BufferedImage(
            SCALE * WIDTH * columns, SCALE * HEIGHT * rows, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE); // where there is no chart
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SCALE, SCALE);
    for (int i = 0; i < charts.size(); i++) {
      AffineTransform origin = graphics.getTransform();
      graphics.translate(i % columns * WIDTH, i / columns * HEIGHT);
      charts.get(i).paint(graphics, WIDTH, HEIGHT);
      graphics.setTransform(origin);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
