package dev.sluice.profile.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.record.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpillTest {
  /** Those of this process: tests run in several. */
  private static long files() throws IOException {
    String name = "sluice-spill-%d-".formatted(ProcessHandle.current().pid());
    try (var paths = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return paths.filter(path -> path.getFileName().toString().startsWith(name)).count();
    }
  }

  @Test
  void littleDataTouchesNoDisk() {
    try (Spill spill = new Spill()) {
      NumberColumn column = new NumberColumn(ElementType.DOUBLE, spill, null);
      for (int i = 0; i < 100; i++) {
        spill.writeIfFull();
        column.add(new double[1000], null, 0, 1000);
      }
      spill.finish();
      assertThat(spill.hasFile()).isFalse();
    }
  }

  @Test
  void theFileIsGoneAtTheEndAndAfterAFailure() throws IOException {
    long before = files();
    Spill spill = new Spill(1000, 1000);
    try (spill) {
      fill(spill);
      assertThat(spill.hasFile()).isTrue();
      throw new IllegalStateException("a bad row");
    } catch (IllegalStateException e) {
      assertThat(files()).isEqualTo(before);
    }
    spill.close();
  }

  private static void fill(Spill spill) {
    NumberColumn column = new NumberColumn(ElementType.FLOAT, spill, null);
    for (int i = 0; i < 1000; i++) {
      spill.writeIfFull();
      column.add(new double[] {i, -i}, null, 0, 2);
    }
  }

  @Test
  void givesBackWhatItWasGiven() {
    for (ElementType type : List.of(ElementType.FLOAT, ElementType.DOUBLE, ElementType.INT32)) {
      for (int memory : new int[] {64, 999, 1 << 20}) {
        check(type, memory);
      }
    }
  }

  private static void check(ElementType type, int memory) {
    Random random = new Random(memory);
    List<Double> given = new ArrayList<>();
    try (Spill spill = new Spill(memory, 500)) {
      NumberColumn column = new NumberColumn(type, spill, null);
      NumberColumn other = new NumberColumn(type, spill, null);
      for (int batch = 0; batch < 60; batch++) {
        spill.writeIfFull();
        double[] values = random.ints(200, -1000, 1000).asDoubleStream().toArray();
        column.add(values, null, 0, batch);
        other.add(values, null, 0, 200 - batch);
        Arrays.stream(values).limit(batch).forEach(given::add);
      }
      spill.finish();
      for (int pass = 0; pass < 2; pass++) {
        List<Double> got = new ArrayList<>();
        new NumberScan(column)
            .forEach((numbers, count) -> Arrays.stream(numbers).limit(count).forEach(got::add));
        assertThat(got).containsExactlyInAnyOrderElementsOf(given);
      }
    }
  }
}
