package dev.sluice.cli.profile;

import dev.sluice.cli.score.Split;
import dev.sluice.decode.MalformedRecordException;
import dev.sluice.decode.RowDecoder;
import dev.sluice.record.ElementType;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file's rows by both paths into a profile, as texts that show every bit. */
final class RowPaths {
  private RowPaths() {}

  /** Returns what the rows are when their cells go straight into features. */
  static List<String> features(FileSource source, Split split, String time) throws IOException {
    FeatureLayout layout = ProfileLayout.of(source.schema(), Map.of(), time);
    FeatureRow row = new FeatureRow(layout);
    List<String> shown = new ArrayList<>();
    try (FeatureRows rows = source.openFeatures(split, layout, time).orElseThrow()) {
      while (rows.next(row)) {
        shown.add(rows.problem() == null ? shown(layout, row) : rows.problem());
      }
    }
    shown.add(split.taken() + " " + split.leftOut() + " " + split.others());
    return shown.subList(0, split.isAll() ? shown.size() - 1 : shown.size());
  }

  /** Returns what the rows are when records are made of them and decoded. */
  static List<String> records(FileSource source, Split split, String time) throws IOException {
    FeatureLayout layout = ProfileLayout.of(source.schema(), Map.of(), time);
    RowDecoder decoder = RowDecoder.compile(source.schema(), layout, time);
    FeatureRow row = new FeatureRow(layout);
    List<String> shown = new ArrayList<>();
    try (SourceRows rows = source.open(split)) {
      for (SourceRow next = rows.next(); next != null; next = rows.next()) {
        if (next.isMalformed()) {
          shown.add(next.problem());
        } else {
          decoder.decode(next.record(), row);
          shown.add(shown(layout, row));
        }
      }
    } catch (MalformedRecordException e) {
      throw new IOException(e);
    }
    shown.add(split.taken() + " " + split.leftOut() + " " + split.others());
    return shown.subList(0, split.isAll() ? shown.size() - 1 : shown.size());
  }

  private static String shown(FeatureLayout layout, FeatureRow row) {
    StringBuilder shown = new StringBuilder().append(row.eventTime());
    for (int i = 0; i < layout.columns().size(); i++) {
      ElementType type = layout.columns().get(i).type();
      shown.append(' ').append(layout.columns().get(i).name()).append('=');
      if (row.isMissing(i)) {
        shown.append("missing");
      } else if (type == ElementType.STRING) {
        shown.append('\'').append(row.textAt(i)).append('\'');
      } else if (type.isFloating()) {
        shown.append(Long.toHexString(Double.doubleToRawLongBits(row.doubleAt(i))));
      } else {
        shown.append(row.longAt(i));
      }
    }
    return shown.toString();
  }
}
