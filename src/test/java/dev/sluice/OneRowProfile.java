package dev.sluice;

import dev.sluice.profile.build.PartOptions;
import dev.sluice.profile.build.ProfileBuilder;
import dev.sluice.profile.file.DataProfileFile;
import dev.sluice.record.EncodedRecord;
import dev.sluice.record.FeatureBatch;
import dev.sluice.record.FeatureLayout;
import dev.sluice.record.FeatureRow;
import dev.sluice.record.Header;
import java.io.IOException;
import java.nio.file.Path;

/** A data profile of one row whose values are all zero. */
public final class OneRowProfile {
  private OneRowProfile() {}

  /** Writes the profile of a layout's columns, and returns its file. */
  public static Path write(FeatureLayout layout, Path file) throws IOException {
    return write(layout, file, false);
  }

  /** Writes the profile with a column per element of arrays of fixed size, or without. */
  static Path write(FeatureLayout layout, Path file, boolean perElement) throws IOException {
    FeatureRow row = new FeatureRow(layout);
    row.reset(new EncodedRecord("file", 0, 0, 0, null, new byte[0], Header.NONE));
    for (int column = 0; column < layout.columns().size(); column++) {
      row.setMissing(column, false);
    }
    FeatureBatch batch = new FeatureBatch(layout, 1);
    batch.append(row);
    ProfileBuilder builder = new ProfileBuilder(layout, PartOptions.NONE, "", perElement);
    builder.addInputs(batch);
    DataProfileFile.write(builder.build("m", "1", "", "a row", "", "UTC", "test"), file);
    return file;
  }
}
