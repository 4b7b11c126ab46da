package dev.sluice.serial;

import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.record.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link Alarm}. */
public final class AlarmSerializer extends ArrowSerializer<Alarm> {
  private static final long serialVersionUID = 1L;

  @Override
  public Alarm copy(Alarm from) {
    return from; // immutable
  }

  @Override
  public void serialize(Alarm alarm, DataOutputView out) throws IOException {
    out.writeUTF(alarm.kind().name());
    out.writeUTF(alarm.severity().name());
    out.writeUTF(alarm.state().name());
    out.writeUTF(alarm.profileKind().name());
    Wire.writeText(alarm.model().name(), out);
    Wire.writeText(alarm.model().version(), out);
    Wire.writeText(alarm.model().sha256(), out);
    writeWindow(alarm.window(), out);
    out.writeInt(alarm.columns().size());
    for (String column : alarm.columns()) {
      Wire.writeText(column, out);
    }
    Wire.writeText(alarm.expectation(), out);
    Wire.writeText(alarm.expected(), out);
    Wire.writeText(alarm.observed(), out);
    out.writeLong(alarm.evaluated());
    out.writeLong(alarm.unexpected());
    Wire.writeText(alarm.message(), out);
  }

  @Override
  public Alarm deserialize(DataInputView in) throws IOException {
    return new Alarm(
        AlarmKind.valueOf(in.readUTF()),
        Severity.valueOf(in.readUTF()),
        AlarmState.valueOf(in.readUTF()),
        ProfileKind.valueOf(in.readUTF()),
        new ProfiledModel(Wire.readText(in), Wire.readText(in), Wire.readText(in)),
        readWindow(in),
        readColumns(in),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readLong(),
        in.readLong(),
        Wire.readText(in));
  }

  private static void writeWindow(ProfiledWindow window, DataOutputView out) throws IOException {
    Wire.writeText(window.baselineSha256(), out);
    Wire.writeText(window.segment(), out);
    out.writeBoolean(window.start() != null);
    if (window.start() != null) {
      out.writeLong(window.start());
      out.writeLong(window.end());
    }
    Wire.writeText(window.length(), out);
    Wire.writeText(window.timeZone(), out);
    out.writeInt(window.revision());
    out.writeBoolean(window.isFinal());
  }

  private static ProfiledWindow readWindow(DataInputView in) throws IOException {
    String baselineSha256 = Wire.readText(in);
    String segment = Wire.readText(in);
    boolean bounded = in.readBoolean();
    return new ProfiledWindow(
        baselineSha256,
        segment,
        bounded ? in.readLong() : null,
        bounded ? in.readLong() : null,
        Wire.readText(in),
        Wire.readText(in),
        in.readInt(),
        in.readBoolean());
  }

  private static List<String> readColumns(DataInputView in) throws IOException {
    List<String> columns = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      columns.add(Wire.readText(in));
    }
    return columns;
  }

  @Override
  public TypeSerializerSnapshot<Alarm> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Alarm> {
    public Snapshot() {
      super(AlarmSerializer::new);
    }
  }
}
