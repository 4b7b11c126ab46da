package dev.sluice.bench;

import dev.sluice.model.OnnxBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * An MLP of {@value #INPUTS} floats, two hidden layers, of which the second is half as wide, and
 * one score: with 64 in the first, of the shape of the model {@code bench-mlp-30}. Its weights are
 * random, and in the file.
 *
 * @param hidden width of the first hidden layer, an even number
 */
record GrownModel(int hidden) {
  static final int INPUTS = 30;
  private static final int FLOAT = 1;

  /** Returns how many weights it has, biases among them. */
  long weights() {
    int second = hidden / 2;
    return (INPUTS + 1L) * hidden + (hidden + 1L) * second + second + 1L;
  }

  /** Writes it to a file. */
  void write(Path file) throws IOException {
    int second = hidden / 2;
    SplittableRandom random = new SplittableRandom(hidden);
    OnnxBytes graph = new OnnxBytes();
    layer(graph, 1, "features", "Relu", "h1");
    layer(graph, 2, "h1", "Relu", "h2");
    layer(graph, 3, "h2", "Sigmoid", "score");
    graph.text(2, "mlp");
    weights(graph, 1, INPUTS, hidden, random);
    weights(graph, 2, hidden, second, random);
    weights(graph, 3, second, 1, random);
    graph.message(11, OnnxBytes.tensor("features", FLOAT, -1, INPUTS));
    graph.message(12, OnnxBytes.tensor("score", FLOAT, -1, 1));
    Files.createDirectories(file.getParent());
    Files.write(file, OnnxBytes.model(graph).bytes());
  }

  private static void layer(
      OnnxBytes graph, int number, String input, String activation, String output) {
    OnnxBytes product = new OnnxBytes().text(1, input).text(1, "w" + number).text(1, "b" + number);
    graph.message(1, product.text(2, "sum" + number).text(4, "Gemm"));
    graph.message(1, OnnxBytes.node("", activation, "sum" + number, output));
  }

  private static void weights(
      OnnxBytes graph, int number, int rows, int columns, SplittableRandom random) {
    double scale = 1 / Math.sqrt(rows);
    graph.message(5, tensor("w" + number, scale, random, rows, columns));
    graph.message(5, tensor("b" + number, scale, random, columns));
  }

  private static OnnxBytes tensor(
      String name, double scale, SplittableRandom random, int... dimensions) {
    OnnxBytes tensor = new OnnxBytes();
    int count = 1;
    for (int dimension : dimensions) {
      tensor.number(1, dimension);
      count *= dimension;
    }
    ByteBuffer raw = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      raw.putFloat((float) (scale * random.nextGaussian()));
    }
    return tensor.number(2, FLOAT).text(8, name).raw(9, raw.array());
  }
}
