package dev.sluice.model.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognises formats by a signature at a fixed place. */
final class Magic {
  private static final String HDF5 = "\u0089HDF\r\n\u001a\n";
  private static final String UBJSON_LEARNER = "{L\0\0\0\0\0\0\0\u0007learner";
  private static final Pattern R_DATA = Pattern.compile("RD[AX][23]\n");
  private static final Pattern R_ASCII = Pattern.compile("A\n[23]\n\\d{5,7}\n");
  private static final Pattern KERAS_VERSION =
      Pattern.compile("keras_version[^0-9]{1,512}?(\\d{1,4}\\.\\d{1,4}\\.\\d{1,4})");
  private static final Pattern OBJECTIVE = Pattern.compile("[a-z]+:[a-z_]+");
  private static final int OBJECTIVE_AT = 136; // the size of XGBoost's old LearnerModelParam

  private Magic() {}

  static Optional<DetectedFormat> detect(Head head) {
    if (head.bytes().length == 0) {
      return found(head, ModelFormat.EMPTY, "");
    }
    if (head.hasAt(4, "TFL3")) {
      return found(head, ModelFormat.TF_LITE, "");
    }
    if (head.hasAt(4, "ORTM")) {
      return found(head, ModelFormat.ORT_FORMAT, "");
    }
    if (head.startsWith("CBM1")) {
      return found(head, ModelFormat.CATBOOST, "");
    }
    if (head.startsWith(UBJSON_LEARNER)) {
      return found(head, ModelFormat.XGBOOST, "UBJSON");
    }
    if (head.startsWith("binf") || isOldXgboost(head.bytes(), OBJECTIVE_AT)) {
      return found(head, ModelFormat.XGBOOST, "the binary format before version 1");
    }
    if (isHdf5(head)) {
      return found(head, ModelFormat.KERAS_HDF5, keras(head));
    }
    if (isRObject(head)) {
      return found(head, ModelFormat.R_OBJECT, r(head));
    }
    return isSafetensors(head) ? found(head, ModelFormat.SAFETENSORS, "") : Optional.empty();
  }

  private static Optional<DetectedFormat> found(Head head, ModelFormat format, String details) {
    return Optional.of(DetectedFormat.of(head.path(), format, head.details(details)));
  }

  /** HDF5 may have a block of the user's own before its signature, of 512 bytes or a doubling. */
  private static boolean isHdf5(Head head) {
    for (int at = 0; at < head.bytes().length; at = at == 0 ? 512 : at * 2) {
      if (head.hasAt(at, HDF5)) {
        return true;
      }
    }
    return false;
  }

  private static String keras(Head head) {
    String text = head.latin();
    Matcher version = KERAS_VERSION.matcher(text);
    if (version.find()) {
      return "written by Keras " + version.group(1);
    }
    return text.contains("keras") || text.contains("model_config")
        ? ""
        : "nothing of Keras in its first " + head.bytes().length + " bytes";
  }

  /** The parameters of the learner, the length and name of the objective, those of the booster. */
  private static boolean isOldXgboost(byte[] bytes, int at) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < at + 8) {
      return false;
    }
    long length = buffer.getLong(at);
    if (length < 3 || length > 64 || bytes.length < at + 8 + length + 8 + 4) {
      return false;
    }
    String objective = new String(bytes, at + 8, (int) length, StandardCharsets.ISO_8859_1);
    String booster = new String(bytes, at + 8 + (int) length + 8, 4, StandardCharsets.ISO_8859_1);
    return OBJECTIVE.matcher(objective).matches()
        && (booster.equals("gbtr") || booster.equals("gbli") || booster.equals("dart"));
  }

  private static boolean isRObject(Head head) {
    boolean xdr = head.startsWith("X\n\0\0\0\u0002") || head.startsWith("X\n\0\0\0\u0003");
    return xdr
        || R_DATA.matcher(head.latin()).lookingAt()
        || R_ASCII.matcher(head.latin()).lookingAt();
  }

  private static String r(Head head) {
    return head.latin().contains("xgb.Booster") ? "it holds an xgb.Booster" : "";
  }

  private static boolean isSafetensors(Head head) {
    if (head.bytes().length < 10 || head.bytes()[8] != '{') {
      return false;
    }
    long header = ByteBuffer.wrap(head.bytes()).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    byte next = head.bytes()[9];
    return header >= 2
        && header <= 100_000_000
        && (next == '"' || next == '}' || next == ' ' || next == '\n')
        && (!head.isPlain() || header + 8 <= head.size());
  }
}
