package dev.sluice;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads the schema of feature records from a file or the class path. */
public final class SchemaFile {
  private static final String CLASS_PATH = "classpath:";

  private SchemaFile() {}

  /**
   * Reads the schema of a record.
   *
   * @param option names in a message who asks for it
   * @param location path, {@code file:} URI, or {@code classpath:} and a name
   * @throws IllegalArgumentException if it cannot be read or is no record
   */
  public static Schema read(String option, String location) {
    try (InputStream in = open(option, location)) {
      Schema schema =
          new Schema.Parser().parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IllegalArgumentException(
            option + ": " + location + " is " + schema.getType() + ", expected a record");
      }
      return schema;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          option
              + ": cannot read "
              + location
              + ", expected an Avro schema file: "
              + e.getMessage(),
          e);
    } catch (AvroRuntimeException e) {
      throw new IllegalArgumentException(
          option + ": " + location + " is no Avro schema: " + reason(e), e);
    }
  }

  /** Returns why a schema is none, without the parser's place in it, which is on another line. */
  private static String reason(AvroRuntimeException error) {
    return error.getCause() instanceof JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(error.getMessage());
  }

  private static InputStream open(String option, String location) throws IOException {
    if (!location.startsWith(CLASS_PATH)) {
      try (Fetched file = Fetched.of(option, location)) {
        return new ByteArrayInputStream(Files.readAllBytes(file.path()));
      }
    }
    String name = location.substring(CLASS_PATH.length());
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    InputStream in = loader.getResourceAsStream(name);
    if (in == null) {
      in = SchemaFile.class.getClassLoader().getResourceAsStream(name);
    }
    if (in == null) {
      throw new IOException("class path has no " + name);
    }
    return in;
  }
}
