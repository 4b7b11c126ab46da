package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedGrowthTest {
  private long size = 1000;
  private final SharedGrowth growth = new SharedGrowth(() -> size);

  @Test
  void whatGrowsWhileSeveralAreAtItIsDivided() {
    SharedGrowth.Share first = growth.begin();
    size += 100;
    SharedGrowth.Share second = growth.begin();
    size += 200;
    assertThat(first.grown()).isEqualTo(200);
    assertThat(second.grown()).isEqualTo(100);
    first.close();
    size += 50;
    assertThat(second.grown()).isEqualTo(150);
    second.close();
    size += 1000;
    assertThat(first.grown() + second.grown()).as("all that has grown").isEqualTo(350);
  }

  @Test
  void whatIsFreedIsDividedAsWell() {
    try (SharedGrowth.Share first = growth.begin();
        SharedGrowth.Share second = growth.begin()) {
      size -= 20;
      assertThat(first.grown()).isEqualTo(-10);
      assertThat(second.grown()).isEqualTo(-10);
    }
  }
}
