package dev.sluice.monitor.alarm;

import dev.sluice.profile.ProfileKind;
import dev.sluice.profile.ProfiledWindow;
import dev.sluice.serial.AlarmSerializer;
import dev.sluice.serial.ArrowSerializer;
import dev.sluice.serial.ArrowType;
import dev.sluice.serial.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Serializer of {@link Judged}, in state only. */
public final class JudgedSerializer extends ArrowSerializer<Judged> {
  static final TypeInformation<Judged> TYPE = new ArrowType<>(Judged.class, new JudgedSerializer());

  private static final long serialVersionUID = 1L;

  private static final int SUMMARY = 0;
  private static final int COLUMN = 1; // of earlier versions, without its name
  private static final int NAMED_COLUMN = 2;

  private final AlarmSerializer alarms = new AlarmSerializer();

  @Override
  public Judged copy(Judged from) {
    return from; // immutable
  }

  @Override
  public void serialize(Judged judged, DataOutputView out) throws IOException {
    out.writeUTF(judged.kind().name());
    AlarmSerializer.writeWindow(judged.window(), out);
    out.writeLong(judged.due());
    writeColumn(judged, out);
    out.writeInt(judged.wrong().size());
    for (Finding finding : judged.wrong()) {
      alarms.serialize(finding.alarm(), out);
      out.writeBoolean(finding.tested());
    }
    Wire.writeTexts(judged.right(), out);
  }

  @Override
  public Judged deserialize(DataInputView in) throws IOException {
    ProfileKind kind = ProfileKind.valueOf(in.readUTF());
    ProfiledWindow window = AlarmSerializer.readWindow(in);
    long due = in.readLong();
    int about = in.readByte();
    String column = about == NAMED_COLUMN ? Wire.readTexts(in).get(0) : "";
    List<Finding> wrong = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      wrong.add(new Finding(alarms.deserialize(in), in.readBoolean()));
    }
    return new Judged(kind, window, due, about != SUMMARY, column, wrong, Wire.readTexts(in));
  }

  private static void writeColumn(Judged judged, DataOutputView out) throws IOException {
    if (judged.column().isEmpty()) {
      out.writeByte(judged.ofColumn() ? COLUMN : SUMMARY);
      return;
    }
    out.writeByte(NAMED_COLUMN);
    Wire.writeTexts(List.of(judged.column()), out);
  }

  @Override
  public TypeSerializerSnapshot<Judged> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The snapshot: the serializer has no configuration. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Judged> {
    public Snapshot() {
      super(JudgedSerializer::new);
    }
  }
}
