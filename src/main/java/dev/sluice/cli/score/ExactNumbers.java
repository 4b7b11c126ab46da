package dev.sluice.cli.score;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/**
 * Reads numbers with a point or an exponent as the decimals that they are, so that none is rounded
 * before it is known what it becomes. Only -0.0 is a double, since no decimal has its sign.
 */
final class ExactNumbers extends JsonParserDelegate {
  ExactNumbers(JsonParser parser) {
    super(parser);
  }

  @Override
  public NumberTypeFP getNumberTypeFP() throws IOException {
    return isNegativeZero() ? NumberTypeFP.DOUBLE64 : NumberTypeFP.BIG_DECIMAL;
  }

  @Override
  public BigDecimal getDecimalValue() throws IOException {
    try {
      return super.getDecimalValue();
    } catch (NumberFormatException e) {
      throw new JsonParseException(this, "a number has an exponent beyond all others", e);
    }
  }

  private boolean isNegativeZero() throws IOException {
    char[] chars = getTextCharacters();
    int from = getTextOffset();
    int to = from + getTextLength();
    if (chars[from] != '-') {
      return false;
    }
    for (int i = from + 1; i < to && chars[i] != 'e' && chars[i] != 'E'; i++) {
      if (chars[i] != '0' && chars[i] != '.') {
        return false;
      }
    }
    return true;
  }
}
