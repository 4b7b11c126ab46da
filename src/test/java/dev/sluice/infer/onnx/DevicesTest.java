package dev.sluice.infer.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {
  private final Devices devices = new Devices();

  @Test
  void takesTheLeastUsedAndGivesItBack() {
    List<Integer> cards = List.of(3, 5, 7);
    Devices.Claim first = devices.claim(cards);
    Devices.Claim second = devices.claim(cards);
    assertThat(List.of(first.device(), second.device())).containsExactly(3, 5);
    assertThat(devices.claim(cards).device()).isEqualTo(7);
    assertThat(devices.claim(cards).device()).isEqualTo(3);

    second.close();
    second.close();

    assertThat(devices.users(5)).isZero();
    assertThat(devices.claim(cards).device()).isEqualTo(5);
    assertThat(devices.users(3)).isEqualTo(2);
  }

  @Test
  void nobodyHasTold() {
    assertThat(devices.claim(List.of()).device()).isZero();
    assertThat(devices.users(0)).isEqualTo(1);
  }
}
