package dev.sluice.serial;

import dev.sluice.profile.Advice;
import dev.sluice.profile.AdviceKind;
import dev.sluice.profile.Alarm;
import dev.sluice.profile.AlarmCourse;
import dev.sluice.profile.AlarmKind;
import dev.sluice.profile.AlarmState;
import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledModel;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.record.Severity;
import java.io.IOException;
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
    Wire.writeTexts(alarm.columns(), out);
    Wire.writeText(alarm.expectation(), out);
    Wire.writeText(alarm.expected(), out);
    Wire.writeText(alarm.observed(), out);
    out.writeLong(alarm.evaluated());
    out.writeLong(alarm.unexpected());
    Wire.writeText(alarm.message(), out);
    writeLong(alarm.course().since(), out);
    out.writeInt(alarm.course().wrong());
    out.writeInt(alarm.course().judged());
    out.writeUTF(alarm.advice().kind().name());
    Wire.writeTexts(alarm.advice().reasons(), out);
    Double rate = alarm.expectedFalseAlarmRate();
    out.writeDouble(rate == null ? Double.NaN : rate);
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
        Wire.readTexts(in),
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readLong(),
        in.readLong(),
        Wire.readText(in),
        new AlarmCourse(readLong(in), in.readInt(), in.readInt()),
        new Advice(AdviceKind.valueOf(in.readUTF()), Wire.readTexts(in)),
        readRate(in));
  }

  /** Writes a window, also for others that hold one. */
  public static void writeWindow(ProfiledWindow window, DataOutputView out) throws IOException {
    Wire.writeText(window.baselineSha256(), out);
    Wire.writeText(window.segment(), out);
    writeLong(window.start(), out);
    writeLong(window.end(), out);
    Wire.writeText(window.length(), out);
    Wire.writeText(window.timeZone(), out);
    out.writeInt(window.revision());
    out.writeBoolean(window.isFinal());
  }

  /** Reads what {@link #writeWindow} has written. */
  public static ProfiledWindow readWindow(DataInputView in) throws IOException {
    return new ProfiledWindow(
        Wire.readText(in),
        Wire.readText(in),
        readLong(in),
        readLong(in),
        Wire.readText(in),
        Wire.readText(in),
        in.readInt(),
        in.readBoolean());
  }

  private static Double readRate(DataInputView in) throws IOException {
    double rate = in.readDouble();
    return Double.isNaN(rate) ? null : (Double) rate;
  }

  private static void writeLong(Long value, DataOutputView out) throws IOException {
    out.writeBoolean(value != null);
    if (value != null) {
      out.writeLong(value);
    }
  }

  private static Long readLong(DataInputView in) throws IOException {
    return in.readBoolean() ? (Long) in.readLong() : null;
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
