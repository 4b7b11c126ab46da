package dev.sluice.bench;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

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

  /**
   * Writes charts beside each other into one PNG, at twice their size for sharp letters. (XChart's
   * SVG has each letter as a path of its own, ten times the bytes.)
   */
  static void writePng(List<? extends Chart<?, ?>> charts, Path file) throws IOException {
    BufferedImage image =
        new BufferedImage(
            SCALE * WIDTH * charts.size(), SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(SCALE, SCALE);
    for (Chart<?, ?> chart : charts) {
      chart.paint(graphics, WIDTH, HEIGHT);
      graphics.translate(WIDTH, 0);
    }
    graphics.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
