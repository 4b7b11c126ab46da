package dev.sluice.pipeline;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedBackendSerializationProxy;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.OperatorStateHandle;
import org.apache.flink.runtime.state.metainfo.StateMetaInfoSnapshot;

/** Which state a savepoint has, by the names that operators give it. */
final class StateNames {
  private StateNames() {}

  /**
   * Reads a savepoint.
   *
   * @param savepoint its directory, as a path or a URI
   * @return the names of each operator's state, by the operator's id; of operators that have none,
   *     nothing
   */
  static Map<String, Set<String>> of(String savepoint) throws IOException {
    Path directory =
        savepoint.startsWith("file:") ? Path.of(URI.create(savepoint)) : Path.of(savepoint);
    ClassLoader loader = StateNames.class.getClassLoader();
    Map<String, Set<String>> names = new TreeMap<>();
    try (DataInputStream in =
        new DataInputStream(Files.newInputStream(directory.resolve("_metadata")))) {
      for (OperatorState operator :
          Checkpoints.loadCheckpointMetadata(in, loader, directory.toUri().toString())
              .getOperatorStates()) {
        Set<String> own = new TreeSet<>();
        for (OperatorSubtaskState subtask : operator.getStates()) {
          for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
            own.addAll(handle.getStateNameToPartitionOffsets().keySet());
          }
          for (KeyedStateHandle handle : subtask.getManagedKeyedState()) {
            addKeyed(handle, loader, own);
          }
        }
        if (!own.isEmpty()) {
          names.put(operator.getOperatorID().toString(), own);
        }
      }
    }
    return names;
  }

  private static void addKeyed(KeyedStateHandle handle, ClassLoader loader, Set<String> names)
      throws IOException {
    if (!(handle instanceof KeyGroupsStateHandle keyGroups)) {
      throw new IllegalStateException(
          "keyed state is a " + handle.getClass().getName() + ", expected a canonical savepoint");
    }
    try (InputStream in = keyGroups.openInputStream()) {
      KeyedBackendSerializationProxy<?> header = new KeyedBackendSerializationProxy<>(loader);
      header.read(new DataInputViewStreamWrapper(in));
      header.getStateMetaInfoSnapshots().stream()
          .map(StateMetaInfoSnapshot::getName)
          .forEach(names::add);
    }
  }
}
