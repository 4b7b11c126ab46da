package dev.sluice.config;

/** How many rows make a batch full. */
public enum RowCap {
  /** As adaptive on a GPU, as fixed on the processor, where any batch of a hundred is as good. */
  AUTO("auto"),
  /** As many as have given the most rows per second, up to the most rows of a batch. */
  ADAPTIVE("adaptive"),
  /** The most rows of a batch. */
  FIXED("fixed");

  private final String text;

  RowCap(String text) {
    this.text = text;
  }

  /** Returns whether the number of rows follows what is measured where a model runs on a device. */
  public boolean adaptsOn(Execution device) {
    return this == ADAPTIVE || this == AUTO && device.isGpu();
  }

  /** Returns the value as the option takes it. */
  @Override
  public String toString() {
    return text;
  }
}
