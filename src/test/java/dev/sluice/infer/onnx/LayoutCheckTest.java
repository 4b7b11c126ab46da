package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.infer.TestBatches;
import dev.sluice.model.ModelPackageException;
import dev.sluice.model.ModelSignature;
import dev.sluice.model.TensorInfo;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureColumn;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.InputTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Buffers that cannot be made; names, types and shapes are in {@link OnnxModelLoaderTest}. */
class LayoutCheckTest {
  private static final BatchSizes ANY = new BatchSizes(List.of());

  @Test
  void inputsBeyondABuffer() {
    assertRefused(
        input(1),
        output(1),
        ANY,
        600_000_000,
        "m: input x takes 2400000000 bytes for 600000000 rows of shape [1], expected at most 2147483647; make batches smaller, and the sizes of runs");
    assertRefused(
        input(65536, 16385),
        output(1),
        ANY,
        1,
        "m: input x takes 4295229440 bytes for 1 rows of shape [65536, 16385], expected at most 2147483647; not even one row fits");
  }

  @Test
  void outputsBeyondABuffer() {
    assertRefused(
        input(1),
        output(65536, 65536),
        ANY,
        1,
        "m: output y takes 17179869184 bytes for 1 rows of shape [65536, 65536], expected at most 2147483647; not even one row fits");
    assertRefused(
        input(1),
        output(1L << 33, 1L << 33),
        ANY,
        1,
        "m: output y takes 2^63 bytes or more for 1 rows of shape [8589934592, 8589934592], expected");
    assertRefused(input(1), output(1L << 33, 0), ANY, 1, "m: output y takes 34359738368 bytes");
    assertRefused(
        input(1),
        output(1 << 20),
        ANY,
        1024,
        "m: output y takes 4294967296 bytes for 1024 rows of shape [1048576]");
  }

  @Test
  void paddedRunsBeyondABuffer() {
    assertRefused(
        input(8192),
        output(1),
        new BatchSizes(List.of(16, 65536)),
        10,
        "m: input x takes 2147483648 bytes for 65536 rows of shape [8192], expected");
  }

  /** They lie beside the input in one buffer, as floats. */
  @Test
  void floatsOfAnInputOfHalvesBeyondABuffer() {
    int columns = 10_000;
    assertThatThrownBy(() -> requireHalves(columns, 65_536))
        .isInstanceOf(ModelPackageException.class)
        .hasMessage(
            "m: the block of 10000 FLOAT features that no input takes without loss takes 2621440000"
                + " bytes for 65536 rows of shape [10000], expected at most 2147483647; make"
                + " batches smaller, and the sizes of runs");
    assertThatCode(() -> requireHalves(columns, 53_687)).doesNotThrowAnyException();
  }

  private static void requireHalves(int columns, int maxRows) {
    FeatureLayout layout =
        new FeatureLayout(
            IntStream.range(0, columns)
                .mapToObj(i -> new FeatureColumn("x" + i, ElementType.FLOAT, 1))
                .toList(),
            List.of(
                new InputTensor(
                    "x",
                    ElementType.FLOAT16,
                    List.of(columns),
                    IntStream.range(0, columns).boxed().toList())));
    TensorInfo x = new TensorInfo("x", ElementType.FLOAT16, List.of(-1L, (long) columns));
    ModelSignature signature = new ModelSignature(List.of(x), List.of(tensor("y", 1)));
    LayoutCheck.require("m", layout, signature, ANY, maxRows);
  }

  @Test
  void whatFitsIsTaken() {
    assertThatCode(() -> require(input(8191), output(-1, 4), ANY, 65536))
        .doesNotThrowAnyException();
  }

  private static long[] input(long... rowShape) {
    return rowShape;
  }

  private static long[] output(long... rowShape) {
    return rowShape;
  }

  private static void assertRefused(
      long[] input, long[] output, BatchSizes sizes, int maxRows, String message) {
    assertThatThrownBy(() -> require(input, output, sizes, maxRows))
        .isInstanceOf(ModelPackageException.class)
        .hasMessageStartingWith(message);
  }

  private static void require(long[] input, long[] output, BatchSizes sizes, int maxRows) {
    TensorInfo x = tensor("x", input);
    Integer[] rowShape = x.rowShape().stream().map(Math::toIntExact).toArray(Integer[]::new);
    FeatureLayout layout = TestBatches.layout(TestBatches.input("x", ElementType.FLOAT, rowShape));
    ModelSignature signature = new ModelSignature(List.of(x), List.of(tensor("y", output)));
    LayoutCheck.require("m", layout, signature, sizes, maxRows);
  }

  private static TensorInfo tensor(String name, long... rowShape) {
    List<Long> shape = new ArrayList<>(List.of(TensorInfo.DYNAMIC));
    for (long dimension : rowShape) {
      shape.add(dimension);
    }
    return new TensorInfo(name, ElementType.FLOAT, shape);
  }
}
