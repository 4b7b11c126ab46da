package dev.sluice.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Files of made-up readings: what twelve stations measure each hour, one in fifty missing. */
final class ReadingsFile {
  private static final String[] WINDS = {"N", "NNE", "NE", "E", "S", "SW", "W", "NW"};
  private static final long START = 1362067200000L; // 2013-02-28T16:00:00Z
  private static final int HOUR = 3_600_000;

  private ReadingsFile() {}

  /** Writes a plain file with times as milliseconds. */
  static void write(Path file, long rows) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      write(out, rows, false);
    }
  }

  /** Writes a gzipped file with times as ISO texts, as the demo's training data has them. */
  static void writePacked(Path file, long rows) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
      write(out, rows, true);
    }
  }

  private static void write(OutputStream target, long rows, boolean isoTimes) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    BufferedWriter out =
        new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 1 << 16);
    out.write("ts,station,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,hour,PM10\n");
    for (long row = 0; row < rows; row++) {
      long hour = row / 12;
      long time = START + hour * HOUR;
      out.write(isoTimes ? Instant.ofEpochMilli(time).toString() : Long.toString(time));
      out.write(",Station " + row % 12);
      for (int column = 2; column < 14; column++) {
        out.write(',');
        if (column == 10) {
          out.write(WINDS[random.nextInt(WINDS.length)]);
        } else if (column == 12) {
          out.write(Long.toString(hour % 24));
        } else if (random.nextInt(50) > 0) {
          out.write(number(column, random));
        }
      }
      out.write('\n');
    }
    out.flush();
  }

  private static String number(int column, SplittableRandom random) {
    double gaussian = random.nextGaussian();
    return switch (column) {
      case 4 -> Long.toString(Math.abs(Math.round(1200 * gaussian)));
      case 7 -> tenths(1010 + 10 * gaussian);
      case 9 -> random.nextInt(20) == 0 ? tenths(Math.abs(3 * gaussian)) : "0";
      default -> tenths(15 + 12 * gaussian);
    };
  }

  private static String tenths(double number) {
    return Double.toString(Math.rint(10 * number) / 10);
  }
}
