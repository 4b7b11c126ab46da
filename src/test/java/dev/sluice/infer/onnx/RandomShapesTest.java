package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.config.ScoringOptions;
import dev.sluice.infer.ModelException;
import dev.sluice.infer.TestBatches;
import dev.sluice.record.ElementType;
import dev.sluice.record.OutputTensor;
import dev.sluice.record.PredictionBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random models, shapes, types, batches, parts of them and sizes of runs: every row gets the answer
 * that it would get alone, worked out in plain Java. A failure names the seed of its model.
 */
class RandomShapesTest {
  private static final int MODELS = 300;
  private static final int BATCHES = 4;

  @TempDir Path directory;

  @Test
  void everyRowGetsItsOwnAnswer() {
    for (long seed = 0; seed < MODELS; seed++) {
      try {
        check(seed);
      } catch (Exception e) {
        throw new AssertionError("seed " + seed + " failed: " + e.getMessage(), e);
      }
    }
  }

  private void check(long seed) throws IOException, ModelException {
    Random random = new Random(seed);
    RandomModel model = new RandomModel(random);
    Path file = Files.write(directory.resolve("model.onnx"), model.bytes());
    ScoringOptions scoring = scoring(random);
    int capacity = 1 + random.nextInt(12);
    try (Loaded loaded = new Loaded(file, model.layout(), capacity, scoring, problem -> {})) {
      for (int i = 0; i < BATCHES; i++) {
        String what = "seed " + seed + ", batch " + i + ": " + model + ", " + scoring;
        List<Object[]> rows = fill(loaded, model, random);
        loaded.result.reset(loaded.batch);
        int from = 0;
        while (from < rows.size()) {
          int to = from + 1 + random.nextInt(rows.size() - from);
          loaded.model.score(loaded.batch, from, to, loaded.result);
          from = to;
        }
        assertAnswers(what, model, rows, loaded.result);
        PredictionBatch single = new PredictionBatch();
        single.reset(loaded.batch);
        for (int row = 0; row < rows.size(); row++) {
          loaded.model.score(loaded.batch, row, row + 1, single);
        }
        assertAnswers(what + ", row by row", model, rows, single);
      }
    }
  }

  /** Runs of any size, of one row, or of up to three sizes. */
  private static ScoringOptions scoring(Random random) {
    ScoringOptions defaults = ScoringOptions.defaults();
    SortedSet<Integer> sizes = new TreeSet<>();
    int kind = random.nextInt(5);
    for (int i = kind - 2; i > 0; i--) {
      sizes.add(1 + random.nextInt(9));
    }
    return new ScoringOptions(
        List.copyOf(sizes), kind == 1, defaults.timeout(), defaults.nanOutput());
  }

  private static List<Object[]> fill(Loaded loaded, RandomModel model, Random random) {
    loaded.batch.clear();
    List<Object[]> rows = new ArrayList<>();
    for (int size = 1 + random.nextInt(loaded.batch.capacity()); size > 0; size--) {
      rows.add(model.row());
      TestBatches.append(loaded.batch, rows.get(rows.size() - 1));
    }
    return rows;
  }

  private static void assertAnswers(
      String what, RandomModel model, List<Object[]> rows, PredictionBatch result) {
    for (int output = 0; output < result.outputs().size(); output++) {
      OutputTensor tensor = result.outputs().get(output);
      String where = what + ", output " + tensor.name();
      assertThat(tensor.rowShape()).as(where).isEqualTo(model.answeredShapes().get(output));
      for (int row = 0; row < rows.size(); row++) {
        List<Object> expected = model.answers(rows.get(row)).get(output);
        assertThat(tensor.values().rowWidth()).as(where).isEqualTo(expected.size());
        for (int i = 0; i < expected.size(); i++) {
          assertThat(value(tensor, row * expected.size() + i))
              .as(where + ", row " + row + ", element " + i)
              .isEqualTo(comparable(tensor, expected.get(i)));
        }
      }
    }
  }

  private static Object value(OutputTensor tensor, int element) {
    if (tensor.values().type() == ElementType.STRING) {
      return tensor.values().textAt(element);
    }
    return tensor.values().type().isFloating()
        ? (Object) tensor.values().numberAt(element)
        : (Object) tensor.values().longAt(element);
  }

  private static Object comparable(OutputTensor tensor, Object expected) {
    if (expected instanceof Number number) {
      return tensor.values().type().isFloating()
          ? (Object) number.doubleValue()
          : (Object) number.longValue();
    }
    return expected;
  }
}
