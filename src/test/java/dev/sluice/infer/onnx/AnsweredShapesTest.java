package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.model.OnnxBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models whose outputs have shapes that they do not declare, or declare wrongly. */
class AnsweredShapesTest {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int BOOL = 9;

  @TempDir Path directory;

  @Test
  void anotherNumberOfRowsStopsTheJob() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, new OnnxBytes().text(1, "drop").text(2, "keep").text(4, "Not"))
            .message(1, OnnxBytes.compress("x", "keep", "y", 0))
            .text(2, "rows")
            .message(11, OnnxBytes.tensor("x", FLOAT, -1, 1))
            .message(11, OnnxBytes.tensor("drop", BOOL, -1))
            .message(12, OnnxBytes.tensor("y", FLOAT, -1, 1));
    try (Loaded loaded = load(graph)) {
      assertThat(loaded.row(1, 0).row(2, 0).score()).isZero();
      assertThat(loaded.output("y").values().floatAt(1)).isEqualTo(2);

      loaded.batch.clear();
      loaded.row(1, 0).row(2, 1);
      assertThatThrownBy(loaded::score)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("model output y has shape [0, 1], expected 1 rows as in the input");
    }
  }

  @Test
  void wronglyDeclaredRowShapeIsCorrected() throws IOException {
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, OnnxBytes.compress("x", "keep", "y", 1))
            .text(2, "columns")
            .message(5, OnnxBytes.allTrue("keep", 3))
            .message(11, OnnxBytes.tensor("x", FLOAT, -1, 3))
            .message(12, OnnxBytes.tensor("y", FLOAT, -1, 2));
    try (Loaded loaded = load(graph)) {
      for (int i = 0; i < 2; i++) {
        int failed = loaded.row(1, 2, 3).row(4, 5, 6).score();
        assertThat(failed).as("%s", loaded.result.message(0)).isZero();
        assertThat(loaded.output("y").rowShape()).containsExactly(3);
        assertThat(loaded.output("y").values().floatAt(5)).isEqualTo(6);
        loaded.batch.clear();
      }
    }
  }

  @Test
  void undeclaredRowShapeIsTakenFromTheFirstGoodRows() throws IOException {
    OnnxBytes gather = new OnnxBytes().text(1, "rows").text(1, "id").text(2, "z").text(4, "Gather");
    OnnxBytes table = new OnnxBytes().number(1, 2).number(1, 3).number(2, INT64).text(8, "rows");
    for (int i = 0; i < 6; i++) {
      table.number(7, 10 + i);
    }
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, gather)
            .message(1, OnnxBytes.compress("z", "keep", "y", 1))
            .text(2, "table")
            .message(5, table)
            .message(5, OnnxBytes.allTrue("keep", 3))
            .message(11, OnnxBytes.tensor("id", INT64, -1))
            .message(12, OnnxBytes.tensor("y", INT64, -1, -1));
    try (Loaded loaded = load(graph)) {
      assertThat(loaded.row(99).row(1).row(0).row(-99).row(1).score()).isEqualTo(2);
      assertThat(loaded.output("y").rowShape()).containsExactly(3);
      assertThat(loaded.result.isPredicted(0)).isFalse();
      assertThat(loaded.output("y").values().longAt(3)).isEqualTo(13);
      assertThat(loaded.output("y").values().longAt(8)).isEqualTo(12);
      assertThat(loaded.output("y").values().longAt(14)).isEqualTo(15);
    }
  }

  @Test
  void undeclaredShapeOfAnOutput() throws IOException {
    OnnxBytes type = new OnnxBytes().message(1, new OnnxBytes().number(1, FLOAT));
    OnnxBytes graph =
        new OnnxBytes()
            .message(1, OnnxBytes.compress("x", "keep", "y", 1))
            .text(2, "shapeless")
            .message(5, OnnxBytes.allTrue("keep", 1))
            .message(11, OnnxBytes.tensor("x", FLOAT, -1, 1))
            .message(12, new OnnxBytes().text(1, "y").message(2, type));
    try (Loaded loaded = load(graph)) {
      assertThat(loaded.row(1).row(2).score()).isZero();
      assertThat(loaded.output("y").rowShape()).isEmpty();
      assertThat(loaded.output("y").values().floatAt(1)).isEqualTo(2);
    }
  }

  private Loaded load(OnnxBytes graph) throws IOException {
    Path file = Files.write(directory.resolve("model.onnx"), OnnxBytes.model(graph).bytes());
    return new Loaded(file, Loaded.layoutOf(file), 8);
  }
}
