package dev.sluice.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
  private static final List<String> NO_COMMAND = List.of("sluice-no-such-command");

  @TempDir Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @Test
  void theKernelNamesTheProcessor() throws IOException {
    write("proc/cpuinfo", "processor\t: 0\nmodel name\t: Some CPU @ 2 GHz\nmodel name\t: Other\n");

    assertThat(Machine.probe(root, NO_COMMAND).processor()).isEqualTo("Some CPU @ 2 GHz");
  }

  @Test
  void aMachineThatTellsNothingIsNoFailure() {
    Machine machine = Machine.probe(root, NO_COMMAND);

    assertThat(machine.processor()).isEqualTo(System.getProperty("os.arch"));
    assertThat(machine.cores()).isPositive();
    assertThat(machine.gpus()).isEmpty();
    assertThat(machine.gpu(0)).isEqualTo("unknown");
  }

  @Test
  void theToolNamesTheGpus() {
    Machine machine = Machine.probe(root, List.of("printf", "GPU A, 550.1\nGPU B, 550.1\n"));

    assertThat(machine.gpu(1)).isEqualTo("GPU B, 550.1");
  }

  @Test
  void elseTheDriverDoes() throws IOException {
    List<String> names = new ArrayList<>();
    for (int bus = 9; bus >= 0; bus--) {
      names.add(0, "GPU " + bus);
      write(
          "proc/driver/nvidia/gpus/0000:0" + bus + ":00.0/information",
          "Model: \t\t GPU " + bus + "\nIRQ: 1\n");
    }

    assertThat(Machine.probe(root, List.of("false")).gpus()).isEqualTo(names);
  }
}
