package dev.sluice.config;

/** The function that turns what a model's last layer gives into probabilities. */
public enum Activation {
  /** {@code exp(x_i) / sum_j exp(x_j)} over the last dimension: classes that exclude each other. */
  SOFTMAX("softmax"),
  /** {@code 1 / (1 + exp(-x))} of each value. */
  SIGMOID("sigmoid");

  private final String text;

  Activation(String text) {
    this.text = text;
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
