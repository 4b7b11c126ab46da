package dev.sluice.serial;

import dev.sluice.profile.DataProfile;
import dev.sluice.profile.file.DataProfileFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link DataProfile}: in the form of its file, which states its own version. */
public final class DataProfileSerializer extends ArrowSerializer<DataProfile> {
  private static final long serialVersionUID = 1L;

  @Override
  public DataProfile copy(DataProfile from) {
    return from; // immutable
  }

  @Override
  public void serialize(DataProfile profile, DataOutputView out) throws IOException {
    Wire.writeBytes(DataProfileFile.toBytes(profile), out);
  }

  @Override
  public DataProfile deserialize(DataInputView in) throws IOException {
    return DataProfileFile.readSome(
        new ByteArrayInputStream(Wire.readBytes(in)), "serialized profile");
  }

  @Override
  public TypeSerializerSnapshot<DataProfile> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DataProfile> {
    public Snapshot() {
      super(DataProfileSerializer::new);
    }
  }
}
